"""Reading what a database has and comparing it with what a matrix wants: the first half of every plan."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

from psycopg import errors

from pgcustsec.catalog.present import inspect, printed_bodies
from pgcustsec.catalog.site import read_site, refuse
from pgcustsec.catalog.ways_out import ways_out
from pgcustsec.compile import compile_matrix
from pgcustsec.compile.sealing import sealing_problems, without_checks
from pgcustsec.compile.terms import term_problems
from pgcustsec.db import Connection
from pgcustsec.errors import Locked, NotAllowed, PgcustsecError, Refused
from pgcustsec.matrix.model import Matrix
from pgcustsec.migrate.rights import RIGHTS, check_installed, refuse_others_things
from pgcustsec.migrate.running import LATER, first_line, run_statements
from pgcustsec.objects import Check, Key, Membership, Object, RowSecurity, Setting
from pgcustsec.plan import make_plan
from pgcustsec.shape import Site, WayOut

DEFAULT_LOCK_TIMEOUT = "10s"


@dataclass(frozen=True, slots=True)
class Compared:
    """
    What the database has and what a matrix wants, by key; `left_alone`: what is none of the matrix's and no way out.

    `recorded` are the keys of what an earlier apply made; `applied` is what was written down of its matrix, by another
    major version of the server where it `moved`; `ways_out` lead past the views and are nobody's of ours.
    """

    site: Site
    present: Mapping[Key, Object]
    wanted: Mapping[Key, Object]
    left_alone: tuple[str, ...]
    recorded: frozenset[Key]
    applied: Mapping[str, Any]
    moved: bool
    ways_out: tuple[WayOut, ...]

    @property
    def unmanaged(self) -> tuple[str, ...]:
        """All that is none of the matrix's and that no apply touches."""
        return (*self.left_alone, *(way.name_of for way in self.ways_out))


def compare_catalog(connection: Connection, matrix: Matrix) -> Compared:
    """
    Return the connected database beside what *matrix* wants in it, in the open transaction.

    Raises `SchemaMismatch` when the tables are not as the matrix says, `NotAllowed` when pgcustsec is not installed or
    the connected role cannot see it, `Refused` when a role or schema that it needs is somebody else's.
    """
    with as_owner(connection):
        found = _compare(connection, matrix, {})
    if found.moved and (reprinted := _reprinted(connection, found)):
        with as_owner(connection):
            found = _compare(connection, matrix, reprinted)
    return found


def _compare(connection: Connection, matrix: Matrix, reprinted: Mapping[Key, str]) -> Compared:
    site = read_site(connection, matrix)
    refuse(matrix, [*sealing_problems(matrix, site), *term_problems(matrix, site)])
    wanted = compile_matrix(matrix, site)
    present = inspect(connection, site, wanted.values(), reprinted)
    remade = {key for key, thing in wanted.items() if isinstance(thing, Check) and present.objects.get(key) != thing}
    if unsealed := without_checks(site, remade):
        # A CHECK that is made anew is not validated: from then on the views have to mask as they read.
        wanted = compile_matrix(matrix, unsealed)
        present = inspect(connection, unsealed, wanted.values(), reprinted)
    refuse_others_things(connection, present.objects, present.recorded, wanted)
    found = ways_out(connection, [thing for thing in wanted.values() if isinstance(thing, RowSecurity)])
    # Tables have had triggers of their application's since before there was a matrix.
    triggers = tuple(way.name_of for way in found if way.kind == "trigger")
    return Compared(
        site=site,
        present=present.objects,
        wanted=wanted,
        left_alone=(*present.unmanaged, *triggers),
        recorded=present.recorded,
        applied=last_matrix(connection) or {},
        moved=present.moved,
        ways_out=tuple(way for way in found if way.kind != "trigger"),
    )


def _reprinted(connection: Connection, found: Compared) -> dict[Key, str]:
    """
    Return how this major version of the server prints what is wanted: made in a savepoint, and taken back.

    Nothing, so that all of it counts as altered, in a transaction that only reads, or where making it is refused.
    """
    [(reads_only,)] = connection.execute("SELECT pg_catalog.current_setting('transaction_read_only') = 'on'").fetchall()
    if reads_only:
        return {}
    printed: dict[Key, str] = {}
    # Memberships are printed by no version; from 16 on they have other options, which is for an apply to put right.
    present, wanted = (
        {key: thing for key, thing in things.items() if not isinstance(thing, Membership | Setting)}
        for things in (found.present, found.wanted)
    )
    with suppress(PgcustsecError), connection.transaction(force_rollback=True):
        run_statements(connection, make_plan(found.site.database, present, wanted).statements)
        with as_owner(connection):
            printed = printed_bodies(connection, found.site, found.wanted.values())
    return printed


@contextmanager
def reading_catalog(connection: Connection, lock_timeout: str) -> Iterator[None]:
    """
    A transaction that sees one state of the catalog and changes nothing.

    It only reads, unless another major version of the server wrote down what was applied: then what it prints is looked
    at in a savepoint, with the locks of an apply.
    """
    with connection.transaction(force_rollback=True):
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        set_lock_timeout(connection, lock_timeout)
        if not _has_moved(connection):
            connection.execute("SET TRANSACTION READ ONLY")
        with translated():
            yield


def _has_moved(connection: Connection) -> bool:
    """Whether another major version of the server wrote down what was applied."""
    major = connection.info.server_version // 10000
    with translated(), as_owner(connection):
        [(there,)] = connection.execute(
            "SELECT pg_catalog.to_regclass('pgcustsec_internal.applied_object') IS NOT NULL"
        ).fetchall()
        if not there:
            return False
        query = "SELECT true FROM pgcustsec_internal.applied_object WHERE server_major <> %s LIMIT 1"
        return connection.execute(query, [major]).fetchone() is not None


def set_lock_timeout(connection: Connection, lock_timeout: str) -> None:
    connection.execute("SELECT pg_catalog.set_config('lock_timeout', %s, true)", [lock_timeout])


@contextmanager
def translated() -> Iterator[None]:
    try:
        yield
    except errors.InsufficientPrivilege as error:
        raise NotAllowed(first_line(error), hint=RIGHTS) from error
    except errors.LockNotAvailable as error:
        raise Locked("a lock was not to be had in time; nothing was changed", hint=LATER) from error
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
