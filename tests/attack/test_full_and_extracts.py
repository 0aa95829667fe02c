"""
Getting true values of tier 1 that were not approved, or without a record of it (hardening 13, 19; 5.2.1, 5.2.4).

A true mobile is `13800000007`: 7's. The naive way beside it shows what each attack is for: an approval that is looked
up when a function is called, and an extract that counts its rows one statement at a time.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest

from tests.attack.opened_world import approved, opens, recorded, shown_in, true_in
from tests.attack.world import Attacker, World

#: As one would do it who does not know: whoever has an approval reads what a function returns, as often as they like.
NAIVE = """
CREATE TABLE naive.approval (staff_id text, customer_id integer, most integer);
INSERT INTO naive.approval SELECT 'A1', i, 3 FROM generate_series(1, 3) AS i;
CREATE TABLE naive.seen (staff_id text, customer_id integer);
CREATE FUNCTION naive.full(key integer) RETURNS text LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
    INSERT INTO naive.seen VALUES (naive.me(), key);
    RETURN (SELECT c.mobile FROM naive.customer AS c JOIN naive.approval AS a USING (customer_id)
        WHERE a.staff_id = naive.me() AND c.customer_id = key);
END $$;
CREATE VIEW naive.extract WITH (security_barrier) AS
    SELECT c.* FROM naive.customer AS c WHERE c.owner_staff_id = naive.me() ORDER BY c.customer_id LIMIT 3;
GRANT EXECUTE ON FUNCTION naive.full(integer) TO PUBLIC;
GRANT SELECT ON naive.extract TO PUBLIC;
GRANT SELECT, UPDATE ON naive.customer TO PUBLIC;
"""


@pytest.fixture(scope="module")
def naive(_opened_copy: World) -> World:
    _opened_copy.execute(NAIVE)
    return _opened_copy


def full(request: int, key: int) -> str:
    return f"SELECT pgcustsec.open_full({request}, '{key}') IS NOT NULL"


READS = (
    "TABLE agent.customer",
    'TABLE pgcustsec_extracts."agent.customer"',
    "SELECT mobile FROM agent.customer WHERE customer_id = 1",
    "SELECT string_agg(mobile, ' ') FROM agent.customer",
    "SELECT string_agg(mobile, ' ') FROM pgcustsec_extracts.\"agent.customer\"",
    "SELECT * FROM generate_series(1, 20) AS g, LATERAL (SELECT mobile FROM agent.customer WHERE customer_id = g) AS x",
    "DO $$ BEGIN RAISE NOTICE '%', (SELECT string_agg(mobile, ' ') FROM agent.customer); END $$",
)


def true(attacker: Attacker, *statements: str) -> set[int]:
    """Whose true tier 1 comes back."""
    return {number for statement in statements or READS for number in true_in(attacker.send(statement).text)}


def test_the_control_what_is_approved_and_committed_shows_that_record_alone(opened: World, agent: Attacker) -> None:
    request = approved(opened, agent, "mobile", "1,2")
    assert true(agent) == set()
    agent.must(full(request, 1))
    assert true(agent) == {1}
    agent.must(full(request, 2))
    assert true(agent, "TABLE agent.customer") == {2}
    assert recorded(opened) == ["1", "2"]


BACK = {
    "rolled back": (["BEGIN"], ["ROLLBACK"]),
    "aborted": (["BEGIN"], ["SELECT 1 / 0", "COMMIT"]),
    "savepoint": (["BEGIN", "SAVEPOINT s"], ["ROLLBACK TO s", "COMMIT"]),
}


@pytest.mark.parametrize("way", BACK)
def test_what_is_taken_back_has_shown_nothing(opened: World, naive: World, agent: Attacker, way: str) -> None:
    before, after = BACK[way]
    agent.must(*before)
    assert true(agent, "SELECT naive.full(1)") == {1}, "the control"
    for statement in after:
        agent.send(statement)
    assert naive.database.connect().execute("SELECT count(*) FROM naive.seen").fetchall() == [(0,)], "without a trace"

    request = approved(opened, agent, "mobile", "1")
    for begun in (full(request, 1), f"SELECT pgcustsec.begin_extract({request}, 'plain')"):
        agent.must(*before, begun)
        seen = true(agent)
        for statement in after:
            agent.send(statement)
            seen |= true(agent) if not statement.startswith("SELECT") else set()
        assert seen | true(agent) == set(), begun
    assert recorded(opened) == []


def test_a_loop_reads_nothing_of_what_it_does_not_commit(opened: World, agent: Attacker) -> None:
    request = approved(opened, agent, "mobile", "1,2,3")
    loop = """DO $$ DECLARE k integer; BEGIN
        FOR k IN 1..3 LOOP
            BEGIN
                PERFORM pgcustsec.open_full({}, k::text);
                RAISE NOTICE '%', (SELECT string_agg(mobile, ' ') FROM agent.customer);
                RAISE 'back';
            EXCEPTION WHEN raise_exception THEN NULL; END;
        END LOOP; END $$"""
    assert true(agent, loop.format(request)) == set()
    assert recorded(opened) == []


def test_only_the_columns_named_are_lifted(opened: World, agent: Attacker) -> None:
    """The control is the masked form, which an opening shows of every column."""
    agent.must(full(approved(opened, agent, "name", "1"), 1))
    loot = agent.send("SELECT name, mobile FROM agent.customer WHERE customer_id = 1")
    assert loot.rows[0][0].startswith("王小") and "*" not in loot.rows[0][0]
    assert shown_in(loot.text) == {1} and true_in(loot.text) == set()


def test_a_child_of_the_open_record_is_not_lifted_with_it(opened: World, agent: Attacker) -> None:
    agent.must(full(approved(opened, agent, "mobile", "1"), 1))
    assert true(agent, "TABLE agent.policy", "TABLE agent.call") == set()
    agent.must(full(approved(opened, agent, "account", "1", "crm.policy"), 1))
    assert true(agent, "TABLE agent.policy") == {1}, "the control"


@pytest.mark.parametrize("isolation", ["REPEATABLE READ", "SERIALIZABLE"])
def test_an_old_snapshot_shows_nothing(opened: World, agent: Attacker, isolation: str) -> None:
    request = approved(opened, agent, "mobile", "1")
    agent.must(full(request, 1), f"SELECT pgcustsec.begin_extract({request}, 'plain')")
    assert true(agent) == {1}, "the control"
    for read in READS:
        agent.must(f"BEGIN ISOLATION LEVEL {isolation}")
        loot = agent.send(read)
        assert loot.sqlstate == "CS107" and true_in(loot.text) == set(), read
        agent.must("ROLLBACK")


def test_what_was_prepared_before_ends_with_the_request(opened: World, agent: Attacker) -> None:
    request = approved(opened, agent, "mobile", "1")
    agent.must(
        full(request, 1),
        f"SELECT pgcustsec.begin_extract({request}, 'plain')",
        "SET plan_cache_mode = force_generic_plan",
        "PREPARE one AS TABLE agent.customer",
        'PREPARE bulk AS TABLE pgcustsec_extracts."agent.customer"',
    )
    assert true(agent, "EXECUTE one") == true(agent, "EXECUTE bulk") == {1}, "the control"
    agent.must(f"SELECT pgcustsec.withdraw_request({request})")
    assert true(agent, "EXECUTE one", "EXECUTE bulk") == set()


def test_no_other_login_reads_it(opened: World, agent: Attacker) -> None:
    request = approved(opened, agent, "mobile", "1")
    agent.must(full(request, 1), f"SELECT pgcustsec.begin_extract({request}, 'plain')")
    for person in ("A2", "D1", "I1"):
        with opened.attacker(person) as other:
            for statement in (*READS, *(read.replace("agent.", "clerk.") for read in READS)):
                assert true_in(other.send(statement).text) == set(), f"{person}: {statement}"
            for statement in (full(request, 1), f"SELECT pgcustsec.begin_extract({request}, 'plain')"):
                assert other.send(statement).sqlstate in ("CS301", "42501"), person
    assert true(agent) == {1}, "the control"


def test_the_role_of_the_request_decides_and_not_another_of_the_same_person(opened: World) -> None:
    """D1 is an agent, who serves nobody, and a clerk, who sees everybody's row and hidden tier 1."""
    with opened.attacker("D1") as both:
        both.must("SELECT pgcustsec.start_session('work')")
        request = approved(opened, both, "mobile", "1")
        assert both.send(full(request, 1)).sqlstate == "CS201", "filed as an agent"
        both.must("SELECT pgcustsec.start_session('filing')")
        assert both.send(full(request, 1)).sqlstate in ("CS005", "CS201")
        assert true(both, "TABLE clerk.customer", "TABLE agent.customer") == set()


def test_rows_that_come_between_are_not_read(opened: World, naive: World, agent: Attacker) -> None:
    """The control counts each statement's rows, and gives others once those are moved away."""
    assert true(agent, "TABLE naive.extract") == {1, 2, 3}
    agent.must("UPDATE naive.customer SET owner_staff_id = 'X' WHERE customer_id < 4")
    assert true(agent, "TABLE naive.extract") == {4, 5, 6}, "the control"

    number = agent.send(
        "SELECT pgcustsec.file_request('special', 'work', 'crm.customer', '{mobile}',"
        ' \'[{"column": "owner_staff_id", "is": "=", "value": "A1"}]\', NULL, 3)'
    ).value
    with opened.database.connect(user=opened.role("i1")) as inspector:
        inspector.execute("SELECT pgcustsec.decide_request(%s, 'approve', 'needed')", [number])
    agent.must(f"SELECT pgcustsec.begin_extract({number}, 'plain')")
    assert true(agent, 'TABLE pgcustsec_extracts."agent.customer"') == {1, 2, 3}
    opened.execute("UPDATE crm.customer SET owner_staff_id = 'A2' WHERE customer_id < 4")
    try:
        assert true(agent, 'TABLE pgcustsec_extracts."agent.customer"') == set()
        agent.must(f"SELECT pgcustsec.begin_extract({number}, 'plain')")
        assert true(agent, 'TABLE pgcustsec_extracts."agent.customer"') == set(), "another run has the same keys"
    finally:
        opened.execute("UPDATE crm.customer SET owner_staff_id = 'A1' WHERE customer_id < 4")


def test_what_was_approved_cannot_be_swapped_below(opened: World, agent: Attacker) -> None:
    request = approved(opened, agent, "name", "1")
    for attack in (
        f"UPDATE pgcustsec_internal.request SET columns = '{{mobile}}' WHERE request_id = {request}",
        f"INSERT INTO pgcustsec_internal.request_event (request_id, kind, staff_id, terms)"
        f" VALUES ({request}, 'approved', 'I1', '')",
        f"UPDATE pgcustsec_internal.session_access SET request_id = {request}",
        "INSERT INTO pgcustsec_internal.extract SELECT * FROM pgcustsec_internal.extract",
    ):
        assert agent.send(attack).refused, attack
    # And where a hand in the database did: the approval is of other terms, and counts for nothing.
    agent.must(full(request, 1))
    opened.execute(f"UPDATE pgcustsec_internal.request SET columns = '{{mobile}}' WHERE request_id = {request}")
    assert true(agent) == set()
    assert agent.send(full(request, 1)).sqlstate == "CS302"


def test_functions_beneath_are_not_callable_and_answer_for_the_caller_alone(opened: World, agent: Attacker) -> None:
    request = approved(opened, agent, "mobile", "1")
    agent.must(full(request, 1), f"SELECT pgcustsec.begin_extract({request}, 'plain')")
    with opened.database.connect() as superuser:
        [(handed,)] = superuser.execute(
            "SELECT pronargs - 1 FROM pg_proc WHERE proname = 'full agent crm.customer'"
        ).fetchall()
    arguments = "1" + ", NULL" * handed
    calls = (
        f'SELECT (pgcustsec_internal."full agent crm.customer"({arguments})).mobile',
        "SELECT pgcustsec_internal._lifted('agent crm.customer', '1')",
        "SELECT * FROM pgcustsec_internal.extract_integers('agent crm.customer')",
        "SELECT pgcustsec_internal.extract_runs('agent crm.customer')",
        "SELECT * FROM pgcustsec_internal.keys_of_request('agent crm.customer', NULL, NULL, NULL, 9)",
        'SELECT * FROM pgcustsec_extracts."true agent.customer"',
    )
    with opened.copy() as copy:
        for call in calls:
            assert agent.send(call).sqlstate == "42501", call
        copy.execute("GRANT USAGE ON SCHEMA pgcustsec_internal TO PUBLIC")
        with copy.attacker("A2") as other:
            for call in calls[:4]:
                loot = other.send(call)
                assert true_in(loot.text) == set() and all(not row[0] for row in loot.rows), call


@contextmanager
def blocked_by(world: World, statement: str) -> Iterator[psycopg.Connection[tuple[object, ...]]]:
    """A transaction of A1's other connection that has run *statement* and waits to commit."""
    with world.database.connect(user=world.role("a1"), autocommit=False) as other:
        other.execute(statement.encode())
        yield other


def test_a_withdrawal_and_a_beginning_come_one_after_the_other(opened: World, agent: Attacker) -> None:
    request = approved(opened, agent, "mobile", "1")
    results: list[str] = []
    with blocked_by(opened, f"SELECT pgcustsec.withdraw_request({request})") as other:
        begin = f"SELECT pgcustsec.begin_extract({request}, 'plain')"
        thread = threading.Thread(target=lambda: results.append(agent.send(begin).sqlstate))
        thread.start()
        thread.join(0.3)
        assert thread.is_alive(), "it waits for the withdrawal"
        other.commit()
        thread.join()
    assert results == ["CS302"]
    assert true(agent) == set()


def test_two_connections_do_not_open_one_record_more_than_was_approved(opened: World, agent: Attacker) -> None:
    """Three of them; the fourth waits for the third, and is refused."""
    number = agent.send(
        "SELECT pgcustsec.file_request('special', 'work', 'crm.customer', '{mobile}',"
        ' \'[{"column": "owner_staff_id", "is": "=", "value": "A1"}]\', NULL, 3)'
    ).value
    with opened.database.connect(user=opened.role("i1")) as inspector:
        inspector.execute("SELECT pgcustsec.decide_request(%s, 'approve', 'needed')", [number])
    agent.must(full(number, 1), full(number, 2))
    results: list[str] = []
    with blocked_by(opened, full(number, 3)) as other:
        thread = threading.Thread(target=lambda: results.append(agent.send(full(number, 4)).sqlstate))
        thread.start()
        thread.join(0.3)
        assert thread.is_alive()
        other.commit()
        thread.join()
    assert results == ["CS309"]
    agent.must(opens(5))
    assert true(agent) == set()
