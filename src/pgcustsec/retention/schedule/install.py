"""Installing a schedule and taking it back: what would be done, then doing it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import time

from pgcustsec.db import Connection
from pgcustsec.errors import Refused
from pgcustsec.retention.schedule.cron import (
    Cron,
    cron,
    cron_line,
    drop_jobs,
    has_cron,
    job_command,
    job_name,
    jobs_named,
    put_job,
)
from pgcustsec.retention.schedule.promise import NOBODY, PG_CRON, SYSTEM, Promise, promises, write_promise


@dataclass(frozen=True, slots=True)
class Planned:
    """
    One job's schedule: `at` of UTC, run by pg_cron, whose `line` it is in database `place`, or by the system.

    Not `new`: it is so already. `notices` are what somebody should look at.
    """

    job: str
    run_by: str
    at: time
    line: str
    place: str | None
    new: bool
    notices: tuple[str, ...] = ()


def plan_schedules(
    connection: Connection, jobs: Sequence[str], at: time, *, run_by: str | None = None
) -> list[Planned]:
    """
    Return what it takes to run *jobs* every day at *at*, of UTC; by pg_cron where that is, if nothing is said.

    For administrators. Raises `NotAllowed` where pg_cron or pgcustsec_owner are not theirs, `Refused` where another
    login's job, or pg_cron's, would go on beside it.
    """
    before = promises(connection)
    if (run_by or (PG_CRON if has_cron(connection) else SYSTEM)) == SYSTEM:
        return [_by_system(job, at, before.get(job)) for job in jobs]
    if not has_cron(connection):
        raise Refused("this server has not loaded pg_cron", hint="shared_preload_libraries = 'pg_cron'; or --by system")
    with cron(connection) as there:
        return [_by_cron(connection, there, job, at, before.get(job)) for job in jobs]


def install_schedules(connection: Connection, planned: Sequence[Planned]) -> None:
    """
    Do what was planned: the job of pg_cron, then its promise; a job without one does as it should. For administrators.

    Raises as `plan_schedules`.
    """
    for one in (one for one in planned if one.new):
        with connection.transaction():
            write_promise(connection, one.job, one.run_by, one.line, one.place)
            if one.run_by == PG_CRON:
                database = connection.info.dbname
                with cron(connection) as there:
                    put_job(there, job_name(one.job, database), one.line, job_command(one.job), database)


def remove_schedules(connection: Connection, jobs: Sequence[str]) -> list[str]:
    """
    Take the promises of *jobs* back, and pg_cron's jobs with them; return a sentence for each. For administrators.

    Raises `NotAllowed`, and `Refused` where pg_cron runs it as another login.
    """
    before = promises(connection)
    return [sentence for job in jobs for sentence in _removed(connection, job, before.get(job))]


def _by_system(job: str, at: time, before: Promise | None) -> Planned:
    if before and before.run_by == PG_CRON:
        raise Refused(f"pg_cron runs job {job}, and would go on", hint=f"first: pgcustsec schedule remove {job}")
    line = f"{at:%H:%M}"
    new = before is None or before.line != line
    return Planned(job, SYSTEM, at, line, None, new)


def _by_cron(connection: Connection, there: Cron, job: str, at: time, before: Promise | None) -> Planned:
    _refuse_of_another(connection, job, before)
    database, line = connection.info.dbname, cron_line(connection, at, there.zone)
    present = [
        (one.schedule, one.command, one.database, one.login, one.active)
        for one in jobs_named(there, job_name(job, database))
    ]
    wanted = (line, job_command(job), database, connection.info.user, True)
    promised = before is not None and (before.run_by, before.line, before.place) == (PG_CRON, line, there.database)
    notices = tuple(_notices(connection, there, job, before))
    return Planned(job, PG_CRON, at, line, there.database, not promised or present != [wanted], notices)


def _refuse_of_another(connection: Connection, job: str, before: Promise | None) -> None:
    """Logins do not see each other's jobs in pg_cron: one would be made twice, or left."""
    if before and before.run_by == PG_CRON and before.login != connection.info.user and not _is_superuser(connection):
        raise Refused(
            f"pg_cron runs job {job} as {before.login}, and would go on",
            hint=f"connect as {before.login}: pgcustsec schedule remove {job}",
        )


def _notices(connection: Connection, there: Cron, job: str, before: Promise | None) -> Iterator[str]:
    login = connection.info.user
    if _is_superuser(connection):
        yield f"pg_cron would run job {job} as {login}, a superuser: connect as an administrator of the matrix"
    if not there.workers:
        unless = "" if there.workers is False else "unless cron.use_background_workers is on, "
        yield (
            f"{unless}pg_cron connects to {there.host or 'cron.host'} as {login}: pg_hba.conf has to let it in without "
            "a password, or the passfile of the server's own user (~postgres/.pgpass) has it"
        )
    if before and before.run_by == SYSTEM:
        yield f"a timer or crontab has run job {job}: take it away on its machine"


def _is_superuser(connection: Connection) -> bool:
    query = "SELECT r.rolsuper FROM pg_catalog.pg_roles AS r WHERE r.rolname = SESSION_USER"
    [(superuser,)] = connection.execute(query).fetchall()
    return bool(superuser)


def _removed(connection: Connection, job: str, before: Promise | None) -> Iterator[str]:
    if before is None:
        yield f"job {job} had no schedule"
        return
    _refuse_of_another(connection, job, before)
    with connection.transaction():
        write_promise(connection, job, NOBODY, None, None)
        if before.run_by == SYSTEM:
            yield f"job {job} has no schedule any more; take its timer or crontab line away on its machine"
        elif not has_cron(connection):
            yield f"job {job} has no schedule any more, and this server no pg_cron"
        else:
            with cron(connection) as there:
                count = drop_jobs(there, job_name(job, connection.info.dbname))
            yield f"job {job} is not run by pg_cron any more" + ("" if count else ", which had no such job")
