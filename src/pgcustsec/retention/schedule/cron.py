"""pg_cron: whether this server has it, the database in which it keeps its jobs, and our jobs there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from psycopg import errors, sql

from pgcustsec.catalog.queries import ask
from pgcustsec.db import Connection, connect
from pgcustsec.errors import NotAllowed, Unreachable

#: Where pg_cron keeps its jobs, and the clock it goes by, if nothing else is set.
USUAL_DATABASE, USUAL_ZONE = "postgres", "GMT"
BESIDES = "or have the operating system run it: --by system"
_SCHEDULE = "cron.schedule_in_database(text, text, text, text, text, boolean)"


@dataclass(frozen=True, slots=True)
class Cron:
    """
    pg_cron of a server: a `connection` to the `database` of its jobs, and its time `zone`.

    `workers`: it needs no connection to run a job; else it connects to `host`. None: this login may not know.
    """

    connection: Connection
    database: str
    zone: str
    workers: bool | None
    host: str | None


@dataclass(frozen=True, slots=True)
class CronJob:
    """A job as pg_cron has it; when it was run last, and whether that failed, and for want of a connection."""

    number: int
    schedule: str
    command: str
    database: str
    login: str
    active: bool
    last: datetime | None
    failed: bool
    unconnected: bool


def job_name(job: str, database: str) -> str:
    """The name of our job in pg_cron, which serves the whole cluster."""
    return f"pgcustsec {job} {database}"


def job_command(job: str) -> str:
    """What pg_cron sends. One statement: several would be one transaction, in which no batch could be committed."""
    return f"DO $$BEGIN SET LOCAL ROLE pgcustsec_owner; CALL pgcustsec.run_scheduled('{job}'); END$$"


def cron_line(connection: Connection, at: time, zone: str) -> str:
    """*at*, of UTC, every day, as pg_cron writes it by the clock of its *zone*, today; the server knows its zones."""
    [(there,)] = connection.execute(
        "SELECT to_char(((date_trunc('day', now() AT TIME ZONE 'UTC') + %s::time) AT TIME ZONE 'UTC')"
        " AT TIME ZONE %s, 'FMMI FMHH24')",
        [at, zone],
    ).fetchall()
    return f"{there} * * *"


def has_cron(connection: Connection) -> bool:
    """Whether the server has loaded pg_cron."""
    return _setting(connection, "cron.database_name") != (True, None)


@contextmanager
def cron(connection: Connection) -> Iterator[Cron]:
    """
    Open pg_cron of a server that has it, over *connection*'s login.

    Raises `NotAllowed` where the login does not get to the database of its jobs, or pg_cron is not made there.
    """
    known, database = _setting(connection, "cron.database_name")
    # It can be made in one database only: if it is made here, that is here.
    database = database or (connection.info.dbname if _is_made(connection) else USUAL_DATABASE)
    if database == connection.info.dbname:
        yield _described(connection, database, known)
        return
    try:
        there = connect("", **{**_parameters(connection), "dbname": database})
    except Unreachable as error:
        raise NotAllowed(
            f"pg_cron keeps its jobs in database {database}, and {connection.info.user} does not get there",
            hint=f"GRANT CONNECT ON DATABASE {database} TO {connection.info.user}; {BESIDES}",
        ) from error
    with there:
        yield _described(there, database, known)


def jobs_named(cron: Cron, name: str) -> list[CronJob]:
    """Our jobs of that name, as far as the login sees them: its own; a superuser all. Raises `NotAllowed`."""
    with _allowed(cron):
        return [CronJob(*row) for row in ask(cron.connection, "cron_jobs", job_name=name)]


def put_job(cron: Cron, name: str, line: str, command: str, database: str) -> None:
    """Make a job of the login, in place of its own of that name. Raises `NotAllowed`."""
    with _allowed(cron), cron.connection.transaction():
        drop_jobs(cron, name)
        cron.connection.execute("SELECT cron.schedule_in_database(%s, %s, %s, %s)", [name, line, command, database])


def drop_jobs(cron: Cron, name: str) -> int:
    """Remove the jobs of that name that the login sees; return how many. Raises `NotAllowed`."""
    with _allowed(cron):
        found = jobs_named(cron, name)
        for one in found:
            cron.connection.execute("SELECT cron.unschedule(%s::bigint)", [one.number])
    return len(found)


def _described(connection: Connection, database: str, known: bool) -> Cron:
    if not _is_made(connection):
        guess = "" if known else ", where this login, which may not read cron.database_name, looks for it"
        raise NotAllowed(
            f"the server has loaded pg_cron, but it is not made in database {database}{guess}",
            hint=f"a superuser: CREATE EXTENSION pg_cron in the database of cron.database_name; {BESIDES}",
        )
    readable, workers = _setting(connection, "cron.use_background_workers")
    host, zone = _setting(connection, "cron.host")[1], _setting(connection, "cron.timezone")[1]
    return Cron(connection, database, zone or USUAL_ZONE, workers == "on" if readable else None, host)


def _is_made(connection: Connection) -> bool:
    query = "SELECT EXISTS (SELECT FROM pg_catalog.pg_extension AS e WHERE e.extname = 'pg_cron')"
    [(made,)] = connection.execute(query).fetchall()
    return bool(made)


@contextmanager
def _allowed(cron: Cron) -> Iterator[None]:
    login = sql.Identifier(cron.connection.info.user).as_string(cron.connection)
    try:
        yield
    except errors.InsufficientPrivilege as error:
        raise NotAllowed(
            f"{cron.connection.info.user} may not make jobs of pg_cron",
            hint=f"a superuser in database {cron.database}: GRANT USAGE ON SCHEMA cron TO {login}; GRANT EXECUTE ON"
            f" FUNCTION {_SCHEDULE} TO {login}; {BESIDES}",
        ) from error
    except errors.UndefinedFunction as error:
        raise NotAllowed("pg_cron here is older than 1.4", hint=f"upgrade it; {BESIDES}") from error


def _setting(connection: Connection, name: str) -> tuple[bool, str | None]:
    """Whether the login may read a setting, and its value: of one that is not there, None."""
    try:
        with connection.transaction():
            [(value,)] = connection.execute("SELECT pg_catalog.current_setting(%s, true)", [name]).fetchall()
    except errors.InsufficientPrivilege:
        return False, None
    return True, value


def _parameters(connection: Connection) -> dict[str, Any]:
    given: dict[str, Any] = connection.info.get_parameters()
    return {**given, "password": connection.info.password} if connection.info.password else given
