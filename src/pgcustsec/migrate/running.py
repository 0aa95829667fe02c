"""Running statements one after the other, each failure said with what it was to do."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import psycopg
from psycopg import errors, sql

from pgcustsec.db import Connection
from pgcustsec.errors import Locked, NotAllowed, PgcustsecError, Refused
from pgcustsec.migrate.rights import RIGHTS
from pgcustsec.statement import Statement

LATER = "try again when fewer long transactions run, or give --lock-timeout"


def run_statements(
    connection: Connection, statements: Iterable[Statement], progress: Callable[[Statement], None] | None = None
) -> None:
    """
    Run *statements* in the open transaction.

    Raises `NotAllowed` or `Refused`, naming the statement, also where PostgreSQL only warns: a REVOKE that warns has
    revoked nothing.
    """
    warnings: list[str] = []

    def listen(notice: psycopg.errors.Diagnostic) -> None:
        if notice.severity_nonlocalized == "WARNING":
            warnings.append(notice.message_primary or "a warning without words")

    connection.add_notice_handler(listen)
    try:
        for statement in statements:
            if progress:
                progress(statement)
            _run(connection, statement)
            if warnings:
                raise Refused(
                    f"{statement.what}: PostgreSQL warned instead of doing it: {warnings[0]}",
                    hint="whoever granted it must revoke it: connect as that role or as a superuser",
                )
    finally:
        connection.remove_notice_handler(listen)


def _run(connection: Connection, statement: Statement) -> None:
    try:
        connection.execute(sql.SQL(statement.sql))  # compiled: names and values are quoted
    except errors.InsufficientPrivilege as error:
        raise NotAllowed(f"{statement.what}: {first_line(error)}", hint=RIGHTS) from error
    except errors.LockNotAvailable as error:
        raise Locked(
            f"{statement.what}: a lock was not to be had in time; nothing was changed",
            hint=LATER,
        ) from error
    except errors.DependentObjectsStillExist as error:
        raise Refused(
            f"{statement.what}: other objects depend on it; nothing was changed\n{error.diag.message_detail or ''}",
            hint="drop or move what depends on it, then apply again",
        ) from error
    except psycopg.Error as error:
        raise PgcustsecError(f"{statement.what}: {first_line(error)}; nothing was changed") from error


def first_line(error: psycopg.Error) -> str:
    """The error's own message, without its detail, which may hold values."""
    return error.diag.message_primary or str(error).splitlines()[0]
