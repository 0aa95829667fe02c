"""Destroying, batch by batch, what is past its term; and working terms out anew where the rules are others (4.3)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from psycopg.errors import Diagnostic

from pgcustsec.db import Connection
from pgcustsec.errors import Refused, UsageError
from pgcustsec.retention.partitions import drop_spent
from pgcustsec.retention.status import retention_status
from pgcustsec.supervise.runs import Doing, recorded
from pgcustsec.vault.seal import Progress
from pgcustsec.vault.transaction import DEFAULT_LOCK_TIMEOUT, changing, insistently, reading, require_idle

WHAT = "sweeping"
BATCH = 1000
RESTAMPED = 10_000


@dataclass(frozen=True, slots=True)
class Swept:
    """
    What a sweep did to a table: rows `destroyed` and `anonymised` with what hangs on them, rows `restamped`, which
    turned out not to be due; `left` are due, not held, and still there: locked by others, referred to by a table that
    the matrix does not know, or past the limit. `problems` says which constraints keep rows from their end, and which
    partitions are in use; `dropped` were partitions of which nothing was left.
    """

    table: str
    destroyed: int
    anonymised: int
    restamped: int
    left: int
    problems: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()


def restamp(
    connection: Connection, *, lock_timeout: str = DEFAULT_LOCK_TIMEOUT, progress: Progress | None = None
) -> dict[str, int]:
    """
    Work out anew until when rows are kept, in tables whose rules changed; return how many rows have another term.

    It goes on where a run that was broken off stopped. A table that is not sealed yet is left for when it is: until
    then its rows cannot be touched. Raises `Refused` when others hold rows for too long.
    """
    require_idle(connection)
    changed: dict[str, int] = {}
    for table, rows in _estimates(connection).items():
        seen = 0
        while True:
            batch = partial(_restamp_batch, connection, table, lock_timeout)
            now_seen, now_changed, done = insistently(WHAT, batch)
            seen += now_seen
            changed[table] = changed.get(table, 0) + now_changed
            if progress and now_seen:
                progress(f"terms of {table}", seen, max(rows, seen))
            if done:
                break
    return changed


def sweep(
    connection: Connection,
    tables: Sequence[str] = (),
    *,
    limit: int | None = None,
    until: datetime | None = None,
    batch: int = BATCH,
    lock_timeout: str = DEFAULT_LOCK_TIMEOUT,
    progress: Progress | None = None,
    clock: Callable[[], datetime] | None = None,
) -> list[Swept]:
    """
    Destroy or anonymise what is past its term in *tables*, in all that have terms if none are named.

    *limit* is the most rows of customers a table; *until* the moment after which no batch begins. Each batch is one
    transaction: its rows, what hangs on them, and the certificate. Stopped at any point, the next call goes on. Then
    partitions that are empty are dropped, where the matrix allows it. The run is written down.

    Raises `UsageError` for a table without terms or a batch of nothing, `Refused` when others hold rows for too long.
    """
    require_idle(connection)
    if batch < 1 or (limit is not None and limit < 1):
        raise UsageError("a batch, or a limit, of no rows destroys nothing", hint="give 1 or more")
    known = _with_terms(connection)
    unknown = [table for table in tables if table not in known]
    if unknown:
        hint = f"tables that do: {', '.join(known) or 'none'}"
        raise UsageError(f"{unknown[0]} has no rules of retention", hint=hint)
    now = clock or (lambda: datetime.now().astimezone())
    with recorded(connection, "retention") as run:
        with suppress(Refused):
            # A row that somebody has locked keeps its old term for now; each batch looks again before it destroys.
            restamp(connection, lock_timeout=lock_timeout, progress=progress)
        sweeping = _Sweeping(connection, run, limit, until, batch, lock_timeout, progress, now)
        due = _due(connection)
        done = [_sweep_table(sweeping, table, due[table]) for table in tables or known]
        run.complete = not tables and limit is None and (until is None or now() < until)
    return done


@dataclass(frozen=True, slots=True)
class _Sweeping:
    """What a sweep was told, for each of its tables."""

    connection: Connection
    run: Doing
    limit: int | None
    until: datetime | None
    batch: int
    lock_timeout: str
    progress: Progress | None
    now: Callable[[], datetime]


def _sweep_table(told: _Sweeping, table: str, due: int) -> Swept:
    connection, went, warned = told.connection, [0, 0, 0], list[str]()
    while told.until is None or told.now() < told.until:
        size = told.batch if told.limit is None else min(told.batch, told.limit - went[0] - went[1])
        if size < 1:
            break
        with _warnings(connection, warned):
            counts = insistently(WHAT, partial(_sweep_batch, connection, table, size, told.lock_timeout))
        if not any(counts):
            break
        went = [had + more for had, more in zip(went, counts, strict=True)]
        told.run.done[table] = dict(zip(("destroyed", "anonymised", "restamped"), went, strict=True))
        if told.progress:
            told.progress(table, went[0] + went[1], max(due, went[0] + went[1]))
    destroyed, anonymised, restamped = went
    dropped, used = drop_spent(connection, table) if told.until is None or told.now() < told.until else ([], [])
    left, problems = _due(connection)[table], tuple(dict.fromkeys((*warned, *used)))
    return Swept(table, destroyed, anonymised, restamped, left, problems, tuple(dropped))


@contextmanager
def _warnings(connection: Connection, into: list[str]) -> Iterator[None]:
    def listen(notice: Diagnostic) -> None:
        if notice.severity_nonlocalized == "WARNING" and notice.message_primary:
            into.append(notice.message_primary)

    connection.add_notice_handler(listen)
    try:
        yield
    finally:
        connection.remove_notice_handler(listen)


def _sweep_batch(connection: Connection, table: str, size: int, lock_timeout: str) -> tuple[int, int, int]:
    with changing(connection, WHAT, lock_timeout):
        [row] = connection.execute(
            "SELECT s.destroyed, s.anonymised, s.restamped FROM pgcustsec.sweep(%s, %s::integer) AS s", [table, size]
        ).fetchall()
    return row[0], row[1], row[2]


def _restamp_batch(connection: Connection, table: str, lock_timeout: str) -> tuple[int, int, bool]:
    with changing(connection, WHAT, lock_timeout):
        [row] = connection.execute(
            "SELECT s.seen, s.changed, s.done FROM pgcustsec.restamp(%s, %s::integer) AS s", [table, RESTAMPED]
        ).fetchall()
    return row[0], row[1], row[2]


def _estimates(connection: Connection) -> dict[str, int]:
    """Tables with terms that are sealed, and about how many rows each has."""
    with reading(connection, WHAT):
        rows = connection.execute(
            "SELECT q.relation, COALESCE(("
            " SELECT pg_catalog.sum(c.reltuples) FROM pg_catalog.pg_partition_tree(t.oid::pg_catalog.regclass) AS p"
            " JOIN pg_catalog.pg_class AS c ON c.oid = p.relid WHERE p.isleaf), 0)::bigint"
            " FROM (SELECT DISTINCT r.relation FROM pgcustsec_internal.retention_rule AS r) AS q"
            " LEFT JOIN pg_catalog.pg_namespace AS n ON n.nspname = split_part(q.relation, '.', 1)"
            " LEFT JOIN pg_catalog.pg_class AS t"
            " ON t.relnamespace = n.oid AND t.relname = split_part(q.relation, '.', 2)"
            " WHERE NOT EXISTS (SELECT FROM pg_catalog.pg_constraint AS k WHERE k.conrelid = t.oid"
            " AND NOT k.convalidated AND pg_catalog.starts_with(k.conname, 'pgcustsec_sealed_'))"
            " ORDER BY 1"
        ).fetchall()
    return {table: max(count, 0) for table, count in rows}


def _with_terms(connection: Connection) -> list[str]:
    """The tables that have terms."""
    with reading(connection, WHAT):
        query = "SELECT DISTINCT r.relation FROM pgcustsec_internal.retention_rule AS r ORDER BY 1"
        return [row[0] for row in connection.execute(query)]


def _due(connection: Connection) -> dict[str, int]:
    """How many rows of each table with terms are due and not held."""
    found: dict[str, int] = {}
    for rule in retention_status(connection, months=0):
        found[rule.table] = found.get(rule.table, 0) + rule.due - rule.held
    return found
