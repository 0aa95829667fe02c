"""What an anonymised row keeps, and what stands in place of the rest (4.3): no way back to whom it was about."""

from __future__ import annotations

from pgcustsec.matrix.model import RetentionRule, Table
from pgcustsec.objects import RETAIN_UNTIL
from pgcustsec.shape import TableShape

#: What says nothing, of each type that a NOT NULL column may have.
_BLANKS = {
    "text": "''",
    "character varying": "''",
    "character": "''",
    "boolean": "false",
    "smallint": "0",
    "integer": "0",
    "bigint": "0",
    "numeric": "0",
    "real": "0",
    "double precision": "0",
    # Not in the past: a rule that goes by it would find the row due once more.
    "date": "'9999-12-31'",
    "timestamp with time zone": "'9999-12-31 00:00:00+00'",
    "timestamp without time zone": "'9999-12-31 00:00:00'",
    "jsonb": "'{}'",
    "bytea": "''",
}


def kept_columns(table: Table, rule: RetentionRule) -> list[str]:
    """The columns that stay, in the order of the table."""
    return [name for name in table.columns if name in (rule.keep or ())]


def blanked(table: Table, shape: TableShape, rule: RetentionRule, *, rare: bool = False) -> dict[str, str]:
    """
    What each column becomes that does not stay, in the matrix or not; with *rare* those that would stay, for rows of
    which there are too few. The key becomes the next one that its column gives.
    """
    kept = set(kept_columns(table, rule))
    made = {
        name: column
        for name, column in shape.columns.items()
        if name != RETAIN_UNTIL and column.made_by not in ("stored", "virtual") and (name in kept) == rare
    }
    blank = {name: "DEFAULT" if name in table.key else _blank(shape, name) for name in made}
    return {name: value for name, value in blank.items() if value is not None}


def unblankable(table: Table, shape: TableShape) -> list[str]:
    """
    Columns that could not be blanked, and would tell something: NOT NULL, and unique, or of a type that has no blank,
    or with a CHECK or a foreign key to meet. Of tier 3 such a one stays: it tells nothing private of anybody.
    """
    return [
        name
        for name, column in shape.columns.items()
        if name not in table.key
        and column.made_by not in ("stored", "virtual")
        and not column.nullable
        and (_is_unique(shape, name) or (_blank(shape, name) is None and not _tier3(table, name)))
    ]


def _tier3(table: Table, name: str) -> bool:
    return name in table.columns and table.columns[name].tier == 3


def _is_unique(shape: TableShape, name: str) -> bool:
    return any(name in columns for columns in shape.unique)


def _blank(shape: TableShape, name: str) -> str | None:
    """What says nothing in a column; None: nothing does that it could hold."""
    column = shape.columns[name]
    if column.nullable:
        return "NULL"
    if name in shape.tied:
        return None
    blank = _BLANKS.get(column.plain_type)
    return f"{blank}::{column.type}" if blank else None
