"""
How the vault's commands work on the database: short transactions as pgcustsec_owner, and errors that carry no value.

PostgreSQL's own messages quote rows, keys and hashes in their details, and triggers of others may say anything; only
what is known to be harmless of them is passed on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

import psycopg
from psycopg import errors
from psycopg.pq import TransactionStatus

from pgcustsec.compile.quote import ident
from pgcustsec.db import Connection, take_plan_lock
from pgcustsec.errors import NotAllowed, PgcustsecError, Refused, Unreachable, UsageError

DEFAULT_LOCK_TIMEOUT = "10s"
ATTEMPTS = 3
KEY_MISSING = "CS902"
RIGHTS = (
    "connect as one of the matrix's administrators, a member of pgcustsec_owner and of the tables' owners, or as a "
    "superuser"
)
#: Rows or tables that others have: to try again, not to give up.
BUSY = (errors.LockNotAvailable, errors.DeadlockDetected, errors.SerializationFailure)

#: A batch finds its rows by key, whatever the statistics say; and its long expressions are not compiled each time.
BY_KEY = ("enable_seqscan = off", "random_page_cost = 1", "jit = off")

Result = TypeVar("Result")


class Busy(Exception):
    """What this transaction needs is locked by others; nothing of it was done."""


def require_idle(connection: Connection) -> None:
    """Raise `UsageError` when *connection* is in a transaction: batches commit, each for itself."""
    if connection.info.transaction_status != TransactionStatus.IDLE:
        raise UsageError(
            "the connection is in a transaction, and values move in transactions of their own",
            hint="commit, or open another connection",
        )


@contextmanager
def changing(
    connection: Connection, what: str, lock_timeout: str, *, alone: bool = False, role: str | None = "pgcustsec_owner"
) -> Iterator[None]:
    """
    Run the block in one transaction, as *role*, while no plan is applied; *alone*: and nothing else of ours either.

    Raises `Busy` when somebody holds what is needed, and our errors, about *what*, for everything else.
    """
    with _translated(what), connection.transaction():
        connection.execute("SET TRANSACTION ISOLATION LEVEL READ COMMITTED, READ WRITE")
        connection.execute("SELECT pg_catalog.set_config('lock_timeout', %s, true)", [lock_timeout])
        for setting in () if alone else BY_KEY:
            connection.execute(f"SET LOCAL {setting}".encode())
        take_plan_lock(connection, shared=not alone)
        if role:
            connection.execute(f"SET LOCAL ROLE {ident(role)}".encode())
        yield


@contextmanager
def reading(connection: Connection, what: str) -> Iterator[None]:
    """Run the block as pgcustsec_owner in a read-only transaction that sees one state."""
    with _translated(what), connection.transaction():
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        connection.execute("SET LOCAL ROLE pgcustsec_owner")
        yield


def insistently(what: str, work: Callable[[], Result]) -> Result:
    """Return what *work* returns, tried again while others hold what it needs. Raises `Refused` at last."""
    for _ in range(ATTEMPTS):
        try:
            return work()
        except Busy:
            continue
    raise Refused(
        f"{what}: others hold rows or tables that it needs, {ATTEMPTS} times in a row",
        hint="end long transactions (pg_stat_activity, pg_locks), then run it again: it goes on where it stopped; or "
        "give --lock-timeout",
    )


@contextmanager
def _translated(what: str) -> Iterator[None]:
    try:
        yield
    except BUSY as error:
        raise Busy from error
    except errors.UniqueViolation:
        raise  # whoever expects one says which rows it is about
    except errors.CheckViolation:
        raise
    except errors.InsufficientPrivilege as error:
        raise NotAllowed(f"{what}: {error.diag.message_primary}", hint=RIGHTS) from error
    except errors.InvalidParameterValue as error:
        raise UsageError(f"{what}: {error.diag.message_primary}", hint="give a time as PostgreSQL does: 10s") from error
    except errors.ReadOnlySqlTransaction as error:
        raise NotAllowed(f"{what}: this server only reads", hint="connect to the primary") from error
    except errors.QueryCanceled:
        raise Refused(
            f"{what}: the server ended a statement, as statement_timeout or somebody asked; it changed nothing",
            hint="raise statement_timeout for this login: PGOPTIONS='-c statement_timeout=0'",
        ) from None
    except psycopg.OperationalError as error:
        if error.sqlstate is None or isinstance(error, errors.AdminShutdown | errors.CrashShutdown):
            raise Unreachable(
                f"{what}: the connection was lost; nothing is half moved", hint="run it again: it goes on"
            ) from error
        raise _unforeseen(what, error) from None
    except psycopg.Error as error:
        if error.sqlstate == KEY_MISSING:
            raise key_missing() from None
        raise _unforeseen(what, error) from None


def key_missing() -> Refused:
    """The error that there is no key to make blind indexes with."""
    return Refused(
        "the key of the blind indexes is not here (CS902); nothing was moved",
        hint="restore schema pgcustsec_keys; if it is lost: pgcustsec vault rekey",
    )


def _unforeseen(what: str, error: psycopg.Error) -> PgcustsecError:
    """An error that is told by its code alone: its words, or those of a trigger of others, may quote a value."""
    return PgcustsecError(
        f"{what}: PostgreSQL refused it ({error.sqlstate}, {type(error).__name__}); nothing of this step was done",
        hint="look at triggers and rules on the table; the server's log has the rest",
    )
