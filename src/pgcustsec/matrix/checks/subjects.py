"""How a row finds its customer, and who serves the customer (5.2.2)."""

from __future__ import annotations

from pgcustsec.matrix.checks.sight import ancestors, plain_column
from pgcustsec.matrix.tree import Items, Notes, Part, Word

#: What only customers have: rows of other tables take it from theirs.
OF_CUSTOMERS = ("served_by", "managers", "branch", "department", "pool", "retention", "drop_partitions")


def check_subjects(tree: Part, notes: Notes) -> None:
    """Note parents that do not fit, circles, and what only a customer table can say."""
    closed: set[str] = set()
    for name, table in tree.named("tables"):
        if isinstance(table.get("subject"), Part):
            _check_parent(tree, name, table, notes)
            _check_circle(tree, name, closed, notes)
            for key in OF_CUSTOMERS:
                if key in table:
                    notes.add(
                        table.named_at[key],
                        f"{key} stands at {name}, whose rows take it from their customer",
                        "say it at the table with `subject: self`",
                    )
        elif table.get("subject") == "self":
            _check_serving(tree, name, table, notes)


def _check_parent(tree: Part, name: Word, table: Part, notes: Notes) -> None:
    subject = table.part("subject")
    for column in subject.items_of("by"):
        plain_column(table, column, notes, name, "a reference")
    parent = tree.part("tables").get(str(subject.get("table")))
    if isinstance(parent, Part):
        _check_count(subject, "by", parent, str(subject["table"]), notes)


def _check_count(part: Part, key: str, referred: Part, where: str, notes: Notes) -> None:
    """Note that *key* of *part* does not have as many columns as the key of the table that it refers to."""
    columns, wanted = part.get(key), referred.get("key")
    if not isinstance(columns, Items) or not isinstance(wanted, Items) or columns.spoiled or wanted.spoiled:
        return
    if len(columns) != len(wanted):
        message = f"{key} names {_counted(len(columns))}, but the key of {where} has {len(wanted)}"
        notes.add(part.at[key], message, f"in this order: {', '.join(wanted)}")


def _counted(number: int) -> str:
    return "1 column" if number == 1 else f"{number} columns"


def _check_circle(tree: Part, name: Word, closed: set[str], notes: Notes) -> None:
    """Note a circle of subjects once, at the first of its tables."""
    above = ancestors(tree, name)
    if name not in above or name in closed:
        return
    circle = above[: above.index(name) + 1]
    closed.update(circle)
    subject = tree.part("tables")[name]["subject"]
    way = " -> ".join([name, *circle])
    notes.add(subject.at["table"], f"the subject of {name} leads back to itself: {way}", "one must be `subject: self`")


def _check_serving(tree: Part, name: Word, table: Part, notes: Notes) -> None:
    for part in table.items_of("served_by"):
        if "column" in part:
            plain_column(table, part["column"], notes, name, "who serves")
        elif isinstance(part.get("table"), Word):
            _check_serving_table(tree, name, table, part, notes)
    if not table.has("served_by"):
        if table.get("managers") in ("direct", "chain"):
            notes.add(table["managers"].mark, f"managers of whom? {name} has no served_by")
        if table.get("department") == "of_server":
            notes.add(table["department"].mark, f"department of whom? {name} has no served_by")
    _check_places(tree, name, table, notes)


def _check_serving_table(tree: Part, name: Word, table: Part, part: Part, notes: Notes) -> None:
    other = tree.part("tables").get(part["table"])
    if not isinstance(other, Part):
        return
    if part["table"] == name:
        notes.add(part["table"].mark, f"{name} serves itself by its own rows", "name the column: {column: ...}")
        return
    for column in part.items_of("subject"):
        plain_column(other, column, notes, part["table"], "a reference")
    for key in ("staff", "until"):
        if key in part:
            plain_column(other, part[key], notes, part["table"], "who serves" if key == "staff" else "an end")
    _check_count(part, "subject", table, name, notes)


def _check_places(tree: Part, name: Word, table: Part, notes: Notes) -> None:
    if isinstance(table.get("branch"), Word):
        plain_column(table, table["branch"], notes, name, "a branch")
        if not tree.has("branches"):
            notes.add(table["branch"].mark, "the matrix has no branches", "list them under branches:")
    department = table.get("department")
    if isinstance(department, Part) and "column" in department:
        plain_column(table, department["column"], notes, name, "a department")
