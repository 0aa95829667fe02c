"""One transaction a command: all of it or nothing, alone, and with errors that say what to do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from psycopg import errors

from pgcustsec.db import Connection, take_plan_lock
from pgcustsec.errors import NotAllowed, Refused, UsageError

LOCK_TIMEOUT = "5s"

_RIGHTS = (
    "connect as one of the matrix's administrators (CREATEROLE, member of pgcustsec_owner) or as a superuser; from "
    "PostgreSQL 16 on only who made a login, or was given it WITH ADMIN OPTION, may change it"
)


@contextmanager
def changing(connection: Connection) -> Iterator[None]:
    """
    Run the block in one transaction, with no other change of people and no apply at the same time.

    Raises `NotAllowed` when the connected role lacks a right and `Refused` when others hold the lock; in every case of
    error nothing is changed.
    """
    with _translated(), connection.transaction():
        connection.execute("SELECT pg_catalog.set_config('lock_timeout', %s, true)", [LOCK_TIMEOUT])
        # Apply takes it alone; we share it, so that neither works on the other's half.
        take_plan_lock(connection, shared=True)
        with as_owner(connection):
            # Readers go on. Writers queue: a cycle of managers can be made by two moves that each look harmless.
            connection.execute("LOCK TABLE pgcustsec_internal.staff IN SHARE ROW EXCLUSIVE MODE")
        yield


@contextmanager
def reading(connection: Connection) -> Iterator[None]:
    """Run the block as pgcustsec_owner in one read-only transaction. Raises `NotAllowed` when that is not possible."""
    with _translated(), connection.transaction():
        connection.execute("SET TRANSACTION READ ONLY")
        with as_owner(connection):
            yield


@contextmanager
def as_owner(connection: Connection) -> Iterator[None]:
    """
    Run the block as pgcustsec_owner, within the open transaction.

    An administrator is a member of it without inheriting, so that nothing is written by accident. Raises `NotAllowed`
    when pgcustsec is not in this database or the connected role may not act as its owner.
    """
    _require_installed(connection)
    try:
        connection.execute("SET LOCAL ROLE pgcustsec_owner")
    except errors.InsufficientPrivilege as error:
        raise NotAllowed(
            f"{connection.info.user} may not act as pgcustsec_owner, which holds the lists of people", hint=_RIGHTS
        ) from error
    yield
    # After an error the rollback takes the role back.
    connection.execute("SET LOCAL ROLE NONE")


def _require_installed(connection: Connection) -> None:
    row = connection.execute(
        "SELECT FROM pg_catalog.pg_class AS c JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace"
        " WHERE n.nspname = 'pgcustsec_internal' AND c.relname = 'staff'"
    ).fetchone()
    if row is None:
        name = connection.info.dbname
        raise NotAllowed(f"database {name} has no pgcustsec", hint=f"run: pgcustsec install -d {name}")


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except errors.InsufficientPrivilege as error:
        detail = f": {error.diag.message_detail}" if error.diag.message_detail else ""
        raise NotAllowed(f"{_first_line(error)}{detail}; nothing was changed", hint=_RIGHTS) from error
    except (errors.LockNotAvailable, errors.DeadlockDetected) as error:
        raise Refused(
            "somebody else is changing people or roles here; nothing was changed", hint="try again in a moment"
        ) from error
    except errors.ReadOnlySqlTransaction as error:
        raise NotAllowed(
            "this server only reads (a standby, or default_transaction_read_only is on)", hint="connect to the primary"
        ) from error
    except (errors.UniqueViolation, errors.DuplicateObject) as error:
        raise UsageError(
            f"{_first_line(error)}; nothing was changed", hint="somebody else added it just now: look at staff list"
        ) from error


def _first_line(error: psycopg.Error) -> str:
    return error.diag.message_primary or str(error).splitlines()[0]
