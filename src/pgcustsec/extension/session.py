"""What delivering and taking out have in common: one transaction, one writer, and acting as the owner."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

import psycopg
from psycopg import errors, sql

from pgcustsec.db import Connection, take_plan_lock
from pgcustsec.errors import NotAllowed, PgcustsecError, Refused

OWNER = "pgcustsec_owner"
SCHEMAS = ("pgcustsec", "pgcustsec_internal", "pgcustsec_views")
#: Made at install and no part of what is delivered: they outlive it.
VAULT_SCHEMAS = ("pgcustsec_vault", "pgcustsec_keys")

#: Advisory lock of the first install, which has no table of ours to lock yet ("cust", "inst" as big-endian ASCII).
INSTALL_LOCK = (0x63757374, 0x696E7374)


class Standing(NamedTuple):
    """Who is connected to which database, and what they may do about pgcustsec_owner."""

    person: str
    superuser: bool
    createrole: bool
    database: str
    database_owner: str
    owns_database: bool
    owner_exists: bool
    is_member: bool
    may_join: bool


@cache
def query(name: str) -> sql.SQL:
    """Return the query in `sql/<name>.sql`."""
    text = files("pgcustsec.extension").joinpath("sql", f"{name}.sql").read_text(encoding="utf-8")
    return sql.SQL(text)  # a file of ours is as trusted as a literal


def ask(connection: Connection, name: str, **parameters: Any) -> list[tuple[Any, ...]]:
    """Return the rows of the query in `sql/<name>.sql`, with *parameters* passed as parameters."""
    return connection.execute(query(name), parameters or None).fetchall()


def standing(connection: Connection) -> Standing:
    """Return who is connected and what they may do."""
    [row] = ask(connection, "standing")
    return Standing(*row)


@contextmanager
def writing(connection: Connection, lock_timeout: str) -> Iterator[None]:
    """
    One transaction of the only writer, in which names are the system's own; settings are put back at its end.

    Raises `Refused` when another writer runs or a lock is not to be had within *lock_timeout*, `NotAllowed` when a
    right is missing. Nothing is changed then.
    """
    with _translated(), connection.transaction():
        before = _settings(connection)
        _set(connection, {"search_path": "pg_catalog, pg_temp", "lock_timeout": lock_timeout})
        [(got,)] = connection.execute("SELECT pg_catalog.pg_try_advisory_xact_lock(%s, %s)", INSTALL_LOCK).fetchall()
        if not got:
            raise Refused("another install is running in this database", hint="wait for it to end, then try again")
        take_plan_lock(connection)
        yield
        _set(connection, before)


@contextmanager
def as_role(connection: Connection, role: str = OWNER) -> Iterator[None]:
    """Run the block as *role*, within the open transaction, and go back to who it was before."""
    before = _settings(connection)["role"]
    _set(connection, {"role": role})
    yield
    _set(connection, {"role": before})


def _settings(connection: Connection) -> dict[str, str]:
    names = ("role", "search_path", "lock_timeout")
    row = connection.execute("SELECT " + ", ".join(f"current_setting('{name}')" for name in names)).fetchone()
    assert row is not None
    return dict(zip(names, row, strict=True))


def _set(connection: Connection, settings: dict[str, str]) -> None:
    for name, value in settings.items():
        connection.execute("SELECT pg_catalog.set_config(%s, %s, true)", [name, value])


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except errors.InsufficientPrivilege as error:
        raise NotAllowed(f"{first_line(error)}; nothing was changed", hint=error.diag.message_hint or RIGHTS) from error
    except errors.ReadOnlySqlTransaction as error:
        raise NotAllowed(
            "the server accepts no changes: it is a standby, or the session is read-only", hint="connect to the primary"
        ) from error
    except errors.LockNotAvailable as error:
        raise Refused(
            "a lock was not to be had in time; nothing was changed", hint="try again when fewer transactions run"
        ) from error
    except errors.ObjectNotInPrerequisiteState as error:
        raise Refused(f"{first_line(error)}; nothing was changed", hint=error.diag.message_hint) from error
    except errors.DependentObjectsStillExist as error:
        detail = error.diag.message_detail or ""
        raise Refused(
            f"{first_line(error)}; nothing was changed\n{detail}",
            hint="drop or move what depends on it, then try again",
        ) from error
    except psycopg.Error as error:
        raise PgcustsecError(f"{first_line(error)}; nothing was changed", hint=error.diag.message_hint) from error


RIGHTS = "connect as the owner of the database, with CREATEROLE, or as a superuser"


def first_line(error: psycopg.Error) -> str:
    """Return what PostgreSQL said, without detail and context."""
    return error.diag.message_primary or str(error).splitlines()[0]
