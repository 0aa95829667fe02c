"""
Using an emergency without answering for it: its sight without the suspension that it announces, or past its hour
(hardening 5, 13, 14, 19, 21; 4.2, 5.2.1).

Beside it `naive`: an emergency as one would do it who does not know better, where sight is a row of one's own
transaction, the hour is compared with what a transaction keeps, and a sweep suspends.
"""

from __future__ import annotations

import threading
import uuid
from collections.abc import Iterator
from dataclasses import replace

import psycopg
import pytest

from pgcustsec.client import mint
from pgcustsec.matrix.model import Approval, Matrix, RequestKind
from pgcustsec.migrate import apply_matrix
from tests.attack.opened_world import fresh, opened_matrix, true_in
from tests.attack.requests_world import decide, state
from tests.attack.world import Attacker, World
from tests.signing import make_key

ROWS = "TABLE agent.customer"
EVIDENCE = ("request_event", "reinstatement", "rectification", "emergency_end", "suspension", "session")

NAIVE = """
CREATE TABLE naive.emergency (staff_id text, customer_id integer, ends_at timestamptz DEFAULT now() + interval '4h');
CREATE FUNCTION naive.declare(key integer) RETURNS void LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
    IF EXISTS (SELECT FROM naive.emergency AS e WHERE e.staff_id = naive.me()) THEN
        RAISE EXCEPTION 'one at a time';
    END IF;
    PERFORM pg_sleep(0.2);
    INSERT INTO naive.emergency VALUES (naive.me(), key);
END $$;
CREATE VIEW naive.urgent WITH (security_barrier) AS
    SELECT c.* FROM naive.customer AS c JOIN naive.emergency AS e USING (customer_id)
    WHERE e.staff_id = naive.me() AND e.ends_at > now();
CREATE FUNCTION naive.may_ever() RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS
    $$ BEGIN RETURN EXISTS (SELECT FROM naive.urgent); END $$;
CREATE FUNCTION naive.approve() RETURNS text LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
    IF EXISTS (SELECT FROM naive.emergency WHERE ends_at > now()) THEN
        PERFORM FROM naive.emergency FOR UPDATE;
        UPDATE naive.emergency SET ends_at = 'infinity';
        RETURN 'approved';
    END IF;
    RETURN 'late';
END $$;
GRANT SELECT, UPDATE ON naive.emergency TO PUBLIC;
GRANT SELECT ON naive.urgent TO PUBLIC;
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA naive TO PUBLIC
"""


def urgent_matrix(prefix: str) -> Matrix:
    """An emergency goes to the manager, then to an inspector, within four hours."""
    matrix = opened_matrix(prefix)
    chain = (Approval(manager_of="requester"), Approval(role="inspector"))
    urgent = RequestKind("urgent", "Urgent", chain, 5, ("agent",), max_rows=3, emergency_hours=4)
    return replace(matrix, requests={**matrix.requests, "urgent": urgent})


@pytest.fixture(scope="module")
def _urgent_world(sealed_world: World) -> Iterator[World]:
    with sealed_world.copy() as copy:
        with copy.database.connect() as superuser:
            apply_matrix(superuser, urgent_matrix(copy.prefix))
        copy.execute(
            NAIVE,
            "UPDATE pgcustsec_internal.staff SET manager_id = 'D1' WHERE staff_id IN ('A1', 'A2')",
            # D1 supervises besides I1: nobody suspends who could be lifted by nobody.
            "UPDATE pgcustsec_internal.role SET supervises = true WHERE role_code = 'clerk'",
        )
        yield copy


@pytest.fixture
def urgent(_urgent_world: World) -> World:
    """Nobody has declared anything, nobody is at work."""
    fresh(_urgent_world)
    _urgent_world.execute(
        *(f"ALTER TABLE pgcustsec_internal.{table} DISABLE TRIGGER refuse_rewriting" for table in EVIDENCE),
        "DELETE FROM pgcustsec_internal.session_access",
        "DELETE FROM pgcustsec_internal.emergency",
        *(f"DELETE FROM pgcustsec_internal.{table}" for table in EVIDENCE),
        "DELETE FROM pgcustsec_internal.request",
        *(f"ALTER TABLE pgcustsec_internal.{table} ENABLE ALWAYS TRIGGER refuse_rewriting" for table in EVIDENCE),
        "UPDATE pgcustsec_internal.staff SET branch_code = branch_code",
        "TRUNCATE naive.emergency",
    )
    return _urgent_world


@pytest.fixture
def agent(urgent: World) -> Iterator[Attacker]:
    with urgent.attacker("A1", options="-c statement_timeout=20s") as attacker:
        yield attacker


def declare(keys: str = "{1}", draft: str = "false") -> str:
    return (
        "SELECT pgcustsec.file_request('urgent', 'work', 'crm.customer', '{mobile}', NULL,"
        f" '{keys}', 3, NULL, {draft})"
    )


def full(number: object, key: object = 1) -> str:
    return f"SELECT pgcustsec.open_full({number}, '{key}') IS NOT NULL"


def the_hour_comes(world: World) -> None:
    """Four hours pass for what waits for the clock, and nothing else happens."""
    world.execute(
        "ALTER TABLE pgcustsec_internal.suspension DISABLE TRIGGER refuse_rewriting",
        "UPDATE pgcustsec_internal.suspension SET starts_at = starts_at - interval '4 hours'",
        "ALTER TABLE pgcustsec_internal.suspension ENABLE ALWAYS TRIGGER refuse_rewriting",
        "UPDATE pgcustsec_internal.emergency SET due_at = due_at - interval '4 hours'",
        "UPDATE naive.emergency SET ends_at = ends_at - interval '4 hours'",
    )


def announced(world: World, person: str = "A1") -> int:
    """How many suspensions of *person* are in force or will be."""
    with world.database.connect() as superuser:
        [(found,)] = superuser.execute(
            "SELECT count(*) FROM pgcustsec_internal.suspension AS u WHERE u.code = %s AND NOT EXISTS"
            " (SELECT FROM pgcustsec_internal.reinstatement AS e WHERE e.suspension_id = u.suspension_id)",
            [person],
        ).fetchall()
        return int(found)


# --- sight without the suspension -----------------------------------------------------------------------------------

TRANSACTIONS = {
    "a rollback": ("BEGIN", "{declare}", "{open}", "{read}", "ROLLBACK", "{read}"),
    "a savepoint": (
        *("BEGIN", "SAVEPOINT s", "{declare}", "{open}", "{read}", "ROLLBACK TO s", "{read}", "COMMIT", "{read}"),
    ),
    "a savepoint after the filing": (
        *("BEGIN", "SAVEPOINT f", "{declare}", "RELEASE f", "SAVEPOINT o", "{open}", "{read}", "ROLLBACK TO o"),
        *("{read}", "ROLLBACK", "{read}"),
    ),
    "an error": ("BEGIN", "{declare}", "{open}", "{read}", "SELECT 1 / 0", "COMMIT", "{read}"),
    "a block": (
        "DO $$ BEGIN PERFORM ({declare_only}); {open_block} RAISE NOTICE '%', (SELECT string_agg(mobile, ' ')"
        " FROM agent.customer); RAISE EXCEPTION 'back'; EXCEPTION WHEN raise_exception THEN NULL; END $$",
        "{read}",
    ),
}  # fmt: skip


@pytest.mark.parametrize("how", TRANSACTIONS)
def test_nothing_shows_of_what_is_taken_back_with_its_announcement(urgent: World, agent: Attacker, how: str) -> None:
    agent.must("BEGIN", "SELECT naive.declare(1)")
    assert true_in(agent.send("TABLE naive.urgent").text) == {1}, "the control"
    agent.must("ROLLBACK")
    last = "(SELECT max(request_id) FROM pgcustsec.requests)"
    words = {
        "declare": declare(),
        "declare_only": declare().removeprefix("SELECT "),
        "open": f"SELECT pgcustsec.open_full({last}, '1')",
        "open_block": f"PERFORM pgcustsec.open_full({last}, '1');",
        "read": ROWS,
    }
    opened = False
    for statement in TRANSACTIONS[how]:
        text = statement
        for word, meant in words.items():
            text = text.replace(f"{{{word}}}", meant)
        loot = agent.send(text)
        opened |= not loot.error and ("{open}" in statement or "{open_block}" in statement)
        assert true_in(loot.text) == set(), statement
    assert opened, "the attack got so far"
    assert announced(urgent) == 0


def test_what_was_opened_and_committed_was_announced_and_committed(urgent: World, agent: Attacker) -> None:
    """The control of the one before: in one transaction, without going back."""
    agent.must("BEGIN", declare(), full("(SELECT max(request_id) FROM pgcustsec.requests)"), "COMMIT")
    assert true_in(agent.send(ROWS).text) == {1} and announced(urgent) == 1


def test_a_savepoint_keeps_no_opening_of_an_announcement_that_went(urgent: World, agent: Attacker) -> None:
    """Opened by one that stays, then another is filed and taken back: the first one's suspension is still announced."""
    number = agent.send(declare("{1,2}")).value
    agent.must("BEGIN", full(number), "SAVEPOINT s")
    assert agent.send(declare("{3}")).sqlstate == "CS314"
    agent.must("ROLLBACK TO s", "COMMIT")
    assert true_in(agent.send(ROWS).text) == {1} and announced(urgent) == 1


def test_nobody_else_opens_by_it_and_nobody_else_is_suspended_for_it(urgent: World, agent: Attacker) -> None:
    number = agent.send(declare("{1,21}")).value
    with urgent.attacker("A2") as other:
        assert other.send(full(number, 21)).sqlstate == "CS301"
        assert true_in(other.send(ROWS).text) == set()
        assert other.send("TABLE pgcustsec.requests").rows == []
    assert agent.send(full(number, 21)).sqlstate == "CS201", "their own rows, as ever"
    with urgent.attacker("A1", at_work=False) as again:
        again.must("SELECT set_config('role', 'none', false)", full(number))
    assert announced(urgent, "A2") == 0


def test_no_more_than_its_records_open_however_many_connections_ask(urgent: World, agent: Attacker) -> None:
    number = agent.send(declare("{1,2,3}").replace("3, NULL, false", "3, 1, false")).sqlstate
    assert number == "CS309"
    number = agent.send(
        "SELECT pgcustsec.file_request('urgent', 'work', 'crm.customer', '{mobile}',"
        ' \'[{"column": "customer_id", "is": "<", "value": "9"}]\', NULL, 3, 2)'
    ).value
    seen: set[int] = set()
    with urgent.attacker("A1", at_work=False) as second:
        for key in (1, 2, 3, 4):
            for one in (agent, second):
                one.send(full(number, key))
                seen |= true_in(one.send(ROWS).text)
    assert seen == {1, 2}


# --- past the hour ----------------------------------------------------------------------------------------------------


def test_a_transaction_that_goes_on_over_the_hour_sees_nothing_after_it(urgent: World, agent: Attacker) -> None:
    number = agent.send(declare()).value
    agent.must(full(number), "SELECT naive.declare(1)")
    agent.must("PREPARE p AS TABLE agent.customer", "SET plan_cache_mode = force_generic_plan", "EXECUTE p", "BEGIN")
    assert true_in(agent.send(ROWS).text) == true_in(agent.send("TABLE naive.urgent").text) == {1}
    the_hour_comes(urgent)
    urgent.execute("UPDATE naive.emergency SET ends_at = clock_timestamp() - interval '1 microsecond'")
    assert true_in(agent.send("TABLE naive.urgent").text) == {1}, "the control: now() is that of the transaction"
    for read in (ROWS, "EXECUTE p", "SELECT count(*) FROM agent.customer HAVING count(*) > 0", "TABLE agent.policy"):
        assert agent.send(read).rows == [], read
    agent.must("COMMIT")
    assert agent.send("EXECUTE p").rows == agent.send(ROWS).rows == []


@pytest.mark.parametrize("isolation", ["REPEATABLE READ", "SERIALIZABLE"])
def test_an_older_snapshot_sees_nothing_in_full_and_nothing_after_the_hour(
    urgent: World, agent: Attacker, isolation: str
) -> None:
    number = agent.send(declare()).value
    agent.must(full(number), f"BEGIN ISOLATION LEVEL {isolation}")
    assert true_in(agent.send(ROWS).text) == set()
    assert agent.send(full(number)).error
    agent.must("ROLLBACK", f"BEGIN ISOLATION LEVEL {isolation}", "SELECT 1 FROM pgcustsec.requests")
    the_hour_comes(urgent)
    loot = agent.send(ROWS)
    assert "ill-" not in loot.text and true_in(loot.text) == set()
    agent.send("ROLLBACK")
    assert agent.send(ROWS).rows == []


def test_no_setting_of_the_caller_moves_the_hour(urgent: World, agent: Attacker) -> None:
    number = agent.send(declare()).value
    agent.must(full(number))
    agent.must("SET timezone = 'Pacific/Kiritimati'", "SET datestyle = 'SQL, DMY'", "SET intervalstyle = sql_standard")
    assert true_in(agent.send(ROWS).text) == {1}
    the_hour_comes(urgent)
    for zone in ("Pacific/Kiritimati", "Etc/GMT+12", "UTC"):
        agent.must(f"SET timezone = '{zone}'")
        assert agent.send(ROWS).rows == [], zone
    agent.send("SET session_replication_role = replica")
    agent.send("SET pgcustsec.token = 'x'")
    assert agent.send(ROWS).rows == []


def test_a_token_of_before_speaks_for_nobody_after_the_hour(urgent: World, agent: Attacker) -> None:
    number = agent.send(declare()).value
    key = make_key(urgent.database, urgent.role("web"))
    tokens = [mint(key, staff="A1", role="agent", purpose="work", session=uuid.uuid4()) for _ in range(2)]
    with urgent.attacker("web", at_work=False) as web:
        for token in tokens[:1]:
            web.must(f"SELECT pgcustsec.register_session('{token}')", f"SET pgcustsec.token = '{token}'")
        web.must(full(number))
        assert true_in(web.send(ROWS).text) == {1}, "the control"
        the_hour_comes(urgent)
        assert web.send(ROWS).rows == []
        for attack in (
            full(number),
            declare(),
            f"SELECT pgcustsec.register_session('{tokens[0]}')",
            f"SELECT pgcustsec.register_session('{tokens[1]}')",
            "SELECT pgcustsec.open_record('customer', '1', 'x')",
            "SELECT pgcustsec.find('customer', 'mobile', '13800000001')",
            f"SELECT pgcustsec.amend_request({number}, '{{mobile}}', NULL, '{{1}}', 3)",
        ):
            assert web.send(attack).error, attack
        web.must(f"SET pgcustsec.token = '{tokens[1]}'")
        assert web.send(ROWS).rows == [] and web.send("TABLE pgcustsec.requests").rows == []


def test_all_that_one_may_call_is_refused_or_empty_after_the_hour(urgent: World, agent: Attacker) -> None:
    number = agent.send(declare()).value
    agent.must(full(number))
    the_hour_comes(urgent)
    calls = (
        full(number),
        declare(),
        declare(draft="true"),
        "SELECT pgcustsec.start_session('work')",
        "SELECT pgcustsec.open_record('customer', '1', 'x')",
        "SELECT pgcustsec.find('customer', 'mobile', '13800000001')",
        f"SELECT pgcustsec.amend_request({number}, '{{mobile}}', NULL, '{{1}}', 3)",
        f"SELECT pgcustsec.withdraw_request({number})",
        f"SELECT pgcustsec.begin_extract({number}, 'plain')",
        decide(number),
        "SELECT pgcustsec.name_deputy('A2', now(), now() + interval '1 day')",
        "SELECT pgcustsec.reinstate(1, 'x')",
        "UPDATE agent.customer SET health = 'x' RETURNING health",
    )
    for call in calls:
        loot = agent.send(call)
        assert loot.error or not loot.rows, call
    assert state(urgent, number) == "lapsed" and announced(urgent) == 1


# --- approving and deciding at the hour -------------------------------------------------------------------------------


def decided(connection: psycopg.Connection[tuple[object, ...]], statement: str, into: list[object]) -> None:
    try:
        into.append(connection.execute(statement.encode()).fetchone())
        connection.commit()
    except psycopg.Error as error:
        into.append(error.sqlstate)


def test_an_approval_that_waits_until_after_the_hour_is_late(urgent: World, agent: Attacker) -> None:
    number = agent.send(declare()).value
    with urgent.attacker("D1", at_work=False) as manager:
        manager.must(decide(number))
    agent.must("SELECT naive.declare(1)")
    into: list[object] = []
    naive: list[object] = []
    with (
        urgent.database.connect(user=urgent.role("i1"), autocommit=False) as inspector,
        urgent.database.connect(user=urgent.role("i1"), autocommit=False) as other,
        urgent.database.connect(autocommit=False) as holder,
    ):
        holder.execute("SELECT FROM pgcustsec_internal.request WHERE request_id = %s FOR UPDATE", [number])
        holder.execute("SELECT FROM naive.emergency FOR UPDATE")
        waiting = [
            threading.Thread(target=decided, args=[inspector, decide(number), into]),
            threading.Thread(target=decided, args=[other, "SELECT naive.approve()", naive]),
        ]
        for one in waiting:
            one.start()
            one.join(0.3)
        holder.execute("UPDATE naive.emergency SET ends_at = now() - interval '1 second'")
        urgent.execute(
            "ALTER TABLE pgcustsec_internal.suspension DISABLE TRIGGER refuse_rewriting",
            "UPDATE pgcustsec_internal.suspension SET starts_at = starts_at - interval '4 hours'",
            "ALTER TABLE pgcustsec_internal.suspension ENABLE ALWAYS TRIGGER refuse_rewriting",
            "UPDATE pgcustsec_internal.emergency SET due_at = due_at - interval '4 hours'",
        )
        holder.commit()
        for one in waiting:
            one.join()
    assert naive == [("approved",)], "the control"
    assert into == ["CS308"]
    assert (state(urgent, number), agent.send(ROWS).rows, announced(urgent)) == ("lapsed", [], 1)


def test_a_refusal_and_an_approval_at_once_are_one_of_the_two(urgent: World, agent: Attacker) -> None:
    number = agent.send(declare()).value
    with urgent.attacker("D1", at_work=False) as manager:
        manager.must(decide(number))
    into: list[object] = []
    with (
        urgent.database.connect(user=urgent.role("i1"), autocommit=False) as first,
        urgent.database.connect(user=urgent.role("i1"), autocommit=False) as second,
    ):
        first.execute(decide(number, "refuse").encode())
        other = threading.Thread(target=decided, args=[second, decide(number), into])
        other.start()
        other.join(0.3)
        assert into == []
        first.commit()
        other.join()
    assert into == ["CS304"]
    assert (state(urgent, number), agent.send(ROWS).rows, announced(urgent)) == ("refused", [], 1)


def test_two_at_once_are_one(urgent: World, agent: Attacker) -> None:
    into: list[object] = []
    naive: list[object] = []
    login = urgent.role("a1")
    with (
        urgent.database.connect(user=login, autocommit=False) as first,
        urgent.database.connect(user=login, autocommit=False) as second,
    ):
        threads = [
            threading.Thread(target=decided, args=[one, "SELECT naive.declare(1)", naive]) for one in (first, second)
        ]
        for one in threads:
            one.start()
        for one in threads:
            one.join()
        assert len(naive) == 2 and all(isinstance(one, tuple) for one in naive), "the control"
        first.execute(declare().encode())
        other = threading.Thread(target=decided, args=[second, declare("{2}"), into])
        other.start()
        other.join(0.3)
        first.commit()
        other.join()
    assert into == ["CS314"] and announced(urgent) == 1


def test_two_drafts_are_not_two_emergencies(urgent: World, agent: Attacker) -> None:
    first, second = (agent.send(declare(draft="true")).value for _ in range(2))
    assert agent.send(full(first)).sqlstate == "CS302", "a draft opens nothing"
    agent.must(f"SELECT pgcustsec.submit_request({first})")
    assert agent.send(f"SELECT pgcustsec.submit_request({second})").sqlstate == "CS314"
    assert agent.send(f"SELECT pgcustsec.submit_request({first})").sqlstate == "CS304"
    assert agent.send(full(second)).sqlstate == "CS302"


def test_its_requester_does_not_hold_the_locks_that_keep_it_from_being_refused(urgent: World, agent: Attacker) -> None:
    """An open transaction of theirs, whatever they did in it: the refusal goes through, and shows at once."""
    number = agent.send(declare()).value
    agent.must("BEGIN", full(number), "SELECT pg_advisory_lock(i) FROM generate_series(0, 100) AS i")
    agent.send("SAVEPOINT s")
    agent.send(declare("{2}"))
    agent.send("ROLLBACK TO s")
    agent.must(ROWS, "TABLE pgcustsec.requests")
    with urgent.attacker("D1", at_work=False, options="-c lock_timeout=2s") as manager:
        assert manager.send(decide(number, "refuse")).value == "refused"
    assert agent.send(ROWS).rows == []
    agent.must("COMMIT")
    assert agent.send(ROWS).rows == []


HELD = {
    "an ordinary request": declare().replace("urgent", "special"),
    "an emergency": declare(),
    "a draft of one": declare(draft="true"),
}


@pytest.mark.parametrize("filed", HELD)
@pytest.mark.parametrize("against", ["suspension", "leaving", "another emergency"])
def test_filing_that_is_never_committed_keeps_nobody_else_waiting(
    urgent: World, agent: Attacker, filed: str, against: str
) -> None:
    """Who is about to be suspended leaves a transaction open, in which they filed; nothing of it is on record."""
    agent.must("BEGIN", HELD[filed])
    quick = "-c lock_timeout=2s"
    if against == "suspension":
        with urgent.attacker("I1", at_work=False, options=quick) as inspector:
            suspended = inspector.send("SELECT pgcustsec.suspend('person', 'A1', 'leak')")
        assert not suspended.error, suspended.error
        assert agent.send(ROWS).rows == []
    elif against == "leaving":
        with urgent.database.connect(options=quick) as administrator:
            administrator.execute("UPDATE pgcustsec_internal.staff SET branch_code = branch_code")
    else:
        with urgent.attacker("A2", at_work=False, options=quick) as other:
            assert not other.send(declare("{21}")).error
    agent.must("ROLLBACK")


@pytest.mark.parametrize("decision", ["approve", "refuse"])
def test_a_decision_that_is_never_committed_keeps_nobody_else_waiting(
    urgent: World, agent: Attacker, decision: str
) -> None:
    """Of whoever decides last, in an open transaction: supervisors go on suspending, and people leave."""
    number = agent.send(declare()).value
    if decision == "approve":
        with urgent.attacker("D1", at_work=False) as manager:
            manager.must(decide(number))
    quick = "-c lock_timeout=2s"
    with urgent.attacker("D1" if decision == "refuse" else "I1", at_work=False) as decider:
        decider.must("BEGIN", decide(number, decision))
        with urgent.attacker("I1", at_work=False, options=quick) as inspector:
            suspended = inspector.send("SELECT pgcustsec.suspend('person', 'A2', 'leak')")
        assert not suspended.error, suspended.error
        decider.must("ROLLBACK")


# --- getting out of it ------------------------------------------------------------------------------------------------

TAMPERING = (
    "UPDATE {i}.suspension SET starts_at = 'infinity'",
    "UPDATE {i}.suspension SET request_id = NULL",
    "UPDATE {i}.emergency SET due_at = 'infinity'",
    "DELETE FROM {i}.suspension",
    "INSERT INTO {i}.reinstatement SELECT suspension_id, now(), 'I1', 'x' FROM {i}.suspension",
    "INSERT INTO {i}.request_event (request_id, kind, staff_id, step, terms) VALUES ({n}, 'approved', 'I1', 1, '')",
    "UPDATE {i}.request SET requester = 'A2'",
    "UPDATE {i}.request SET used_by = 'A2', requester = 'A1'",
    "UPDATE {i}.request_kind SET emergency_hours = 72",
    "UPDATE {i}.request_kind SET approvals = '[]'",
    "LOCK TABLE {i}.suspension",
    "LOCK TABLE {i}.standing IN SHARE MODE",
    "ALTER TABLE {i}.suspension DISABLE TRIGGER ALL",
    "SELECT {i}._follow_emergency({n}, 'approved', 'I1')",
    "SELECT {i}._record_request({n}, 'approved', 'I1', 1, 'x')",
    "SELECT {i}._refuse_emergency({n})",
    "SELECT {i}._refresh_standing()",
    "SELECT {i}._request_state({n})",
    "SELECT {i}._refuse_dead_end(1, 'A1')",
    "SELECT pgcustsec.reinstate(1, 'x')",
    "SELECT pgcustsec.decide_request({n}, 'approve', 'x')",
    "SELECT pgcustsec.withdraw_request({n})",
    "SELECT pgcustsec.amend_request({n}, '{{mobile}}', NULL, '{{2}}', 3)",
    "SELECT pgcustsec.submit_request({n})",
    "SELECT pgcustsec.begin_extract({n}, 'plain')",
)


@pytest.mark.parametrize("granted", [False, True], ids=["", "with usage of the inner schema"])
def test_what_was_announced_is_nobodys_to_change(urgent: World, agent: Attacker, granted: bool) -> None:
    number = agent.send(declare()).value
    agent.must("SELECT naive.declare(1)", "UPDATE naive.emergency SET ends_at = 'infinity'")
    if granted:
        urgent.execute("GRANT USAGE ON SCHEMA pgcustsec_internal TO PUBLIC")
    try:
        for attack in TAMPERING:
            loot = agent.send(attack.format(i="pgcustsec_internal", n=number))
            assert loot.error, attack
    finally:
        urgent.execute("REVOKE USAGE ON SCHEMA pgcustsec_internal FROM PUBLIC")
    the_hour_comes(urgent)
    assert agent.send("TABLE naive.urgent").rows, "the control"
    assert agent.send(ROWS).rows == [] and announced(urgent) == 1


def test_a_supervisor_who_means_well_does_not_lift_what_has_not_begun(urgent: World, agent: Attacker) -> None:
    agent.must(declare())
    with urgent.attacker("I1") as inspector:
        [(number,)] = inspector.send("SELECT suspension_id FROM pgcustsec.suspensions").rows
        assert inspector.send(f"SELECT pgcustsec.rectify({number}, 'x')").sqlstate == "CS208"
        assert inspector.send(f"SELECT pgcustsec.reinstate({number}, 'x')").sqlstate == "CS208"
    assert agent.send(f"SELECT pgcustsec.rectify({number}, 'x')").sqlstate == "CS208"
    the_hour_comes(urgent)
    assert agent.send(ROWS).rows == []
    agent.must(f"SELECT pgcustsec.rectify({number}, 'x')")
    assert agent.send(f"SELECT pgcustsec.reinstate({number}, 'x')").refused


def test_alarms_and_answers_carry_numbers_and_no_values(urgent: World, agent: Attacker) -> None:
    with urgent.database.connect(user=urgent.role("a2")) as other:
        other.execute("LISTEN pgcustsec_alarms")
        agent.must("SET client_min_messages = log")
        loot = agent.send(declare())
        number = loot.value
        assert true_in(loot.text) == set() and "1380000" not in loot.text
        [alarm] = other.notifies(timeout=5, stop_after=1)
        assert alarm.payload == f"emergency {number}"


def test_one_may_not_file_while_suspended_by_an_emergency_of_before(urgent: World, agent: Attacker) -> None:
    """Nor by a connection that was open before; and another's draft is not theirs to submit."""
    with urgent.attacker("A2") as other:
        draft = other.send(declare("{21}", draft="true")).value
    agent.must(declare())
    the_hour_comes(urgent)
    with urgent.attacker("A1", at_work=False) as again:
        for one in (agent, again):
            assert one.send(declare()).sqlstate == "CS104"
            assert one.send(f"SELECT pgcustsec.submit_request({draft})").error
    assert announced(urgent) == 1 and announced(urgent, "A2") == 0
