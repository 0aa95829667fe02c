"""Whether pg_cron has the jobs that were promised, as they were promised, and gets to run them (4.2, 4.3)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from pgcustsec.db import Connection
from pgcustsec.doctor.finding import ARTICLES, Finding
from pgcustsec.errors import NotAllowed
from pgcustsec.people.transaction import reading
from pgcustsec.retention.schedule.cron import Cron, CronJob, cron, has_cron, job_command, job_name, jobs_named
from pgcustsec.retention.schedule.promise import PG_CRON, Promise, promises
from pgcustsec.supervise import latest_runs

_AGAIN = "pgcustsec schedule install {}"


def check(connection: Connection) -> Iterator[Finding]:
    promised = [one for one in promises(connection).values() if one.run_by == PG_CRON]
    if not promised:
        return
    if not has_cron(connection):
        for one in promised:
            yield _finding(one, "pg_cron is not loaded in this server any more", _AGAIN.format(one.job))
        return
    with reading(connection):
        ran = {run.job: run.began for run in latest_runs(connection)}
    try:
        with cron(connection) as there:
            for one in promised:
                yield from _of_promise(connection, there, one, ran.get(one.job))
    except NotAllowed as error:
        yield Finding(f"pg_cron cannot be looked at: {error.message}", "pg_cron", "4.3", error.hint or "")


def _of_promise(connection: Connection, there: Cron, promise: Promise, ran: datetime | None) -> Iterator[Finding]:
    database, again = connection.info.dbname, _AGAIN.format(promise.job)
    found = [job for job in jobs_named(there, job_name(promise.job, database)) if job.login == promise.login]
    if not found and promise.login != connection.info.user and not _sees_all(there):
        yield _finding(
            promise,
            f"only {promise.login}, and superusers, can see its job in pg_cron",
            f"pgcustsec doctor -U {promise.login}",
        )
    elif not found:
        yield _finding(promise, "its job has been removed from pg_cron", again)
    for job in found:
        if not job.active:
            yield _finding(promise, "its job in pg_cron is switched off", again)
        if (job.schedule, job.command, job.database) != (promise.line, job_command(promise.job), database):
            yield _finding(promise, "its job in pg_cron is not the one that was installed", again)
        # What began at all has its own record, which another check reads; and it may have been done by hand since.
        if job.failed and not (ran and job.last and ran >= job.last):
            yield _failure(promise, there, job)


def _failure(promise: Promise, there: Cron, job: CronJob) -> Finding:
    if job.unconnected:
        return _finding(
            promise,
            f"pg_cron could not connect as {promise.login}",
            "let it in by pg_hba.conf or the server's own passfile, or set cron.use_background_workers = on",
        )
    return _finding(
        promise,
        "pg_cron says that its last run failed before it began",
        f"SELECT return_message FROM cron.job_run_details WHERE jobid = {job.number}, in database {there.database}",
    )


def _sees_all(there: Cron) -> bool:
    query = "SELECT r.rolsuper OR r.rolbypassrls FROM pg_catalog.pg_roles AS r WHERE r.rolname = CURRENT_USER"
    [(sees,)] = there.connection.execute(query).fetchall()
    return bool(sees)


def _finding(promise: Promise, what: str, next_step: str) -> Finding:
    return Finding(what, f"job {promise.job}", ARTICLES[promise.job], next_step)
