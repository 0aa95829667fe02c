"""pg_cron runs what it was given, as who gave it; and what became of the job is found (4.2, 4.3)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from psycopg import errors

from pgcustsec.extension import uninstall
from tests.cluster import Server
from tests.integration.clients.world import Broker, built, copy
from tests.integration.retention.world import CUSTOMER, more, restamped, there
from tests.integration.schedule.cron import allow, cron_server, next_minute
from tests.integration.schedule.world import awaited, findings, pgcustsec, runs, told
from tests.work import sign_for_everyone

INSTALL = ("schedule", "install", "--yes")


@pytest.fixture(scope="module")
def running() -> Iterator[Server]:
    with cron_server(**{"cron.use_background_workers": "on"}) as server:
        yield server


@pytest.fixture(scope="module")
def made(running: Server) -> Iterator[Broker]:
    with built(running) as world:
        with world.database.connect() as connection:
            sign_for_everyone(connection)
        restamped(world)
        yield world


@pytest.fixture
def stranger(made: Broker) -> Iterator[Broker]:
    """The broker, whose administrator pg_cron knows nothing of."""
    server = made.database.server
    with copy(made) as world:
        yield world
        with server.connect() as connection:
            connection.execute("DELETE FROM cron.job")
            connection.execute(f"DROP OWNED BY {world.admin}")


@pytest.fixture
def broker(stranger: Broker) -> Broker:
    allow(stranger.database.server, stranger.admin)
    return stranger


def jobs(broker: Broker) -> list[tuple[Any, ...]]:
    with broker.database.server.connect() as connection:
        return connection.execute(
            "SELECT jobname, schedule, database, username, active FROM cron.job ORDER BY jobname, username"
        ).fetchall()


def in_cron(broker: Broker, statement: str) -> None:
    with broker.database.server.connect() as connection:
        connection.execute(statement.encode())


def name(broker: Broker, job: str) -> str:
    return f"pgcustsec {job} {broker.database.name}"


def test_a_job_fires_destroys_what_is_due_and_leaves_certificates_and_its_record(broker: Broker) -> None:
    more(broker, 1001, 1005)
    at = next_minute()
    pgcustsec(broker, *INSTALL, "--at", at)
    assert findings(broker) == [] and runs(broker) == []
    awaited(lambda: len([one for one in runs(broker) if one[2]]) == 2, 150)
    assert [key for key in there(broker) if key > 1000] == []
    counts = {"destroyed": 5, "anonymised": 0, "restamped": 0, "blocked": 0}
    assert sorted(runs(broker), key=str) == [
        ("pool", "procedure", True, {CUSTOMER: {"recycled": 0}}, {}),
        ("retention", "procedure", True, {CUSTOMER: counts}, {}),
    ]
    assert broker.rows("SELECT sum(subjects), max(login) FROM pgcustsec_internal.certificate") == [(5, broker.admin)]
    assert findings(broker) == []
    assert "came to its end" in re.sub(r"\s+", " ", pgcustsec(broker, "schedule", "list").stdout)


def test_who_may_not_make_jobs_is_told_what_a_superuser_grants_and_that_is_enough(stranger: Broker) -> None:
    refused = pgcustsec(stranger, *INSTALL, code=3).stderr
    [grants] = re.findall(r"in database postgres: (GRANT .*); or ", refused)
    assert jobs(stranger) == []
    in_cron(stranger, grants)
    pgcustsec(stranger, *INSTALL)
    assert len(jobs(stranger)) == 2


def test_a_job_is_made_in_the_jobs_database_for_the_login_at_its_time(broker: Broker) -> None:
    planned = pgcustsec(broker, *INSTALL, "retention", "--at", "18:05")
    assert "every day at 18:05 UTC, by pg_cron in database postgres: 5 18 * * *" in planned.stderr
    made = (name(broker, "retention"), "5 18 * * *", broker.database.name, broker.admin, True)
    assert jobs(broker) == [made]
    [(by, line, place)] = broker.rows("SELECT run_by, line, place FROM pgcustsec_internal.job_schedule")
    assert (by, line, place) == ("pg_cron", "5 18 * * *", "postgres")


def test_again_replaces_its_own_and_leaves_others(broker: Broker) -> None:
    in_cron(broker, f"SELECT cron.schedule('{name(broker, 'retention')}', '1 1 * * *', 'SELECT 1')")
    in_cron(broker, "SELECT cron.schedule('somebody''s', '1 1 * * *', 'SELECT 1')")
    pgcustsec(broker, *INSTALL, "--at", "18:00")
    others = [one for one in jobs(broker) if one[3] == "postgres"]
    assert len(others) == 2 and len(jobs(broker)) == 4
    assert pgcustsec(broker, *INSTALL, "--at", "18:00").stdout == "nothing to do\n"
    pgcustsec(broker, *INSTALL, "retention", "--at", "19:00")
    assert [one for one in jobs(broker) if one[3] == "postgres"] == others
    assert [one[1] for one in jobs(broker) if one[3] == broker.admin] == ["0 18 * * *", "0 19 * * *"]
    assert broker.rows("SELECT count(*) FROM pgcustsec_internal.job_schedule") == [(3,)]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("DELETE FROM cron.job WHERE jobname = {}", "removed from pg_cron"),
        ("UPDATE cron.job SET active = false WHERE jobname = {}", "switched off"),
        ("UPDATE cron.job SET schedule = '0 0 1 1 *' WHERE jobname = {}", "not the one that was installed"),
        ("UPDATE cron.job SET command = 'SELECT 1' WHERE jobname = {}", "not the one that was installed"),
        ("UPDATE cron.job SET database = 'postgres' WHERE jobname = {}", "not the one that was installed"),
        ("UPDATE cron.job SET username = 'postgres' WHERE jobname = {}", "removed from pg_cron"),
    ],
)
def test_a_job_that_is_not_as_it_was_promised_is_found_and_made_again(broker: Broker, change: str, said: str) -> None:
    pgcustsec(broker, *INSTALL)
    assert findings(broker) == []
    in_cron(broker, change.format(f"'{name(broker, 'retention')}'"))
    [found] = findings(broker)
    assert said in found.what and found.where == "job retention" and found.article == "4.3"
    assert found.next_step == "pgcustsec schedule install retention"
    assert [one.what for one in findings(broker, None)] == [found.what], "a superuser sees the same"
    pgcustsec(broker, *INSTALL, "retention")
    assert findings(broker) == []


def test_what_is_taken_back_goes_from_pg_cron_and_nothing_else_does(broker: Broker) -> None:
    in_cron(broker, "SELECT cron.schedule('somebody''s', '1 1 * * *', 'SELECT 1')")
    pgcustsec(broker, *INSTALL)
    assert "not run by pg_cron any more" in pgcustsec(broker, "schedule", "remove", "pool", "--yes").stdout
    assert [one[0] for one in jobs(broker)] == [name(broker, "retention"), "somebody's"]
    pgcustsec(broker, "schedule", "remove", "--yes")
    assert [one[0] for one in jobs(broker)] == ["somebody's"]


def test_a_superuser_is_told_to_leave_it_to_an_administrator_and_two_logins_make_no_two_jobs(broker: Broker) -> None:
    assert "a superuser: connect as an administrator" in pgcustsec(broker, *INSTALL, login="postgres").stderr
    refused = pgcustsec(broker, *INSTALL, code=4).stderr
    assert "as postgres, and would go on" in refused and "schedule remove" in refused
    assert {one.what for one in findings(broker)} == {"only postgres, and superusers, can see its job in pg_cron"}
    assert findings(broker, None) == []
    pgcustsec(broker, "schedule", "remove", "--yes", login="postgres")
    pgcustsec(broker, *INSTALL)
    assert {one[3] for one in jobs(broker)} == {broker.admin}


def test_the_system_does_not_run_beside_pg_cron_what_pg_cron_runs(broker: Broker) -> None:
    pgcustsec(broker, *INSTALL)
    assert "first: pgcustsec schedule remove" in pgcustsec(broker, *INSTALL, "--by", "system", code=4).stderr
    pgcustsec(broker, "schedule", "remove", "--yes")
    pgcustsec(broker, *INSTALL, "--by", "system")
    assert "take it away on its machine" in pgcustsec(broker, *INSTALL, "--by", "pg_cron").stderr


def test_where_the_jobs_database_is_closed_or_has_no_pg_cron_it_is_said(broker: Broker) -> None:
    pgcustsec(broker, *INSTALL)
    in_cron(broker, "REVOKE CONNECT ON DATABASE postgres FROM PUBLIC")
    try:
        assert "GRANT CONNECT ON DATABASE postgres" in pgcustsec(broker, *INSTALL, code=3).stderr
        [found] = findings(broker)
        assert found.what.startswith("pg_cron cannot be looked at") and found.next_step
    finally:
        in_cron(broker, "GRANT CONNECT ON DATABASE postgres TO PUBLIC")
    assert findings(broker) == []


def test_a_question_that_is_not_answered_makes_no_job(broker: Broker) -> None:
    pgcustsec(broker, "schedule", "install", code=130)
    assert jobs(broker) == [] and broker.rows("SELECT count(*) FROM pgcustsec_internal.job_schedule") == [(0,)]


def test_an_agent_neither_makes_a_job_nor_sees_ours(broker: Broker) -> None:
    pgcustsec(broker, *INSTALL)
    read = b"SELECT count(*) FROM cron.job"
    make = b"SELECT cron.schedule('mine', '* * * * *', $$CALL pgcustsec.run_scheduled('retention')$$)"
    with broker.database.server.connect(user=broker.login("li")) as li:
        for statement in (read, make):
            with pytest.raises(errors.InsufficientPrivilege):
                li.execute(statement)
    with broker.database.server.connect(user=broker.admin) as admin:
        assert admin.execute(read).fetchall() == [(2,)], "the control"
    assert len(jobs(broker)) == 2
    assert pgcustsec(broker, *INSTALL, login="li", code=3).stderr


def test_uninstall_names_the_jobs_that_would_go_on(broker: Broker) -> None:
    pgcustsec(broker, *INSTALL, "retention")
    pgcustsec(broker, *INSTALL, "pool", "--by", "system")
    with broker.connect() as connection:
        done = uninstall(connection)
    [job] = [sentence for sentence in done if "pg_cron keeps job retention" in sentence]
    assert any("timer or crontab that runs job pool stays" in sentence for sentence in done)
    statement = job.partition(": ")[2]
    with broker.database.server.connect(user=broker.admin) as connection:
        connection.execute(statement.encode())
    assert jobs(broker) == []


def test_json_says_what_was_planned(broker: Broker) -> None:
    [one] = told(broker, *INSTALL, "pool", "--at", "20:15")
    assert (one["run_by"], one["at"], one["line"], one["place"], one["new"]) == (
        "pg_cron",
        "20:15",
        "15 20 * * *",
        "postgres",
        True,
    )
