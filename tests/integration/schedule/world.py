"""Runs of jobs, promises and findings, as the tests of schedules ask for them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any, TypeVar

import psycopg

from pgcustsec.doctor import Finding, examine
from tests.integration.clients.world import Broker

Found = TypeVar("Found")


def call(job: str, limit: str | None = None) -> str:
    """What pg_cron sends, but for the limit."""
    given = f"'{job}'" + (f", '{limit}'" if limit else "")
    return f"DO $$BEGIN SET LOCAL ROLE pgcustsec_owner; CALL pgcustsec.run_scheduled({given}); END$$"


def run_job(broker: Broker, job: str, limit: str | None = None) -> None:
    """Run *job* over the administrator's login, as pg_cron does."""
    with broker.database.connect(user=broker.admin) as connection:
        connection.execute(call(job, limit).encode())


def runs(broker: Broker) -> list[tuple[Any, ...]]:
    """Job, how, whether complete, what was done and what failed, of all runs."""
    return broker.rows(
        "SELECT r.job, r.how, e.complete, e.done, e.failed FROM pgcustsec_internal.job_run AS r"
        " LEFT JOIN pgcustsec_internal.job_run_end AS e USING (run_id) ORDER BY run_id"
    )


def pgcustsec(broker: Broker, *arguments: str, login: str = "dba", code: int = 0) -> subprocess.CompletedProcess[str]:
    """Run the program as *login*, with no terminal; it has to end with *code*, and in no traceback."""
    user = broker.admin if login == "dba" else None if login == "postgres" else broker.login(login)
    done = subprocess.run(
        [sys.executable, "-m", "pgcustsec", *arguments, "-d", broker.database.conninfo(user)],
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
        env={**os.environ, "PYTHONUTF8": "1"},
    )
    assert done.returncode == code, done.stdout + done.stderr
    assert "Traceback" not in done.stderr and "a fault of ours" not in done.stderr
    return done


def told(broker: Broker, *arguments: str, login: str = "dba", code: int = 0) -> Any:
    return json.loads(pgcustsec(broker, *arguments, "--format", "json", login=login, code=code).stdout)


def findings(broker: Broker, user: str | None = "dba") -> list[Finding]:
    with broker.connect(broker.admin if user == "dba" else user) as connection:
        return examine(connection)


def promised(broker: Broker, job: str, since: str, run_by: str = "system") -> None:
    """A promise of so long ago."""
    broker.execute(
        "INSERT INTO pgcustsec_internal.job_schedule (job, run_by, line, since, login)"
        f" VALUES ('{job}', '{run_by}', '18:00', now() - interval '{since}', '{broker.admin}')"
    )


def awaited(look: Callable[[], Found], seconds: float = 30) -> Found:
    """What *look* finds, once it finds something."""
    deadline = time.monotonic() + seconds
    while not (found := look()):
        assert time.monotonic() < deadline, "it never came"
        time.sleep(0.02)
    return found


def waiting(broker: Broker, table: str) -> list[tuple[Any, ...]]:
    """Processes that wait for a lock on *table*."""
    return broker.rows(
        "SELECT pid FROM pg_locks WHERE relation = %s::regclass AND NOT granted"
        " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())",
        table,
    )


def locking(broker: Broker, statement: str) -> psycopg.Connection[Any]:
    """A superuser's connection in a transaction that has run *statement*, until it is closed."""
    connection = broker.database.connect(autocommit=False)
    connection.execute(statement.encode())
    return connection
