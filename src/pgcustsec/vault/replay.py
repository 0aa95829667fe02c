"""
After a restore: what was removed or erased, and the backup brought back, is removed again (4.3).

The evidence is backed up apart and more often, and restored last: it knows what happened after the backup of the tables
was made. Rows go with what hangs on them, children first, in batches: each deletes its rows and records that in one
transaction, so a run that is killed is done with what it recorded, and the next one goes on. Of who was erased as they
wished, the values in the history go as well.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

import psycopg
from psycopg import errors

from pgcustsec.compile.quote import ident, literal
from pgcustsec.compile.vault import key_text, key_types, record_key, vaults
from pgcustsec.db import Connection
from pgcustsec.errors import Refused, UsageError
from pgcustsec.matrix.model import Matrix, Table
from pgcustsec.shape import Site
from pgcustsec.vault.seal import BATCH, Progress
from pgcustsec.vault.stale import LostRows, WrongHashes, lost_rows, wrong_hashes
from pgcustsec.vault.tables import find_site, run
from pgcustsec.vault.transaction import DEFAULT_LOCK_TIMEOUT, changing, insistently, reading, require_idle

REASON = "replayed after a restore"
WHAT = "replaying"
#: Keys of a table that are told; they say enough to look at some of the rows before they go.
TOLD = 10


class _Row(NamedTuple):
    """
    A row that is to go: its key as the history writes it, and the key's columns as texts.

    `own`: it was removed or erased itself, and does not only hang on one that was. `erased`: as a customer wished.
    """

    key: str
    parts: list[str]
    own: bool
    erased: bool


@dataclass(frozen=True, slots=True)
class ReplayedTable:
    """
    A table with rows that are to go: `found` were removed and are here again, `hanging` belong to such rows.

    Of `found`, `erased` were by a customer's wish. `removed` went just now; `keys` are the first of all of them, as the
    history writes keys.
    """

    table: str
    found: int
    erased: int
    hanging: int
    removed: int
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Replayed:
    """
    What was found, table by table, and what no replay repairs: `lost` rows are masked, and the vault has nothing of
    them; `wrong_hashes` are not of the key in use. `has_key`: whether there is a key at all.
    """

    tables: tuple[ReplayedTable, ...]
    lost: tuple[LostRows, ...]
    wrong_hashes: tuple[WrongHashes, ...]
    has_key: bool


def removed_keys(connection: Connection, relation: str) -> list[str]:
    """
    Return the keys of the rows of *relation* that were removed through a view, as the history writes keys.

    A record that was made once more after it was removed is not among them.
    """
    rows = connection.execute(
        "SELECT c.record_key FROM ("
        " SELECT DISTINCT ON (c.record_key) c.record_key, c.operation FROM pgcustsec_internal.change AS c"
        " WHERE c.relation = %s AND c.operation IN ('made', 'removed') ORDER BY c.record_key, c.change_id DESC"
        ") AS c WHERE c.operation = 'removed'",
        [relation],
    )
    return [row[0] for row in rows]


def erased_keys(connection: Connection, relation: str) -> list[str]:
    """Return the keys of the customers of *relation* who were erased as they wished, and not made once more (4.3)."""
    rows = connection.execute(
        "SELECT DISTINCT k.key FROM pgcustsec_internal.request AS r"
        " JOIN pgcustsec_internal.request_event AS e ON e.request_id = r.request_id AND e.kind = 'erased'"
        " CROSS JOIN LATERAL pg_catalog.unnest(r.keys) AS k (key)"
        " WHERE r.relation = %s AND NOT EXISTS ("
        " SELECT FROM pgcustsec_internal.change AS c WHERE c.relation = r.relation AND c.record_key = k.key"
        " AND c.operation = 'made' AND c.changed_at > e.at)",
        [relation],
    )
    return [row[0] for row in rows]


def replay(
    connection: Connection,
    matrix: Matrix,
    *,
    dry_run: bool = False,
    batch: int = BATCH,
    lock_timeout: str = DEFAULT_LOCK_TIMEOUT,
    progress: Progress | None = None,
) -> Replayed:
    """
    Remove again what was removed or erased after the backup that was restored; with *dry_run* only say what would go.

    Rows that the matrix knows as children of such rows go with them. Stopped at any point, the next call goes on.

    Raises `Refused` when a table of the vault is not here, when the history's numbers are behind, when a row is
    referred to by a table that the matrix does not know, and when others hold rows for too long.
    """
    require_idle(connection)
    if batch < 1:
        raise UsageError(f"a batch of {batch} rows removes nothing", hint="give --batch 1 or more")
    site = find_site(connection, matrix, WHAT)
    with reading(connection, WHAT):
        _require_restored(connection, matrix, site)
        found = _find(connection, matrix, site)
    done: dict[str, int] = {}
    for name in () if dry_run else reversed(found):
        done[name] = _remove(connection, site, matrix.tables[name], found[name], batch, lock_timeout, progress)
    tables = tuple(_told(name, rows, done.get(name, 0)) for name, rows in found.items() if rows)
    chosen = vaults(matrix, site)
    with reading(connection, WHAT):
        hashes = wrong_hashes(connection, chosen)
        return Replayed(tables, lost_rows(connection, chosen), hashes or (), hashes is not None)


def _told(name: str, rows: Sequence[_Row], removed: int) -> ReplayedTable:
    own = [row for row in rows if row.own]
    erased, keys = sum(row.erased for row in own), tuple(row.key for row in rows[:TOLD])
    return ReplayedTable(name, len(own), erased, len(rows) - len(own), removed, keys)


def _require_restored(connection: Connection, matrix: Matrix, site: Site) -> None:
    """What is missing would be restored after us, and bring rows back; what is numbered twice would be refused."""
    for vault in vaults(matrix, site):
        [(there,)] = connection.execute("SELECT pg_catalog.to_regclass(%s) IS NOT NULL", [vault.name]).fetchall()
        if not there:
            raise Refused(
                f"{vault.table.qualified} has no table in the vault; nothing was changed",
                hint="restore schema pgcustsec_vault first, or run pgcustsec apply; replaying comes last",
            )
    [(behind,)] = connection.execute(
        "SELECT COALESCE((SELECT pg_catalog.max(c.change_id) FROM pgcustsec_internal.change AS c), 0)"
        " > (SELECT s.last_value FROM pgcustsec_internal.change_change_id_seq AS s)"
    ).fetchall()
    if behind:
        raise Refused(
            "the history of changes has numbers that its sequence would give again; nothing was changed",
            hint="as pgcustsec_owner: SELECT setval('pgcustsec_internal.change_change_id_seq', max(change_id))"
            " FROM pgcustsec_internal.change",
        )


def _find(connection: Connection, matrix: Matrix, site: Site) -> dict[str, list[_Row]]:
    """The rows that are to go by table, parents first."""
    found: dict[str, list[_Row]] = {}
    for table in _parents_first(matrix):
        connection.execute("SET LOCAL ROLE pgcustsec_owner")
        removed, erased = removed_keys(connection, table.qualified), erased_keys(connection, table.qualified)
        above = found[table.parent.table] if table.parent else []
        if removed or erased or above:
            found[table.qualified] = _rows(connection, matrix, site, table, removed, erased, above)
        else:
            found[table.qualified] = []
    return found


def _parents_first(matrix: Matrix) -> list[Table]:
    ordered: dict[str, Table] = {}

    def take(table: Table) -> None:
        if table.parent:
            take(matrix.tables[table.parent.table])
        ordered.setdefault(table.qualified, table)

    for table in matrix.tables.values():
        take(table)
    return list(ordered.values())


def _rows(
    connection: Connection,
    matrix: Matrix,
    site: Site,
    table: Table,
    removed: list[str],
    erased: list[str],
    above: list[_Row],
) -> list[_Row]:
    """The rows of *table* that were *removed* or *erased*, by their key, or whose parent is *above*, in key order."""
    shape = site.tables[table.qualified]
    key = record_key(table, shape, "t")
    parts = ", ".join(f"{ident('t', name)}::pg_catalog.text" for name in table.key)
    parent = _parent_key(matrix, site, table)
    query = f"""
        SELECT f.key, f.parts, f.removed OR f.erased, f.erased OR COALESCE(f.under_erased, false)
        FROM (
            SELECT {key} AS key, ARRAY[{parts}] AS parts,
                {key} = ANY ($1) AS removed, {key} = ANY ($2) AS erased,
                {parent} = ANY ($3) AS hanging, {parent} = ANY ($4) AS under_erased,
                pg_catalog.row_number() OVER (ORDER BY {", ".join(ident("t", name) for name in table.key)}) AS place
            FROM {ident(*shape.relation)} AS t
        ) AS f
        WHERE f.removed OR f.erased OR f.hanging ORDER BY f.place"""
    connection.execute(f"SET LOCAL ROLE {ident(shape.owner)}".encode())
    given = [removed, erased, [row.key for row in above], [row.key for row in above if row.erased]]
    return [_Row(*row) for row in psycopg.RawCursor(connection).execute(query.encode(), given)]


def _parent_key(matrix: Matrix, site: Site, table: Table) -> str:
    """The key of the parent of a row read as `t`, written as the history writes it."""
    if not table.parent:
        return "NULL::pg_catalog.text"
    parent = matrix.tables[table.parent.table]
    shape = site.tables[parent.qualified]
    types = [type_ for _, type_ in key_types(parent, shape)]
    named = [f"{ident('t', name)}::{type_}" for name, type_ in zip(table.parent.by, types, strict=True)]
    return key_text(parent, shape, named)


def _remove(
    connection: Connection,
    site: Site,
    table: Table,
    rows: list[_Row],
    batch: int,
    lock_timeout: str,
    progress: Progress | None,
) -> int:
    removed = 0
    for start in range(0, len(rows), batch):
        what = f"{WHAT} {table.qualified}, {removed} rows removed"
        work = partial(_remove_batch, connection, site, table, rows[start : start + batch], what, lock_timeout)
        removed += insistently(what, work)
        if progress:
            progress(table.qualified, removed, len(rows))
    return removed


def _remove_batch(
    connection: Connection, site: Site, table: Table, rows: list[_Row], what: str, lock_timeout: str
) -> int:
    """Delete *rows* as the table's owner, the vault's going with them, and record it, in one transaction."""
    owner = site.tables[table.qualified].owner
    with changing(connection, what, lock_timeout, role=owner):
        try:
            [gone] = run(
                connection, _delete(site, table), [[row.parts[i] for row in rows] for i in range(len(table.key))]
            )
        except errors.ForeignKeyViolation as error:
            raise Refused(
                f"{what}: rows of {error.diag.table_name} refer to rows that are to go"
                f" ({error.diag.constraint_name}); nothing of that batch was removed",
                hint="remove those rows, or make that table a child of it in the matrix; then run it again",
            ) from None
        if len(gone) != len(rows):
            raise Refused(
                f"{what}: of the next {len(rows)} rows {len(gone)} went; nothing of that batch was removed",
                hint="others are at work there, or a trigger or rule on the table keeps rows: run it again without",
            )
        connection.execute("SET LOCAL ROLE pgcustsec_owner")
        if erased := [row.key for row in rows if row.erased]:
            connection.execute("SELECT pgcustsec_internal._forget(%s, %s::text[])", [table.qualified, erased])
        _record(connection, table, gone)
    return len(gone)


def _delete(site: Site, table: Table) -> str:
    shape = site.tables[table.qualified]
    types = key_types(table, shape)
    places = range(1, len(types) + 1)
    given = ", ".join(f"pg_catalog.unnest(${place}::pg_catalog.text[])" for place in places)
    match = " AND ".join(
        f"{ident('t', name)} = k.part_{place}::{type_}" for place, (name, type_) in zip(places, types, strict=True)
    )
    return f"""
        WITH gone AS (
            DELETE FROM {ident(*shape.relation)} AS t
            USING ROWS FROM ({given}) AS k ({", ".join(f"part_{place}" for place in places)})
            WHERE {match}
            RETURNING {record_key(table, shape, "t")} AS key
        )
        SELECT COALESCE(pg_catalog.array_agg(g.key), ARRAY[]::pg_catalog.text[]) FROM gone AS g"""


def _record(connection: Connection, table: Table, keys: list[str]) -> None:
    connection.execute(
        "INSERT INTO pgcustsec_internal.change (relation, record_key, operation, staff_id, application_name, reason)"
        f" SELECT %s, k.key, 'removed', (SELECT s.staff_id FROM pgcustsec_internal.staff AS s"
        f" WHERE s.login = session_user), pg_catalog.current_setting('application_name'), {literal(REASON)}"
        " FROM pg_catalog.unnest(%s::pg_catalog.text[]) AS k (key)".encode(),
        [table.qualified, keys],
    )
