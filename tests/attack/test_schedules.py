# ruff: noqa: E501 - a statement of SQL reads best on its line
"""
Running jobs, reading what is written down of them, and getting between the procedure and what it names (hardening 3, 11,
21, 23; 4.2, 4.3).

The demo's broker with customers who are due, and mallory, who owns a schema that stands in the administrator's path.
Beside it `naive`: a procedure as one would write it who does not know better.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

import psycopg
import pytest

from tests.attack.world import Attacker
from tests.cluster import Server
from tests.integration.clients.world import Broker, built, copy
from tests.integration.retention.world import more, restamped, there
from tests.integration.schedule.world import call, findings, runs
from tests.work import sign_for_everyone

#: Whoever may call it runs it with its owner's rights; it names nothing by schema; its record is anybody's.
NAIVE = """
CREATE SCHEMA naive;
CREATE TABLE naive.customer AS SELECT customer_id, health, retain_until FROM crm.customer;
CREATE TABLE naive.run (job text, said text);
CREATE PROCEDURE naive.run_scheduled(job text) LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
    DELETE FROM naive.customer;
    INSERT INTO naive.run VALUES (job, 'done');
END $$;
CREATE PROCEDURE naive.run_in_batches(job text) LANGUAGE plpgsql AS $$
DECLARE
    state jsonb;
    due bigint;
BEGIN
    SELECT count(*) INTO due FROM naive.customer WHERE retain_until < clock_timestamp();
    state := jsonb_build_object('due', due);
    COMMIT;
END $$;
GRANT USAGE ON SCHEMA naive TO PUBLIC;
GRANT EXECUTE ON PROCEDURE naive.run_scheduled(text) TO PUBLIC;
GRANT SELECT, INSERT, DELETE ON naive.run TO PUBLIC
"""
#: What is called does as it is told, by whoever calls it, and leaves a trace of whom it ran as.
TRAP = """
CREATE TABLE {0}.loot (who name, what text);
GRANT INSERT ON {0}.loot TO PUBLIC;
CREATE FUNCTION {0}.take(what text) RETURNS boolean LANGUAGE plpgsql AS
    $$ BEGIN INSERT INTO {0}.loot VALUES (current_user, what); RETURN true; END $$;
CREATE FUNCTION {0}.clock_timestamp() RETURNS timestamptz LANGUAGE plpgsql AS
    $$ BEGIN PERFORM {0}.take('clock'); RETURN '2000-01-01'; END $$;
CREATE FUNCTION {0}.jsonb_build_object(VARIADIC "any") RETURNS jsonb LANGUAGE internal AS 'jsonb_build_object';
CREATE FUNCTION {0}.later(timestamptz, timestamptz) RETURNS boolean LANGUAGE sql AS $$ SELECT {0}.take('operator') $$;
CREATE OPERATOR {0}.< (LEFTARG = timestamptz, RIGHTARG = timestamptz, FUNCTION = {0}.later);
CREATE OPERATOR {0}.>= (LEFTARG = timestamptz, RIGHTARG = timestamptz, FUNCTION = {0}.later);
CREATE FUNCTION {0}.got(jsonb, text) RETURNS jsonb LANGUAGE plpgsql AS $$ BEGIN PERFORM {0}.take('arrow'); RETURN $1; END $$;
CREATE OPERATOR {0}.-> (LEFTARG = jsonb, RIGHTARG = text, FUNCTION = {0}.got);
CREATE FUNCTION {0}._begin_scheduled(text, interval) RETURNS jsonb LANGUAGE sql AS $$ SELECT to_jsonb({0}.take('begin')) $$;
CREATE FUNCTION {0}._run_step(jsonb) RETURNS jsonb LANGUAGE sql AS $$ SELECT to_jsonb({0}.take('step')) $$;
CREATE FUNCTION {0}.sweep(text, integer) RETURNS bigint LANGUAGE sql AS $$ SELECT {0}.take('sweep')::int::bigint $$;
CREATE DOMAIN {0}.jsonb AS pg_catalog.jsonb CHECK ({0}.take('type') OR VALUE IS NULL);
CREATE DOMAIN {0}.text AS pg_catalog.text CHECK ({0}.take('type') OR VALUE IS NULL);
CREATE DOMAIN {0}.int8 AS pg_catalog.int8 CHECK ({0}.take('type') OR VALUE IS NULL);
"""


@pytest.fixture(scope="module")
def made(server: Server) -> Iterator[Broker]:
    with built(server) as world:
        with world.database.connect() as connection:
            sign_for_everyone(connection)
        restamped(world)
        more(world, 1001, 1005)
        world.execute(NAIVE)
        yield world


@pytest.fixture
def broker(made: Broker) -> Iterator[Broker]:
    with copy(made) as world:
        yield world


@pytest.fixture(params=["li", "qin"])
def attacker(broker: Broker, request: pytest.FixtureRequest) -> Iterator[Attacker]:
    """An agent, and one who supervises."""
    with broker.person(request.param) as connection:
        yield Attacker(cast(Any, broker), connection, set())


def test_no_login_but_an_administrators_runs_a_job(broker: Broker, attacker: Attacker) -> None:
    attacker.must("CALL naive.run_scheduled('retention')")
    assert broker.rows("SELECT count(*) FROM naive.customer") == [(0,)], "the control"
    for attack in (
        "CALL pgcustsec.run_scheduled('retention')",
        "CALL pgcustsec.run_scheduled('retention', '1 hour')",
        call("retention"),
        "SET ROLE pgcustsec_owner; CALL pgcustsec.run_scheduled('pool')",
        f"SET ROLE {broker.admin}",
        "SELECT pgcustsec_internal._begin_scheduled('retention', '1 hour')",
        'SELECT pgcustsec_internal._run_step(\'{"tasks": [["sweep", "crm.customer"]]}\')',
        "SELECT pgcustsec_internal._run_batch('sweep', 'crm.customer')",
        "SELECT pgcustsec_internal._end_run(1, true, '{}', '{}')",
    ):
        assert attacker.send(attack).refused, attack
    assert runs(broker) == [] and 1001 in there(broker)


def test_nobody_forges_a_run_or_a_promise_and_so_hides_that_none_came(broker: Broker, attacker: Attacker) -> None:
    attacker.must("INSERT INTO naive.run VALUES ('retention', 'done')")
    assert broker.rows("SELECT said FROM naive.run") == [("done",)], "the control"
    for attack in (
        "INSERT INTO pgcustsec_internal.job_run (job, how) VALUES ('retention', 'procedure')",
        "INSERT INTO pgcustsec_internal.job_schedule (job, run_by) VALUES ('retention', 'nobody')",
        "INSERT INTO pgcustsec.job_runs (run_id) VALUES (1)",
        "INSERT INTO pgcustsec.job_schedules (schedule_id) VALUES (1)",
        "DELETE FROM pgcustsec.job_runs",
        "SELECT pgcustsec_internal._begin_run('retention', 'command')",
        "TABLE pgcustsec_internal.job_run",
        "TABLE pgcustsec_internal.job_run_end",
        "TABLE pgcustsec_internal.job_schedule",
        "SELECT pgcustsec_internal._overdue()",
        "LOCK TABLE pgcustsec_internal.job_run IN ACCESS SHARE MODE",
    ):
        assert attacker.send(attack).error, attack
    assert len(findings(broker)) == 2
    assert broker.rows("SELECT count(*) FROM pgcustsec_internal.job_schedule") == [(0,)]


def test_no_lock_that_anybody_may_take_keeps_a_job_from_running(broker: Broker) -> None:
    with broker.person("li") as li:
        li.execute("SELECT pg_advisory_lock(n) FROM generate_series(1, 100) AS n")
        li.execute("SELECT pg_advisory_lock(n, m) FROM generate_series(0, 9) AS n, generate_series(0, 9) AS m")
        with broker.database.connect(user=broker.admin) as connection:
            connection.execute(call("retention").encode())
    assert [one[2] for one in runs(broker)] == [True] and 1001 not in there(broker)


@pytest.fixture
def trapped(broker: Broker) -> Iterator[psycopg.Connection[Any]]:
    """The administrator, a superuser for once, whose path leads to mallory's schema first, and to her temporary objects."""
    broker.execute("CREATE SCHEMA evil", *TRAP.format("evil").split(";\n"), "GRANT USAGE ON SCHEMA evil TO PUBLIC")
    with broker.database.connect() as connection:
        for statement in TRAP.format("pg_temp").split(";\n"):
            connection.execute(statement.encode())
        connection.execute("SET search_path = pg_temp, evil, pg_catalog, public")
        yield connection


def loot(broker: Broker, connection: psycopg.Connection[Any]) -> list[tuple[Any, ...]]:
    return [*broker.rows("SELECT what FROM evil.loot"), *connection.execute("SELECT what FROM pg_temp.loot").fetchall()]


def test_nothing_in_the_administrators_path_gets_between_the_procedure_and_what_it_names(
    broker: Broker, trapped: psycopg.Connection[Any]
) -> None:
    trapped.execute("CALL naive.run_in_batches('retention')")
    assert loot(broker, trapped) != [], "the control"
    trapped.execute("TRUNCATE evil.loot, pg_temp.loot")
    trapped.execute(call("retention").encode())
    trapped.execute("CALL pgcustsec.run_scheduled('pool')")
    assert loot(broker, trapped) == []
    assert [(one[0], one[2]) for one in runs(broker)] == [("retention", True), ("pool", True)]
    assert 1001 not in there(broker)


def test_a_trigger_that_a_run_sets_off_does_not_become_who_runs_it(broker: Broker) -> None:
    """A superuser's job: the tables' owner writes triggers, and RESET ROLE in one would be the superuser's."""
    broker.execute(
        "CREATE TABLE crm.gain (who name)",
        "GRANT INSERT ON crm.gain TO PUBLIC",
        "CREATE FUNCTION crm.climb() RETURNS trigger LANGUAGE plpgsql AS"
        " $$ BEGIN RESET ROLE; INSERT INTO crm.gain VALUES (current_user); RETURN OLD; END $$",
        "GRANT EXECUTE ON FUNCTION crm.climb() TO PUBLIC",
        "CREATE TRIGGER climb BEFORE DELETE ON crm.customer FOR EACH ROW EXECUTE FUNCTION crm.climb()",
    )
    with broker.database.connect() as superuser:
        with superuser.transaction(force_rollback=True):
            superuser.execute(f"GRANT DELETE, SELECT ON crm.customer TO {broker.owner}".encode())
            superuser.execute(f"SET LOCAL ROLE {broker.owner}".encode())
            superuser.execute("ALTER TABLE crm.customer DISABLE ROW LEVEL SECURITY")
            superuser.execute("DELETE FROM crm.customer WHERE customer_id = 5")
            assert superuser.execute("SELECT who FROM crm.gain").fetchall() == [("postgres",)], "the control"
        superuser.execute(call("retention").encode())
    assert broker.rows("SELECT who FROM crm.gain WHERE who <> 'pgcustsec_owner'") == []
    [(_, _, _, _, failed)] = runs(broker)
    assert failed == {"crm.customer": "42501"} and 1001 in there(broker), "it is refused, and found"
