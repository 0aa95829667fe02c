"""Jobs that run by themselves: batch by batch, never twice at once, each run written down (4.2, 4.3)."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
from psycopg import errors

from tests.integration.clients.world import Broker
from tests.integration.retention.world import CUSTOMER, more, supervisor, there
from tests.integration.schedule.world import awaited, call, locking, pgcustsec, run_job, runs, told, waiting

HOLD = "pgcustsec_internal.hold"


def test_a_run_destroys_what_is_due_with_certificates_and_says_how_much(broker: Broker) -> None:
    more(broker, 1001, 1012)
    more(broker, 1101, 1103, status="customer")
    run_job(broker, "retention")
    assert [key for key in there(broker) if 1000 < key < 2000] == []
    counts = {"destroyed": 12, "anonymised": 3, "restamped": 0, "blocked": 0}
    assert runs(broker) == [("retention", "procedure", True, {CUSTOMER: counts}, {})]
    assert broker.rows("SELECT sum(subjects), max(login) FROM pgcustsec_internal.certificate") == [(15, broker.admin)]


def test_a_run_goes_in_batches_each_of_them_committed(broker: Broker) -> None:
    more(broker, 1001, 3100)
    run_job(broker, "retention")
    assert broker.rows("SELECT subjects FROM pgcustsec_internal.certificate ORDER BY 1") == [(100,), (1000,), (1000,)]
    assert broker.rows("SELECT count(DISTINCT xmin::text) FROM pgcustsec_internal.certificate") == [(3,)]
    assert runs(broker)[0][3][CUSTOMER]["destroyed"] == 2100


def test_a_run_works_terms_out_anew_where_rules_changed(broker: Broker) -> None:
    broker.execute("UPDATE pgcustsec_internal.restamping SET done_at = NULL, last_key = NULL")
    run_job(broker, "retention")
    assert broker.rows("SELECT done_at IS NOT NULL FROM pgcustsec_internal.restamping") == [(True,)]


def test_a_run_of_the_pool_gives_prospects_back(broker: Broker) -> None:
    broker.execute(
        "UPDATE crm.customer SET status = 'prospect', owner_staff_id = 'S1', claimed_at = now() - interval '90 days',"
        " last_contact_at = now() - interval '80 days' WHERE customer_id IN (2, 5)"
    )
    run_job(broker, "pool")
    assert broker.rows("SELECT owner_staff_id FROM crm.customer WHERE customer_id IN (2, 5)") == [(None,), (None,)]
    assert runs(broker) == [("pool", "procedure", True, {CUSTOMER: {"recycled": 2}}, {})]


def test_in_somebodys_transaction_nothing_runs(broker: Broker) -> None:
    more(broker, 1001, 1003)
    with broker.database.connect(user=broker.admin) as connection:
        connection.execute("BEGIN")
        with pytest.raises(errors.InvalidTransactionTermination):
            connection.execute(call("retention").encode())
    assert runs(broker) == [] and 1001 in there(broker)


@pytest.mark.parametrize(("job", "limit"), [("sweeping", None), ("retention", "0"), ("retention", "-1 hour")])
def test_a_job_that_is_none_and_a_time_that_is_none_are_refused(broker: Broker, job: str, limit: str | None) -> None:
    with pytest.raises(errors.InvalidParameterValue) as refused:
        run_job(broker, job, limit)
    assert refused.value.diag.message_hint and runs(broker) == []


def test_a_login_whose_transactions_are_otherwise_by_default_runs_it_all_the_same(broker: Broker) -> None:
    more(broker, 1001, 1003)
    with broker.database.connect(user=broker.admin) as connection:
        connection.execute("SET default_transaction_isolation = 'serializable'")
        connection.execute("SET default_transaction_read_only = on")
        connection.execute(call("retention").encode())
    assert 1001 not in there(broker)


def test_at_its_limit_a_run_ends_and_the_next_one_goes_on(broker: Broker) -> None:
    more(broker, 1001, 1003)
    run_job(broker, "retention", "1 microsecond")
    assert runs(broker) == [("retention", "procedure", False, {}, {})] and 1001 in there(broker)
    run_job(broker, "retention")
    assert runs(broker)[1][2] is True and 1001 not in there(broker)


def test_rows_that_others_have_locked_are_left_and_waited_for_by_nobody(broker: Broker) -> None:
    more(broker, 1001, 1005)
    with locking(broker, "SELECT FROM crm.customer WHERE customer_id IN (1002, 1004) FOR UPDATE"):
        run_job(broker, "retention")
    assert [key for key in there(broker) if key > 1000] == [1002, 1004]
    assert runs(broker)[0][2:] == (
        True,
        {CUSTOMER: {"destroyed": 3, "anonymised": 0, "restamped": 0, "blocked": 0}},
        {},
    )


def test_a_table_that_others_keep_locked_is_tried_three_times_and_then_told_of(broker: Broker) -> None:
    more(broker, 1001, 1003)
    with locking(broker, f"LOCK TABLE {HOLD} IN EXCLUSIVE MODE"):
        run_job(broker, "retention")
    [(_, _, complete, _, failed)] = runs(broker)
    assert (complete, failed) == (True, {CUSTOMER: "55P03"})
    assert 1001 in there(broker)


def test_a_table_that_fails_keeps_no_other_from_its_end(broker: Broker) -> None:
    more(broker, 1001, 1003)
    broker.execute(
        "INSERT INTO pgcustsec_internal.retention_rule"
        " VALUES ('crm.aside old', 'crm.aside', 'old', 1, 730, '', false, 'ab')"
    )
    run_job(broker, "retention")
    [(_, _, complete, done, failed)] = runs(broker)
    assert (complete, failed) == (True, {"crm.aside": "CS208"})
    assert done[CUSTOMER]["destroyed"] == 3 and 1001 not in there(broker)


def test_of_a_failure_the_code_is_kept_and_no_word_that_could_be_a_value(broker: Broker) -> None:
    more(broker, 1001, 1001)
    broker.execute(
        "CREATE FUNCTION crm.grumble() RETURNS trigger LANGUAGE plpgsql AS"
        " $$ BEGIN RAISE EXCEPTION 'no: %', OLD.health; END $$",
        "CREATE TRIGGER grumble BEFORE DELETE ON crm.customer FOR EACH ROW EXECUTE FUNCTION crm.grumble()",
        f"GRANT USAGE ON SCHEMA crm TO {broker.owner}, pgcustsec_owner",
        "GRANT EXECUTE ON FUNCTION crm.grumble() TO PUBLIC",
    )
    said: list[str] = []
    with broker.database.connect(user=broker.admin) as connection:
        connection.add_notice_handler(lambda notice: said.append(f"{notice.message_primary} {notice.context}"))
        connection.execute(call("retention").encode())
    assert runs(broker)[0][4] == {CUSTOMER: "P0001"}
    everything = str(
        broker.rows("SELECT r::text, e::text FROM pgcustsec_internal.job_run AS r, pgcustsec_internal.job_run_end AS e")
    )
    assert said and "kan-1001-" not in " ".join(said) + everything
    assert "kan-1001-" in str(broker.rows("SELECT health FROM crm.customer WHERE customer_id = 1001")), "the control"


def test_while_one_run_is_at_work_no_other_of_the_job_begins(broker: Broker) -> None:
    more(broker, 1001, 1003)
    with ThreadPoolExecutor() as threads:
        with locking(broker, f"LOCK TABLE {HOLD} IN EXCLUSIVE MODE"):
            first = threads.submit(run_job, broker, "retention")
            awaited(lambda: waiting(broker, HOLD))
            with pytest.raises(errors.LockNotAvailable, match="at work already: run 1"):
                run_job(broker, "retention")
            run_job(broker, "pool")
        first.result(timeout=60)
    assert [(job, complete) for job, _, complete, _, _ in runs(broker)] == [("retention", True), ("pool", True)]


def test_of_two_that_begin_at_once_one_runs(broker: Broker) -> None:
    more(broker, 1001, 1003)
    start = threading.Barrier(4)

    def run() -> bool:
        with broker.database.connect(user=broker.admin) as connection:
            start.wait()
            try:
                connection.execute(call("retention").encode())
            except errors.LockNotAvailable:
                return False
        return True

    with locking(broker, f"LOCK TABLE {HOLD} IN EXCLUSIVE MODE") as lock, ThreadPoolExecutor() as threads:
        tried = [threads.submit(run) for _ in range(4)]
        awaited(lambda: sum(one.done() for one in tried) == 3)
        lock.rollback()
        assert sorted(one.result(timeout=60) for one in tried) == [False, False, False, True]
    assert len(runs(broker)) == 1


def test_a_run_that_is_killed_has_no_end_and_the_next_one_goes_on(broker: Broker) -> None:
    more(broker, 1001, 1003)
    with ThreadPoolExecutor() as threads, locking(broker, f"LOCK TABLE {HOLD} IN EXCLUSIVE MODE"):
        killed = threads.submit(run_job, broker, "retention")
        [(process,)] = awaited(lambda: waiting(broker, HOLD))
        [at_work] = [one["last_run"] for one in told(broker, "schedule", "list") if one["job"] == "retention"]
        assert at_work["at_work"] is True
        broker.execute(f"SELECT pg_terminate_backend({process})")
        with pytest.raises(psycopg.OperationalError):
            killed.result(timeout=60)
    assert runs(broker) == [("retention", "procedure", None, None, None)]
    assert "was killed" in pgcustsec(broker, "schedule", "list").stdout
    run_job(broker, "retention")
    assert runs(broker)[1][2] is True and 1001 not in there(broker)


@pytest.mark.one_server
def test_commands_write_their_runs_down_as_well(broker: Broker) -> None:
    more(broker, 1001, 1005)
    pgcustsec(broker, "retention", "run", "--limit", "2")
    pgcustsec(broker, "retention", "run")
    pgcustsec(broker, "retention", "run", "crm.nothing", code=2)
    pgcustsec(broker, "retention", "run", "--dry-run")
    pgcustsec(broker, "pool", "recycle")
    pgcustsec(broker, "pool", "recycle", "--limit", "1")
    two, three = ({CUSTOMER: {"destroyed": n, "anonymised": 0, "restamped": 0}} for n in (2, 3))
    recycled = {CUSTOMER: {"recycled": 0}}
    assert runs(broker) == [
        ("retention", "command", False, two, {}),
        ("retention", "command", True, three, {}),
        ("pool", "command", True, recycled, {}),
        ("pool", "command", False, recycled, {}),
    ]


@pytest.mark.one_server
def test_a_command_that_others_keep_from_its_work_is_written_down_with_its_code(broker: Broker) -> None:
    more(broker, 1001, 1001)
    with locking(broker, f"LOCK TABLE {HOLD} IN EXCLUSIVE MODE"):
        pgcustsec(broker, "retention", "run", "--lock-timeout", "20ms", code=4)
    assert runs(broker) == [("retention", "command", False, {}, {"retention": "55P03"})]


@pytest.mark.one_server
def test_two_commands_at_once_hurt_nobody(broker: Broker) -> None:
    more(broker, 1001, 1200)
    with ThreadPoolExecutor() as threads:
        for one in [threads.submit(pgcustsec, broker, "retention", "run", "--batch", "7") for _ in range(2)]:
            one.result(timeout=120)
    done = [run[3].get(CUSTOMER, {}).get("destroyed", 0) for run in runs(broker)]
    assert sum(done) == 200 and len(done) == 2
    assert broker.rows("SELECT sum(subjects) FROM pgcustsec_internal.certificate") == [(200,)]


def test_who_supervises_reads_runs_and_promises(broker: Broker) -> None:
    run_job(broker, "retention")
    pgcustsec(broker, "schedule", "install", "pool", "--by", "system", "--yes")
    with supervisor(broker) as connection:
        assert connection.execute("SELECT job, how, complete, login FROM pgcustsec.job_runs").fetchall() == [
            ("retention", "procedure", True, broker.admin)
        ]
        assert connection.execute("SELECT job, run_by, line, login FROM pgcustsec.job_schedules").fetchall() == [
            ("pool", "system", "18:00", broker.admin)
        ]
    with broker.person("li") as li:
        for view in ("job_runs", "job_schedules"):
            with pytest.raises(errors.InsufficientPrivilege):
                li.execute(f"TABLE pgcustsec.{view}".encode())


def test_runs_and_promises_are_evidence_that_nobody_rewrites(broker: Broker) -> None:
    run_job(broker, "retention")
    pgcustsec(broker, "schedule", "install", "pool", "--by", "system", "--yes")
    with broker.database.connect() as connection:
        connection.execute("SET ROLE pgcustsec_owner")
        for table, column in (("job_run", "login"), ("job_run_end", "failed"), ("job_schedule", "since")):
            for statement in (f"UPDATE {{}} SET {column} = {column}", "DELETE FROM {}", "TRUNCATE {} CASCADE"):
                with pytest.raises(psycopg.Error) as refused:
                    connection.execute(statement.format(f"pgcustsec_internal.{table}").encode())
                assert refused.value.sqlstate == "CS604"
