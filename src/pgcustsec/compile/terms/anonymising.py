"""What an anonymised row keeps, and what stands in place of the rest (4.3): no way back to whom it was about."""

from __future__ import annotations

from pgcustsec.matrix.model import RetentionRule, Table
from pgcustsec.objects import RETAIN_UNTIL
from pgcustsec.shape import ColumnShape, TableShape

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
    columns = {
        name: column
        for name, column in shape.columns.items()
        if name != RETAIN_UNTIL and column.made_by not in ("stored", "virtual") and (name in kept) == rare
    }
    return {name: "DEFAULT" if name in table.key else _blank(column) or "NULL" for name, column in columns.items()}


def unblankable(table: Table, shape: TableShape) -> list[str]:
    """Columns that could not be blanked: NOT NULL, of a type that has nothing for it."""
    return [
        name
        for name, column in shape.columns.items()
        if name not in table.key and column.made_by not in ("stored", "virtual") and _blank(column) is None
    ]


def _blank(column: ColumnShape) -> str | None:
    if column.nullable:
        return "NULL"
    blank = _BLANKS.get(column.plain_type)
    return f"{blank}::{column.type}" if blank else None
