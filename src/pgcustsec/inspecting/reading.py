"""Looking through the values of tables: each column's sample becomes counts, and the values are gone."""

from __future__ import annotations

from dataclasses import dataclass, field

from pgcustsec.catalog.contents import HeldTable
from pgcustsec.catalog.sampling import DOCUMENTS, Unread, holds_text, sample
from pgcustsec.db import Connection
from pgcustsec.inspecting.tally import Documents, Evidence, Tally


@dataclass(frozen=True, slots=True)
class Read:
    """A table that was looked through: how many rows, what was found by column; `unread`: why it was not."""

    table: HeldTable
    rows: int = 0
    found: dict[str, list[Evidence]] = field(default_factory=dict)
    unread: str = ""


def look_through(connection: Connection, table: HeldTable, rows: int) -> Read:
    """Return what a sample of at most *rows* rows of *table* looks like, column by column. Changes nothing."""
    columns = [column for column in table.columns.values() if holds_text(column)]
    if not columns:
        return Read(table)
    counts: list[Tally | Documents] = [Documents() if column.plain_type in DOCUMENTS else Tally() for column in columns]
    seen = 0
    try:
        for row in sample(connection, table, columns, rows):
            seen += 1
            for count, value in zip(counts, row, strict=True):
                count.add(value)
    except Unread as error:
        return Read(table, unread=error.reason)
    found = {column.name: count.evidence() for column, count in zip(columns, counts, strict=True)}
    return Read(table, seen, {name: evidence for name, evidence in found.items() if evidence})
