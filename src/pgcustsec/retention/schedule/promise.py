"""What was promised to run by itself: rows of the database, the latest of each job in force."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from pgcustsec.catalog.queries import ask
from pgcustsec.db import Connection
from pgcustsec.people.transaction import as_owner, reading
from pgcustsec.supervise.runs import JOBS, Run, latest_runs

PG_CRON, SYSTEM, NOBODY = "pg_cron", "system", "nobody"


@dataclass(frozen=True, slots=True)
class Promise:
    """
    One job's: run by pg_cron, or by the operating system of some machine, `every` so often.

    `line` says when: in pg_cron's words and time zone, else HH:MM of UTC; `place` is the database that pg_cron keeps
    its jobs in; `login` is who promised it, as whom pg_cron runs it.
    """

    job: str
    run_by: str
    every: timedelta
    line: str | None
    place: str | None
    since: datetime
    login: str


def promises(connection: Connection) -> dict[str, Promise]:
    """Return the promises in force by job. For administrators, else raises `NotAllowed`."""
    with reading(connection):
        return {row[0]: Promise(*row) for row in ask(connection, "job_schedules")}


def promised_and_done(connection: Connection) -> list[tuple[str, Promise | None, Run | None]]:
    """Return each job, its promise in force, and its last run. For administrators, else raises `NotAllowed`."""
    found = promises(connection)
    with reading(connection):
        runs = {run.job: run for run in latest_runs(connection)}
    return [(job, found.get(job), runs.get(job)) for job in JOBS]


def write_promise(connection: Connection, job: str, run_by: str, line: str | None, place: str | None) -> None:
    """Write a promise down within the open transaction: it takes the place of the job's one before."""
    with as_owner(connection):
        connection.execute(
            "INSERT INTO pgcustsec_internal.job_schedule (job, run_by, line, place) VALUES (%s, %s, %s, %s)",
            [job, run_by, line, place],
        )
