"""`pgcustsec doctor`: runs that were promised and missed, failed or killed, and rows that wait too long (4.2, 4.3)."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest

from pgcustsec.db import connect
from pgcustsec.doctor import CHECKS, examine
from pgcustsec.errors import NotAllowed
from tests.cluster import Database
from tests.integration.clients.world import Broker
from tests.integration.retention.world import hold, more
from tests.integration.schedule.world import (
    awaited,
    findings,
    locking,
    pgcustsec,
    promised,
    run_job,
    told,
    waiting,
)

HOLD = "pgcustsec_internal.hold"
INSTALL = ("schedule", "install", "--by", "system", "--yes")


def said(broker: Broker) -> list[str]:
    return [f"{one.where}: {one.what}" for one in findings(broker)]


def test_a_matrix_with_terms_and_a_pool_and_no_schedule_is_a_finding_each(broker: Broker) -> None:
    found = findings(broker)
    assert [(one.where, one.article, one.next_step) for one in found] == [
        ("job retention", "4.3", "pgcustsec schedule install retention"),
        ("job pool", "4.2", "pgcustsec schedule install pool"),
    ]


@pytest.mark.one_server
def test_findings_end_it_with_one_and_none_with_zero(broker: Broker) -> None:
    told_of = pgcustsec(broker, "doctor", code=1)
    assert "schedule install pool" in re.sub(r"\s+", " ", told_of.stdout) and "2 findings" in told_of.stderr
    assert max(map(len, told_of.stdout.splitlines())) <= 100
    assert [one["article"] for one in told(broker, "doctor", code=1)] == ["4.3", "4.2"]
    pgcustsec(broker, *INSTALL)
    assert pgcustsec(broker, "doctor").stdout == "" and told(broker, "doctor") == []


def test_a_database_without_terms_and_pool_needs_no_schedule(installed: Database) -> None:
    with connect(installed.conninfo()) as connection:
        assert examine(connection) == []


def test_a_database_without_pgcustsec_is_told_of(database: Database) -> None:
    with connect(database.conninfo()) as connection, pytest.raises(NotAllowed, match="has no pgcustsec"):
        examine(connection)


def test_a_run_that_did_not_come_is_found_once_day_and_grace_have_passed(broker: Broker) -> None:
    promised(broker, "retention", "25 hours")
    promised(broker, "pool", "27 hours")
    assert [one.partition(", and")[2] for one in said(broker)] == [" never ran"]
    run_job(broker, "pool")
    assert said(broker) == []


def test_a_run_of_long_ago_is_no_run_of_today(broker: Broker) -> None:
    promised(broker, "retention", "9 days")
    promised(broker, "pool", "1 hour")
    with broker.database.connect() as connection:
        connection.execute(
            "INSERT INTO pgcustsec_internal.job_run (job, how, began)"
            " VALUES ('retention', 'command', now() - interval '27 hours')"
        )
        connection.execute("INSERT INTO pgcustsec_internal.job_run_end VALUES (1, now(), true, '{}', '{}')")
    [missed] = said(broker)
    assert "and ran last at" in missed


def test_a_run_that_failed_is_found_until_one_does_not(broker: Broker) -> None:
    pgcustsec(broker, *INSTALL)
    more(broker, 1001, 1001)
    with locking(broker, f"LOCK TABLE {HOLD} IN EXCLUSIVE MODE"):
        run_job(broker, "retention")
    [failed] = findings(broker)
    assert failed.where == "job retention, crm.customer" and "SQLSTATE 55P03" in failed.what
    run_job(broker, "retention")
    assert findings(broker) == []


def test_a_run_that_was_killed_is_found_and_one_at_work_is_not(broker: Broker) -> None:
    pgcustsec(broker, *INSTALL)
    more(broker, 1001, 1001)
    with ThreadPoolExecutor() as threads, locking(broker, f"LOCK TABLE {HOLD} IN EXCLUSIVE MODE"):
        run = threads.submit(run_job, broker, "retention")
        [(process,)] = awaited(lambda: waiting(broker, HOLD))
        assert findings(broker) == []
        broker.execute(f"SELECT pg_terminate_backend({process})")
        with pytest.raises(psycopg.OperationalError):
            run.result(timeout=60)
    [killed] = awaited(lambda: findings(broker))
    assert "was killed" in killed.what


def test_rows_that_wait_longer_than_the_schedule_explains_are_found_and_held_ones_are_not(broker: Broker) -> None:
    promised(broker, "retention", "27 hours")
    promised(broker, "pool", "27 hours")
    more(broker, 1001, 1004)
    number = hold(broker, [1001, 1002, 1003, 1004])
    run_job(broker, "retention")
    run_job(broker, "pool")
    assert findings(broker) == []
    broker.execute(f"INSERT INTO pgcustsec_internal.hold_release VALUES ({number}, 'over', now(), 'Q1')")
    [waits] = findings(broker)
    assert (waits.where, waits.article) == ("crm.customer", "4.3")
    assert waits.what.startswith("4 rows past their term and not destroyed, the first since 200")
    run_job(broker, "retention")
    assert findings(broker) == []


def test_what_was_due_before_a_schedule_began_has_its_first_day(broker: Broker) -> None:
    pgcustsec(broker, *INSTALL)
    more(broker, 1001, 1004)
    assert findings(broker) == []


def test_prospects_that_should_be_back_are_found(broker: Broker) -> None:
    promised(broker, "retention", "1 hour")
    promised(broker, "pool", "27 hours")
    broker.execute("INSERT INTO pgcustsec_internal.job_run (job, how) VALUES ('pool', 'command')")
    broker.execute("INSERT INTO pgcustsec_internal.job_run_end VALUES (1, now(), true, '{}', '{}')")
    assert findings(broker) == []
    broker.execute(
        "UPDATE crm.customer SET status = 'prospect', owner_staff_id = 'S1', claimed_at = now() - interval '90 days',"
        " last_contact_at = now() - interval '80 days' WHERE customer_id IN (2, 5)"
    )
    [waits] = findings(broker)
    assert waits.what.startswith("2 rows without progress") and waits.article == "4.2"
    run_job(broker, "pool")
    assert findings(broker) == []


def test_looking_changes_nothing(broker: Broker) -> None:
    query = "SELECT (SELECT count(*) FROM pgcustsec_internal.audit), (SELECT count(*) FROM pgcustsec_internal.job_run)"
    before = broker.rows(query)
    findings(broker)
    assert broker.rows(query) == before


def test_every_file_of_the_room_is_a_check_or_what_checks_find() -> None:
    from pathlib import Path

    import pgcustsec.doctor

    room = Path(pgcustsec.doctor.__file__).parent
    files = {file.stem for file in room.glob("*.py")} - {"__init__", "finding"}
    assert {check.__module__.rpartition(".")[2] for check in CHECKS.values()} == files
