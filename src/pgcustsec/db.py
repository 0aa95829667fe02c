"""Opening connections the libpq way: conninfo or URI, `PG*` variables, services and passfile all work."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg

from pgcustsec.errors import NotAllowed, Refused, Unreachable

Connection = psycopg.Connection[tuple[Any, ...]]

MINIMUM_VERSION = 150000

#: What stands for a database's policy as a whole: who holds it is the one that changes it.
PLAN_LOCK = "pgcustsec_internal.applied_matrix"


def connect(conninfo: str = "", *, autocommit: bool = True, **parameters: Any) -> Connection:
    """
    Open a connection for administrative work.

    *conninfo* and *parameters* are libpq's; what neither says comes from the environment. The session reads the
    catalog under an empty search path, so that nothing another role made can stand in for what we name, and
    expands nobody's views but the system's own.

    Raises `Unreachable` when there is no server, no such database or no entry, and when the server is too old.
    """
    parameters.setdefault("application_name", "pgcustsec")
    # Names and values are ours to encode, whatever PGCLIENTENCODING says.
    parameters["client_encoding"] = "UTF8"
    try:
        connection = psycopg.connect(conninfo, autocommit=True, **parameters)
    except psycopg.OperationalError as error:
        raise Unreachable(
            f"cannot connect: {str(error).strip()}",
            hint="give a conninfo or URI, -h/-p/-U/-d, or set PGHOST, PGPORT, PGUSER, PGDATABASE",
        ) from error
    version = connection.info.server_version
    if version < MINIMUM_VERSION:
        connection.close()
        raise Unreachable(
            f"server is PostgreSQL {version // 10000}, pgcustsec needs 15 or later",
            hint="upgrade the server: view and row-security behaviour that the policy needs is missing before 15",
        )
    # A login's own style of dates is not for programs to read; the order of day and month that it writes stays.
    settings = "set_config('search_path', '', false), pg_catalog.set_config('datestyle', 'ISO', false)"
    connection.execute(f"SELECT pg_catalog.{settings}".encode())
    connection.autocommit = autocommit
    return connection


def take_plan_lock(connection: Connection, *, shared: bool = False) -> None:
    """
    Be the only writer of this database's policy until the open transaction ends; *shared*: beside others that share.

    The lock is one on a table of ours. An advisory lock could be taken by any login, which could so keep an
    administrator from suspending it (4.2). Where pgcustsec is not installed there is nothing to lock.

    Raises `Refused`, naming who holds the lock.
    """
    found = connection.execute(
        "SELECT c.oid FROM pg_catalog.pg_class AS c JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace"
        " WHERE n.nspname || '.' || c.relname = %s",
        [PLAN_LOCK],
    ).fetchone()
    if found is None:
        return
    mode = "ROW EXCLUSIVE" if shared else "EXCLUSIVE"
    try:
        with connection.transaction():
            connection.execute("SET LOCAL ROLE pgcustsec_owner")
            connection.execute(f"LOCK TABLE {PLAN_LOCK} IN {mode} MODE NOWAIT")
            connection.execute("RESET ROLE")
    except psycopg.errors.LockNotAvailable as error:
        holders = connection.execute(
            "SELECT pg_catalog.format('process %%s of %%I', a.pid, a.usename)"
            " FROM pg_catalog.pg_locks AS l JOIN pg_catalog.pg_stat_activity AS a ON a.pid = l.pid"
            " WHERE l.relation = %s AND l.granted AND l.mode <> 'AccessShareLock'",
            found,
        )
        who = ", ".join(row[0] for row in holders) or "somebody who just ended"
        raise Refused(
            f"another change to this database is being made, by {who}; nothing was changed",
            hint="wait for it to end, then try again",
        ) from error


@contextmanager
def policy_errors(connection: Connection, doing: str) -> Iterator[None]:
    """
    Say what the database refuses by rule, with its own message and its next step: `NotAllowed`.

    So for SQLSTATEs of class CS, and for a login that has no right to the function or view at all; *doing* says in
    words what it wanted: "take an extract".
    """
    try:
        yield
    except psycopg.Error as error:
        if (error.sqlstate or "").startswith("CS"):
            message = error.diag.message_primary or str(error)
            raise NotAllowed(message, hint=error.diag.message_hint) from error
        if isinstance(error, _NO_RIGHT):
            raise NotAllowed(
                f"login {connection.info.user} may not {doing}, or pgcustsec is not in this database",
                hint="connect as somebody whose role does that: SELECT * FROM pgcustsec.whoami()",
            ) from error
        raise


_NO_RIGHT = (
    psycopg.errors.InsufficientPrivilege,
    psycopg.errors.UndefinedFunction,
    psycopg.errors.UndefinedTable,
    psycopg.errors.InvalidSchemaName,
)
