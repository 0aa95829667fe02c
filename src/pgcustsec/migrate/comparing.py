"""Reading what a database has and comparing it with what a matrix wants: the first half of every plan."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg import errors

from pgcustsec.catalog.present import inspect
from pgcustsec.catalog.site import read_site, refuse
from pgcustsec.compile import compile_matrix
from pgcustsec.compile.sealing import sealing_problems, without_checks
from pgcustsec.compile.terms import term_problems
from pgcustsec.db import Connection
from pgcustsec.errors import NotAllowed, Refused
from pgcustsec.matrix.model import Matrix
from pgcustsec.migrate.rights import RIGHTS, check_installed, refuse_others_things
from pgcustsec.objects import Check, Key, Object
from pgcustsec.shape import Site

DEFAULT_LOCK_TIMEOUT = "10s"
LATER = "try again when fewer long transactions run, or give --lock-timeout"


@dataclass(frozen=True, slots=True)
class Compared:
    """
    What the database has and what a matrix wants, by key; `unmanaged`: what is none of the matrix's and left alone.

    `recorded` are the keys of what an earlier apply made; `applied` is what was written down of its matrix.
    """

    site: Site
    present: Mapping[Key, Object]
    wanted: Mapping[Key, Object]
    unmanaged: tuple[str, ...]
    recorded: frozenset[Key]
    applied: Mapping[str, Any]


def compare_catalog(connection: Connection, matrix: Matrix) -> Compared:
    """
    Return the connected database beside what *matrix* wants in it, in the open transaction.

    Raises `SchemaMismatch` when the tables are not as the matrix says, `NotAllowed` when pgcustsec is not installed or
    the connected role cannot see it, `Refused` when a role or schema that it needs is somebody else's.
    """
    with as_owner(connection):
        site = read_site(connection, matrix)
        refuse(matrix, [*sealing_problems(matrix, site), *term_problems(matrix, site)])
        wanted = compile_matrix(matrix, site)
        present = inspect(connection, site, wanted.values())
        remade = {
            key for key, thing in wanted.items() if isinstance(thing, Check) and present.objects.get(key) != thing
        }
        if unsealed := without_checks(site, remade):
            # A CHECK that is made anew is not validated: from then on the views have to mask as they read.
            wanted = compile_matrix(matrix, unsealed)
            present = inspect(connection, unsealed, wanted.values())
        refuse_others_things(connection, present.objects, present.recorded, wanted)
        return Compared(
            site, present.objects, wanted, present.unmanaged, present.recorded, last_matrix(connection) or {}
        )


@contextmanager
def reading_catalog(connection: Connection, lock_timeout: str) -> Iterator[None]:
    """A read-only transaction that sees one state of the catalog and none of our lists hidden by row security."""
    with connection.transaction():
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        set_lock_timeout(connection, lock_timeout)
        with translated():
            yield


def set_lock_timeout(connection: Connection, lock_timeout: str) -> None:
    connection.execute("SELECT pg_catalog.set_config('lock_timeout', %s, true)", [lock_timeout])


@contextmanager
def translated() -> Iterator[None]:
    try:
        yield
    except errors.InsufficientPrivilege as error:
        raise NotAllowed(first_line(error), hint=RIGHTS) from error
    except errors.LockNotAvailable as error:
        raise Refused("a lock was not to be had in time; nothing was changed", hint=LATER) from error
    except errors.InternalError_ as error:
        # What was there when the catalog was listed was made anew, by another apply, before it was read.
        raise Refused("somebody else changes the database meanwhile; nothing was changed", hint="try again") from error


@contextmanager
def as_owner(connection: Connection) -> Iterator[None]:
    """Our lists are readable by pgcustsec_owner alone; an administrator is a member, but inherits nothing."""
    check_installed(connection)
    connection.execute("SET LOCAL ROLE pgcustsec_owner")
    yield
    connection.execute("RESET ROLE")


def last_matrix(connection: Connection) -> dict[str, Any] | None:
    row = connection.execute(
        "SELECT matrix FROM pgcustsec_internal.applied_matrix ORDER BY applied_id DESC LIMIT 1"
    ).fetchone()
    return row[0] if row else None


def first_line(error: psycopg.Error) -> str:
    return error.diag.message_primary or str(error).splitlines()[0]
