"""Whether what has something to do was promised to run, ran when it was promised, and came to its end (4.2, 4.3)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from pgcustsec.catalog.queries import ask
from pgcustsec.db import Connection
from pgcustsec.doctor.finding import ARTICLES, GRACE, Finding
from pgcustsec.people.transaction import reading
from pgcustsec.retention.schedule import Promise, promises
from pgcustsec.retention.schedule.system import COMMANDS
from pgcustsec.supervise import JOBS, Run, latest_runs

#: Enough to find the last one that is over.
_LATEST = 5


def check(connection: Connection) -> Iterator[Finding]:
    promised = promises(connection)
    with reading(connection):
        runs = latest_runs(connection, _LATEST)
        needed = {row[0] for row in ask(connection, "job_kinds")}
        [(now,)] = connection.execute("SELECT pg_catalog.clock_timestamp()").fetchall()
    for job in JOBS:
        if promise := promised.get(job):
            yield from _of_promise(promise, [run for run in runs if run.job == job], now)
        elif job in needed:
            what = "the matrix has work for it, and nothing runs it by itself"
            yield Finding(what, f"job {job}", ARTICLES[job], f"pgcustsec schedule install {job}")


def _of_promise(promise: Promise, runs: list[Run], now: datetime) -> Iterator[Finding]:
    where, article, by_hand = (
        f"job {promise.job}",
        ARTICLES[promise.job],
        f"pgcustsec {' '.join(COMMANDS[promise.job])}",
    )
    last = max([promise.since, *(run.began for run in runs)])
    if now - last > promise.every + GRACE:
        began = f"ran last at {_said(runs[0].began)}" if runs else "never ran"
        what = f"it was promised every day since {_said(promise.since)}, by {promise.run_by}, and {began}"
        yield Finding(what, where, article, f"{by_hand}; then find out why {_whose(promise)} does not run it")
    over = [run for run in runs if not run.at_work]
    if over and over[0].killed:
        what = f"run {over[0].number} of {_said(over[0].began)} was killed, or its connection lost: it has no end"
        yield Finding(what, where, article, f"{by_hand}; look into the server's log, and at statement_timeout")
    for place, sqlstate in sorted((over[0].failed or {}).items() if over else ()):
        what = f"run {over[0].number} of {_said(over[0].began)} failed with SQLSTATE {sqlstate}"
        yield Finding(what, where if place == promise.job else f"{where}, {place}", article, by_hand)


def _whose(promise: Promise) -> str:
    return "pg_cron" if promise.run_by == "pg_cron" else "the timer or crontab on its machine"


def _said(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
