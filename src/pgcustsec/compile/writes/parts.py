"""Pieces that the trigger functions of all commands are made of: comparing, refusing, showing (3.1)."""

from __future__ import annotations

from collections.abc import Mapping

from pgcustsec.compile.quote import ident, literal
from pgcustsec.compile.reading import HIDDEN, has_stars
from pgcustsec.compile.writes.writing import Writing
from pgcustsec.objects import INTERNAL_SCHEMA

#: Types that PostgreSQL cannot compare: their text is.
_NO_EQUALITY = frozenset({"json", "xml", "point", "polygon", "box", "path", "line", "circle", "lseg"})


def refuse(writing: Writing, state: str, columns: str) -> str:
    return f"PERFORM {INTERNAL_SCHEMA}.refuse_write({literal(state)}, {literal(writing.table.qualified)}, {columns})"


def differs(writing: Writing, name: str, one: str, other: str) -> str:
    shape = writing.column(name)
    # Types that are not PostgreSQL's own have their equality, if any, where the search_path here does not lead.
    as_text = shape.type_schema or shape.plain_type.removesuffix("[]") in _NO_EQUALITY
    cast = "::text" if as_text else ""
    return f"{one}.{ident(name)}{cast} IS DISTINCT FROM {other}.{ident(name)}{cast}"


def is_empty(writing: Writing, name: str, row: str) -> str:
    """Whether a cell holds nothing: NULL, or JSON's own null, which clients write for theirs."""
    value = f"{row}.{ident(name)}"
    if (type_ := writing.column(name).plain_type) in ("json", "jsonb"):
        return f"COALESCE({type_}_typeof({value}), 'null') = 'null'"
    return f"{value} IS NULL"


def record_change(writing: Writing, key: str, operation: str, values: str = "") -> str:
    """
    Write down what is done to the record *key*.

    An assignment and not PERFORM: that would be one more statement a row.
    """
    arguments = ", ".join([literal(writing.table.qualified), key, literal(operation), *([values] if values else [])])
    return f"    recorded := {INTERNAL_SCHEMA}.record_change({arguments});\n"


def named_if(pairs: list[tuple[str, str]]) -> str:
    """An SQL array of the names whose condition holds."""
    cases = ", ".join(f"CASE WHEN {condition} THEN {literal(name)} END" for name, condition in pairs)
    return f"array_remove(ARRAY[{cases}]::text[], NULL)"


def refusal(writing: Writing, state: str, pairs: list[tuple[str, str]]) -> str:
    """Refuse with *state* when any of the conditions holds, naming the columns of those that do."""
    if not pairs:
        return ""
    any_ = "\n        OR ".join(condition for _, condition in pairs)
    return f"    IF {any_} THEN\n        {refuse(writing, state, named_if(pairs))};\n    END IF;\n"


def shape_refusals(writing: Writing, names: list[str], changed: Mapping[str, str] | None = None) -> str:
    """
    A masked form is no true value; what has not the shape of its kind is refused as well. Stars tell the first.

    With *changed*, the variables that say which columns change, the others are not looked at.
    """
    masked, misshapen = [], []
    for name in names:
        form = writing.sealed[name].form
        if form is None:
            continue
        value = f"NEW.{ident(name)}::text"
        guard = f"{changed[name]} AND " if changed else ""
        looks = f"{value} = '***'" if form in ("text", "messenger") else f"strpos({value}, '*') > 0"
        masked.append((name, f"{guard}{looks}"))
        misshapen.append((name, f"{guard}NOT {INTERNAL_SCHEMA}.fits_{form}({value})"))
    return refusal(writing, "CS401", masked) + refusal(writing, "CS405", misshapen)


def shown_again(writing: Writing) -> str:
    """NEW as the view shows it, once the table's own values are in it."""
    lines = []
    for column in writing.viewed:
        if column.tier == 1:
            type_ = writing.column(column.name).type
            stars = f"{HIDDEN}::{type_}" if has_stars(writing.reading, column) else f"NULL::{type_}"
            lines.append(f"    NEW.{ident(column.name)} := {stars};\n")
        elif column not in writing.stored:
            lines.append(f"    NEW.{ident(column.name)} := NULL;\n")
    return "".join(lines) + hidden_again(writing)


def hidden_again(writing: Writing) -> str:
    """The part of `shown_again` that depends on the row; the rest an UPDATE leaves as it was read, or is refused."""
    if not writing.private:
        return ""
    hidden = "".join(f"        NEW.{ident(c.name)} := NULL;\n" for c in writing.private)
    return f"    IF shown IS NOT TRUE THEN\n{hidden}    END IF;\n"


def closed_again(writing: Writing) -> str:
    """Tier 1 as the view shows it, where the record is not open."""
    if not writing.opened:
        return ""
    stars = "".join(
        f"        NEW.{ident(c.name)} := {HIDDEN}::{writing.column(c.name).type};\n" for c in writing.opened
    )
    return f"    IF opened IS NOT TRUE THEN\n{stars}    END IF;\n"


def returning(writing: Writing, *, opened: bool = False) -> str:
    """The row as it is stored, into NEW, with what `hidden_again` and, if *opened*, `closed_again` go by."""
    stored = [*writing.stored, *(writing.opened if opened else ())]
    columns = [ident("t", c.name) for c in stored]
    targets = [f"NEW.{ident(c.name)}" for c in stored]
    if opened and writing.opened:
        columns.append(writing.open())
        targets.append("opened")
    shows = writing.shows()
    if writing.private and shows:
        columns.append(shows)
        targets.append("shown")
    if not columns:
        return ""
    return f"\n        RETURNING {', '.join(columns)}\n        INTO {', '.join(targets)}"


def key_values(row: str, writing: Writing) -> str:
    return ", ".join(f"{row}.{ident(name)}" for name in writing.table.key)


def as_text(writing: Writing, name: str, record: str) -> str:
    """The column's value as text; a date in one form, whatever the client's DateStyle is."""
    value = f"{record}.{ident(name)}"
    is_date = writing.column(name).plain_type.startswith(("date", "timestamp"))
    return f"to_jsonb({value}) #>> '{{}}'" if is_date else f"{value}::text"


def names(names: list[str]) -> str:
    return f"ARRAY[{', '.join(map(literal, names))}]::text[]"
