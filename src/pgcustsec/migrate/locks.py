"""
Locks of an apply: room in the server's lock table, counted before, since one transaction keeps them all to its end;
and which statement takes which.

A server as it comes has room for 6,400 locks (64 for each of 100 connections); a hundred tables take about as many.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil

from pgcustsec.db import Connection
from pgcustsec.errors import Refused
from pgcustsec.migrate.running import run_statements
from pgcustsec.plan import Plan
from pgcustsec.statement import Statement

#: The most locks that a statement of a kind was seen to take and keep, on PostgreSQL 15 and 18; the rest take one.
_MOST = {
    "vault": 18,
    "view": 5,
    "function": 2.5,
    "check": 2,
    "role": 2,
    "schema": 2,
    "trigger": 3,
    "term": 4,
    "grant": 0.3,
}
#: What is left to everybody else.
_OURS = 0.9


def locks_needed(statements: Iterable[Statement]) -> int:
    """Return about how many locks a transaction of *statements* holds at its end; rather more than fewer."""
    return ceil(sum(_MOST.get(statement.object.partition(" ")[0], 1) for statement in statements))


def check_room(connection: Connection, statements: Iterable[Statement]) -> None:
    """Raise `Refused`, naming the setting and what to make of it, when *statements* need more locks than have room."""
    needed = locks_needed(statements)
    [(each, connections)] = connection.execute(
        "SELECT pg_catalog.current_setting('max_locks_per_transaction')::integer,"
        # What the server itself counts: connections, prepared transactions, and its own workers.
        " (SELECT sum(s.setting::integer) FROM pg_catalog.pg_settings AS s WHERE s.name IN ('max_connections',"
        " 'max_prepared_transactions', 'max_worker_processes', 'max_wal_senders'))::integer"
    ).fetchall()
    room = each * connections
    if needed > room * _OURS:
        raise Refused(
            f"the plan takes about {needed:,} locks in its one transaction, and the server has room for {room:,};"
            " nothing was changed",
            hint=f"ALTER SYSTEM SET max_locks_per_transaction = {ceil(needed / connections / _OURS)}; and start the"
            " server anew",
        )


@dataclass(frozen=True, slots=True)
class TakenLock:
    """That a statement takes a lock of a mode on a table that was there before; `what` says what the statement does."""

    what: str
    mode: str
    table: str


def explain_locks(connection: Connection, plan: Plan, *, lock_timeout: str) -> list[TakenLock]:
    """
    Return which statement of *plan* is the first to take which lock on which table: each is run, and all taken back.

    So it waits for these locks, *lock_timeout* at most, and holds them while it runs. Changes nothing.

    Raises what running the plan raises.
    """
    found = []
    with connection.transaction(force_rollback=True):
        connection.execute("SELECT pg_catalog.set_config('lock_timeout', %s, true)", [lock_timeout])
        [(newest,)] = connection.execute("SELECT max(c.oid) FROM pg_catalog.pg_class AS c").fetchall()
        held: set[tuple[str, str]] = set()
        for statement in plan.statements:
            run_statements(connection, [statement])
            now = {(mode, table) for mode, table in connection.execute(_TABLE_LOCKS, [newest]).fetchall()}
            found += [TakenLock(statement.what, mode, table) for mode, table in sorted(now - held)]
            held |= now
    return found


#: Tables of somebody's own: neither the catalog, whose locks are short, nor what pgcustsec keeps.
_TABLE_LOCKS = """
    SELECT l.mode, pg_catalog.format('%%I.%%I', n.nspname, c.relname)
    FROM pg_catalog.pg_locks AS l
    JOIN pg_catalog.pg_class AS c ON c.oid = l.relation AND c.relkind IN ('r', 'p')
    JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
    WHERE l.pid = pg_catalog.pg_backend_pid() AND l.locktype = 'relation' AND c.oid <= %s
        AND n.nspname NOT LIKE 'pg\\_%%' AND n.nspname NOT LIKE 'pgcustsec%%'
"""
