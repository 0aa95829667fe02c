"""What is written down of runs that destroy and recycle: that each began, and how it ended (4.2, 4.3)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import psycopg
from psycopg import errors
from psycopg.types.json import Jsonb

from pgcustsec.catalog.queries import ask
from pgcustsec.db import Connection
from pgcustsec.errors import NotAllowed, Refused

JOBS = ("retention", "pool")
#: What is recorded of a failure that is none of PostgreSQL's.
OURS = "XX000"


@dataclass(slots=True)
class Doing:
    """A run that goes on: rows by table and by what was done with them; `complete` once every table is finished."""

    number: int
    done: dict[str, dict[str, int]] = field(default_factory=dict)
    complete: bool = False


@dataclass(frozen=True, slots=True)
class Run:
    """
    A run that was: `how` is procedure or command, `failed` the SQLSTATE by table, or by job, of what failed.

    No `ended`: it is `at_work`, or it was killed.
    """

    job: str
    number: int
    how: str
    began: datetime
    ended: datetime | None
    complete: bool | None
    done: dict[str, dict[str, int]] | None
    failed: dict[str, str] | None
    login: str
    at_work: bool

    @property
    def killed(self) -> bool:
        return self.ended is None and not self.at_work


@contextmanager
def recorded(connection: Connection, job: str) -> Iterator[Doing]:
    """
    Write down, and commit, that a run of *job* begins; and how it ends, with what the block notes in what it is given.

    Of an error its SQLSTATE is kept, no word of it. A run that is killed has no end. Raises `NotAllowed`.
    """
    run = Doing(_begin(connection, job))
    try:
        yield run
    except BaseException as error:
        # Where the connection is lost nobody is left to write it down: the run has no end, which says so.
        with suppress(psycopg.Error):
            _end(connection, run, {job: _sqlstate(error)})
        raise
    _end(connection, run, {})


def latest_runs(connection: Connection, latest: int = 1) -> list[Run]:
    """Return the *latest* runs of each job, newest first, within a transaction that acts as pgcustsec_owner."""
    return [Run(*row) for row in ask(connection, "job_runs", latest=latest)]


def _begin(connection: Connection, job: str) -> int:
    try:
        with connection.transaction():
            connection.execute("SET LOCAL ROLE pgcustsec_owner")
            query = "SELECT pgcustsec_internal._begin_run(%s, 'command')"
            [(number,)] = connection.execute(query, [job]).fetchall()
    except errors.ReadOnlySqlTransaction as error:
        raise NotAllowed("a run is written down, and this server only reads", hint="connect to the primary") from error
    except errors.InsufficientPrivilege as error:
        raise NotAllowed(
            f"login {connection.info.user} may not act as pgcustsec_owner, who runs the {job} job",
            hint="connect as one of the matrix's administrators, or as a superuser",
        ) from error
    return int(number)


def _end(connection: Connection, run: Doing, failed: dict[str, str]) -> None:
    with connection.transaction():
        connection.execute("SET LOCAL ROLE pgcustsec_owner")
        connection.execute(
            "SELECT pgcustsec_internal._end_run(%s, %s, %s, %s)",
            [run.number, run.complete and not failed, Jsonb(run.done), Jsonb(failed)],
        )


def _sqlstate(error: BaseException) -> str:
    if isinstance(error, Refused):
        return "55P03"  # others held what it needed, for too long
    known: Any = error
    while known is not None and not getattr(known, "sqlstate", None):
        known = known.__cause__ or known.__context__
    return str(known.sqlstate) if known is not None else OURS
