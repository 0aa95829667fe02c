"""
Room in the server's lock table, counted before an apply: it is one transaction, and keeps each lock to its end.

A server as it comes has room for 6,400 locks (64 for each of 100 connections); a hundred tables take about as many.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import ceil

from pgcustsec.db import Connection
from pgcustsec.errors import Refused
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
