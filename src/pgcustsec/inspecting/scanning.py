"""Columns that hold more than the matrix says of them, or that it does not name at all (3.2, 4.2)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pgcustsec.catalog.contents import HeldTable, read_held_tables
from pgcustsec.db import Connection
from pgcustsec.inspecting.reading import Read, look_through
from pgcustsec.inspecting.tally import Evidence
from pgcustsec.looks.values import SIGNS
from pgcustsec.matrix.kinds import KINDS
from pgcustsec.matrix.model import Column, Matrix

#: What a scan tells of: a town and a street are in too many texts that are about nobody.
TOLD = frozenset({"identity", "mobile", "landline", "card", "email", "name"})


@dataclass(frozen=True, slots=True)
class Holding:
    """
    In `column` of `table` there is what the matrix does not say: `sign` in `hits` of `rows` sampled rows, at `path` of
    a document. `tier` and `kind` are the matrix's; None: it does not name the column, or its table. Never a value.
    """

    table: str
    column: str
    tier: int | None
    kind: str | None
    sign: str
    hits: int
    rows: int
    path: str
    said: str
    article: str


@dataclass(frozen=True, slots=True)
class Scanned:
    """What a scan found; `tables` and `rows` it looked at, and tables that it could not read, with the reason."""

    database: str
    holdings: tuple[Holding, ...]
    tables: int
    rows: int
    unread: tuple[tuple[str, str], ...]

    @property
    def clean(self) -> bool:
        """Nothing was found, and nothing was left unread: what nobody looked at is not clean."""
        return not self.holdings and not self.unread


def scan(connection: Connection, matrix: Matrix, rows: int) -> Scanned:
    """
    Return what columns of the connected database hold beyond *matrix*, by samples of at most *rows* rows a table.

    Every table is looked at, also those that the matrix does not name. Changes nothing.
    """
    tables = read_held_tables(connection)
    tops = {table.oid: table.qualified for table in tables}
    looked = [look_through(connection, table, rows) for table in tables]
    return Scanned(
        database=connection.info.dbname,
        holdings=tuple(holding for read in looked for holding in holdings(read, matrix, _of_matrix(read.table, tops))),
        tables=len(looked),
        rows=sum(read.rows for read in looked),
        unread=tuple((read.table.qualified, read.unread) for read in looked if read.unread),
    )


def _of_matrix(table: HeldTable, tops: dict[int, str]) -> str:
    """The name by which the matrix would know *table*: of an inheritance child that of the table at the top."""
    return tops.get(table.heir_of, table.qualified) if table.heir_of else table.qualified


def holdings(read: Read, matrix: Matrix, name: str) -> Iterator[Holding]:
    """Yield what of *read* is more than *matrix* says of the table *name*."""
    known = matrix.tables[name].columns if name in matrix.tables else {}
    for column, found in read.found.items():
        yield from _of_column(read.table.qualified, column, known.get(column), found)


def _of_column(table: str, name: str, column: Column | None, found: Iterable[Evidence]) -> Iterator[Holding]:
    for one in found:
        if one.sign in TOLD and not _is_said(column, one):
            tier, kind = (column.tier, column.kind) if column else (None, None)
            article = KINDS[SIGNS[one.sign].kind].article
            yield Holding(table, name, tier, kind, one.sign, one.hits, one.rows, one.path, one.said, article)


def _is_said(column: Column | None, one: Evidence) -> bool:
    """Tier 1 covers everything: it is stored masked. A name is tier 2, and masked as a name (5.2.2)."""
    if column is None:
        return False
    return column.tier == 1 or (SIGNS[one.sign].kind == "name" and column.is_name)
