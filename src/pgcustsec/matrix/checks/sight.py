"""Looking things up in a tree that may be spoiled in places: what is not known for sure is not complained about."""

from __future__ import annotations

from pgcustsec.matrix.tree import Notes, Part, Word, instead


def column(table: Part, name: str, notes: Notes, where: str) -> Part | None:
    """Return the column *name* of *table*; note that there is none. None also when it is spoiled."""
    if "columns" not in table:
        return None
    columns = table.part("columns")
    if name not in columns and name not in columns.spoiled:
        mark = name.mark if isinstance(name, Word) else table.mark
        notes.add(mark, f"no column {str(name)!r} in {where}", instead(name, [*columns, *columns.spoiled], "columns"))
    found = columns.get(name)
    return found if isinstance(found, Part) else None


def plain_column(table: Part, name: Word, notes: Notes, where: str, use: str) -> None:
    """
    Check that *name* is a column of *table* that the table stores as it is.

    Tier 1 and names are stored masked (5.2.1): two of them being equal, or earlier, then says nothing.
    """
    found = column(table, name, notes, where)
    if found is None:
        return
    if found.get("tier") == 1:
        notes.add(name.mark, f"column {str(name)!r} is tier 1, stored masked: it cannot be {use} (5.2.1)")
    elif found.get("kind") == "name":
        notes.add(name.mark, f"column {str(name)!r} is a name, stored masked: it cannot be {use} (5.2.2)")


def parent_name(table: Part) -> Word | None:
    """The table through which rows of *table* belong to a customer; None for customers and when spoiled."""
    subject = table.get("subject")
    found = subject.get("table") if isinstance(subject, Part) else None
    return found if isinstance(found, Word) else None


def ancestors(tree: Part, name: str) -> list[str]:
    """The tables above *name*, nearest first; ends where one is unknown, or where a circle closes."""
    tables = tree.part("tables")
    above: list[str] = []
    while (table := tables.get(name)) is not None and (parent := parent_name(table)) is not None:
        if parent in above:
            break
        above.append(parent)
        name = parent
    return above


def customer_of(tree: Part, name: str) -> tuple[str, Part] | None:
    """The customer table (`subject: self`) at the top of *name*, or None when there is none to be sure of."""
    top = [name, *ancestors(tree, name)][-1]
    table = tree.part("tables").get(top)
    return (top, table) if isinstance(table, Part) and table.get("subject") == "self" else None
