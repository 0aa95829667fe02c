"""
Working without a session, in one that is over, or in another's (hardening 5, 14, 19; 2.3, 5.2.4, 5.3).

A session counts once it is committed, for its own person, until it ends. What ends it does not wait for its person.
"""

from __future__ import annotations

import threading
import time

import psycopg
import pytest

from tests.attack.opened_world import fresh, opens, shown
from tests.attack.world import Attacker, World

TIER2 = "SELECT health FROM agent.customer WHERE customer_id = 1"
AS_IT_WAS = (
    "UPDATE pgcustsec_internal.staff SET active = true, login = '{p}' || lower(staff_id)",
    "INSERT INTO pgcustsec_internal.staff_role VALUES ('A1', 'agent') ON CONFLICT DO NOTHING",
    "UPDATE pgcustsec_internal.purpose SET roles = '{{agent,inspector}}' WHERE purpose_code = 'work'",
)


def sees_tier2(attacker: Attacker) -> bool:
    return "ill-1" in attacker.send(TIER2).text


def without_session(world: World, person: str = "A1") -> Attacker:
    connection = world.database.connect(user=world.role(person.lower()), options="-c statement_timeout=20s")
    attacker = Attacker(world, connection, set())
    attacker.send("SELECT pgcustsec.end_session()")
    return attacker


def test_a_session_that_is_not_committed_shows_nothing(opened: World) -> None:
    """The control: a naive table of sessions, which one's own transaction sees."""
    opened.execute(
        "CREATE TABLE IF NOT EXISTS naive.session (staff_id text)",
        "GRANT INSERT, SELECT ON naive.session TO PUBLIC",
        "CREATE OR REPLACE VIEW naive.in_session AS SELECT c.* FROM naive.customer AS c WHERE EXISTS"
        " (SELECT FROM naive.session AS s WHERE s.staff_id = naive.me())",
        "GRANT SELECT ON naive.in_session TO PUBLIC",
    )
    attacker = without_session(opened)
    attacker.must("BEGIN", "INSERT INTO naive.session VALUES ('A1')")
    assert attacker.send("TABLE naive.in_session").rows, "the control"
    attacker.must("ROLLBACK")
    for back in ("ROLLBACK", "ROLLBACK TO s; COMMIT", "SELECT 1 / 0; COMMIT"):
        attacker.must("BEGIN", "SAVEPOINT s", "SELECT pgcustsec.start_session('work')")
        assert not sees_tier2(attacker) and attacker.send("TABLE agent.policy").rows == []
        attacker.must("SAVEPOINT t")
        for statement in (opens(1), "SELECT pgcustsec.find('crm.customer', 'mobile', '13800000001')"):
            assert attacker.send(statement).sqlstate == "CS005"
            attacker.must("ROLLBACK TO t")
        for statement in back.split("; "):
            attacker.send(statement)
        attacker.send("ROLLBACK")
        assert not sees_tier2(attacker)
    attacker.must("SELECT pgcustsec.start_session('work')")
    assert sees_tier2(attacker), "the control"
    attacker.connection.close()


@pytest.mark.parametrize("purpose", ["", "other", "filing", "work' OR true --", "WORK", "work ", None, "x" * 10_000])
def test_a_purpose_that_is_not_of_the_list_and_for_the_role_begins_nothing(opened: World, purpose: str | None) -> None:
    attacker = without_session(opened)
    assert attacker.send("SELECT pgcustsec.start_session(%s)", [purpose]).sqlstate == "CS007"
    assert not sees_tier2(attacker)
    attacker.connection.close()


def test_a_purpose_shows_tier_2_in_the_roles_it_is_for_alone(opened: World) -> None:
    attacker = without_session(opened, "D1")
    opened.execute("UPDATE crm.customer SET owner_staff_id = 'D1' WHERE customer_id = 50")
    attacker.must("SELECT pgcustsec.start_session('filing')")
    assert attacker.send("SELECT health FROM agent.customer").rows == [(None,)]
    assert attacker.send(opens(50)).sqlstate in ("CS005", "CS202")
    attacker.must("SELECT pgcustsec.start_session('work')")
    assert attacker.send("SELECT health FROM agent.customer").rows == [("ill-50",)]
    opened.execute("UPDATE crm.customer SET owner_staff_id = 'A3' WHERE customer_id = 50")
    attacker.connection.close()


@pytest.mark.parametrize("who", ["X1", "stranger"])
def test_who_holds_no_role_does_not_even_get_in(opened: World, who: str) -> None:
    with pytest.raises(psycopg.OperationalError, match="CONNECT"):
        opened.database.connect(user=opened.role(who.lower()))


def test_who_is_nobody_begins_no_session(opened: World) -> None:
    with opened.database.connect(user=opened.role("web")) as connection:
        attacker = Attacker(opened, connection, set())
        for call in (
            "start_session('work')",
            "register_session('pgcustsec1.a.b.c.d.e.f.g')",
            "register_session(NULL)",
            "end_session()",
            "open_record('crm.customer', '1', 'x')",
            "find('crm.customer', 'mobile', '13800000001')",
            "my_budget()",
        ):
            loot = attacker.send(f"SELECT pgcustsec.{call}")
            assert loot.error and loot.rows == [], call


ENDINGS = {
    "ended": "SELECT pgcustsec_internal._end_session({session}, 'A1', 'revoked')",
    "left": "UPDATE pgcustsec_internal.staff SET active = false WHERE staff_id = 'A1'",
    "lost the role": "DELETE FROM pgcustsec_internal.staff_role WHERE staff_id = 'A1'",
    "purpose narrowed": "UPDATE pgcustsec_internal.purpose SET roles = '{{inspector}}' WHERE purpose_code = 'work'",
    "past its term": "UPDATE pgcustsec_internal.session_access SET ends_at = clock_timestamp(),"
    " lapses_at = clock_timestamp() WHERE staff_id = 'A1'",
}


@pytest.mark.parametrize("ending", ENDINGS)
def test_what_ends_a_session_ends_it_for_the_next_statement(opened: World, agent: Attacker, ending: str) -> None:
    agent.must(opens(1), "PREPARE p AS TABLE agent.customer", "EXECUTE p", "BEGIN")
    assert shown(agent, "EXECUTE p") == {1} and sees_tier2(agent), "the control"
    session = agent.send("SELECT session FROM pgcustsec.whoami()").value
    try:
        opened.execute(ENDINGS[ending].replace("{session}", f"'{session}'"))
        assert shown(agent, "EXECUTE p") == set() and shown(agent) == set() and not sees_tier2(agent)
        assert agent.send("TABLE agent.policy").rows == []
        agent.must("SAVEPOINT s")
        for statement in (opens(2), "SELECT * FROM pgcustsec.find('crm.customer', 'mobile', '13800000001')"):
            loot = agent.send(statement)
            assert loot.sqlstate in ("CS001", "CS002", "CS005", "CS006", "CS208") and loot.rows == [], loot.text
            agent.must("ROLLBACK TO s")
        agent.must("ROLLBACK")
    finally:
        opened.execute(*AS_IT_WAS)


@pytest.mark.parametrize("level", ["REPEATABLE READ", "SERIALIZABLE"])
def test_a_snapshot_from_before_leaving_finds_nothing_after_it(opened: World, agent: Attacker, level: str) -> None:
    """The control: what one may ask in such a snapshot is told still."""
    agent.must(f"BEGIN ISOLATION LEVEL {level}", "SELECT count(*) FROM naive.opened", "SAVEPOINT s")
    try:
        opened.execute(ENDINGS["left"])
        assert agent.send("SELECT staff_id FROM pgcustsec.whoami()").value == "A1", "the control"
        for statement in ("SELECT * FROM pgcustsec.find('crm.customer', 'mobile', '13800000001')", opens(1)):
            loot = agent.send(statement)
            assert loot.sqlstate == "CS107" and loot.rows == []
            agent.must("ROLLBACK TO s")
    finally:
        agent.send("ROLLBACK")
        opened.execute(*AS_IT_WAS)


def test_who_is_back_begins_a_session_anew(opened: World, agent: Attacker) -> None:
    """What a session had at work is left alone when its person leaves; it must not go on when they are back."""
    agent.must(opens(1))
    opened.execute(ENDINGS["left"], *AS_IT_WAS)
    assert agent.send("TABLE agent.customer").rows, "they are back"
    assert not sees_tier2(agent) and shown(agent) == set()
    assert agent.send("SELECT session FROM pgcustsec.whoami()").value is None


@pytest.mark.parametrize("how", ["moved", "registered anew"])
def test_a_login_brings_no_session_of_who_had_it(opened: World, agent: Attacker, how: str) -> None:
    """A2 gets the login of A1, who was at work under it with customer 1 open, and now serves that customer."""
    agent.must(opens(1))
    take = {
        "moved": (
            "UPDATE pgcustsec_internal.staff SET login = NULL WHERE staff_id IN ('A1', 'A2')",
            "UPDATE pgcustsec_internal.staff SET login = '{p}a1' WHERE staff_id = 'A2'",
        ),
        "registered anew": (
            "UPDATE pgcustsec_internal.staff SET login = NULL WHERE staff_id = 'A1'",
            "INSERT INTO pgcustsec_internal.staff (staff_id, full_name, login, department_code, branch_code)"
            " VALUES ('B1', 'B1', '{p}a1', 'sales', 'BJ')",
            "INSERT INTO pgcustsec_internal.staff_role VALUES ('B1', 'agent')",
        ),
    }[how]
    new = "A2" if how == "moved" else "B1"
    try:
        opened.execute(*take, f"UPDATE crm.customer SET owner_staff_id = '{new}' WHERE customer_id = 1")
        assert agent.send("SELECT staff_id FROM pgcustsec.whoami()").value == new
        assert agent.send("SELECT customer_id FROM agent.customer WHERE customer_id = 1").rows == [(1,)]
        assert shown(agent) == set() and not sees_tier2(agent)
    finally:
        opened.execute(
            "UPDATE crm.customer SET owner_staff_id = 'A1' WHERE customer_id = 1",
            "DELETE FROM pgcustsec_internal.staff_role WHERE staff_id = 'B1'",
            "DELETE FROM pgcustsec_internal.staff WHERE staff_id = 'B1'",
            "UPDATE pgcustsec_internal.staff SET login = NULL WHERE login LIKE '{p}a%'",
            *AS_IT_WAS,
        )


def test_two_connections_that_begin_at_once_leave_one_session_at_work(opened: World) -> None:
    """D1 begins one for each of two purposes, of different roles: neither touches a row of the other's."""
    with (
        opened.database.connect(user=opened.role("d1"), autocommit=False) as one,
        opened.database.connect(user=opened.role("d1"), autocommit=False) as two,
    ):
        # Their first is over: where people's budgets are made, they take turns anyway.
        for call in ("start_session('work')", "end_session()"):
            one.execute(f"SELECT pgcustsec.{call}".encode())
            one.commit()
        one.execute("SELECT pgcustsec.start_session('work')")
        other = threading.Thread(target=_begin, args=(two, "filing"))
        other.start()
        time.sleep(0.3)
        one.commit()
        other.join()
    with opened.database.connect() as connection:
        purposes = connection.execute(
            "SELECT DISTINCT purpose FROM pgcustsec_internal.session_access WHERE staff_id = 'D1'"
        ).fetchall()
        live = connection.execute(
            "SELECT count(*) FROM pgcustsec_internal.session AS s WHERE s.staff_id = 'D1' AND NOT EXISTS"
            " (SELECT FROM pgcustsec_internal.session_end AS e WHERE e.session_id = s.session_id)"
            " AND s.started_at > now() - interval '10 s' AND s.session_id IN"
            " (SELECT x.session_id FROM pgcustsec_internal.session AS x WHERE x.staff_id = 'D1'"
            "  ORDER BY x.started_at DESC LIMIT 2)"
        ).fetchone()
    assert purposes == [("filing",)] and live == (1,)


def _begin(connection: psycopg.Connection[object], purpose: str) -> None:
    connection.execute("SELECT pgcustsec.start_session(%s)", [purpose])
    connection.commit()


def test_a_purpose_is_not_narrowed_past_a_session_that_begins_under_it(opened: World) -> None:
    """It would not see a row that is not committed; so it waits, as apply does for everybody who reads a view."""
    attacker = without_session(opened)
    attacker.must("BEGIN", "SELECT pgcustsec.start_session('work')")
    try:
        with pytest.raises(psycopg.errors.LockNotAvailable):
            opened.execute("SET lock_timeout = '200ms'", ENDINGS["purpose narrowed"])
        attacker.must("COMMIT")
        assert sees_tier2(attacker), "the control"
        opened.execute(ENDINGS["purpose narrowed"])
        assert not sees_tier2(attacker)
    finally:
        opened.execute(*AS_IT_WAS)
        attacker.connection.close()


# --- locks ---------------------------------------------------------------------------------------------------------


def test_who_holds_locks_on_all_of_their_own_keeps_nobody_else(opened: World, agent: Attacker) -> None:
    """A1 has an open transaction that began, opened, searched and closed. The control: it does hold up A1 themself."""
    fresh(opened)  # so that the day's first use takes its lock as well
    agent.must("SELECT pg_advisory_lock(i) FROM generate_series(0, 200) AS i")
    agent.must("BEGIN", opens(1), "SELECT pgcustsec.find('crm.customer', 'mobile', '13800000001')", opens(2))
    agent.must("SELECT pgcustsec.close_record('crm.customer')", opens(3))
    with opened.database.connect(user=agent.login, options="-c lock_timeout=300ms") as again:
        mine = Attacker(opened, again, set())
        assert mine.send(opens(4)).sqlstate == "55P03", "the control"
    with opened.attacker("A2", options="-c lock_timeout=2s") as other:
        other.must(opens(21), "SELECT pgcustsec.find('crm.customer', 'mobile', '13800000021')")
        assert shown(other) == {21}
        other.must("SELECT pgcustsec.end_session()", "SELECT pgcustsec.start_session('work')")
    try:
        opened.execute(f"SET lock_timeout = '2s'; {ENDINGS['left']}")
        assert shown(agent) == set() and agent.send("TABLE agent.customer").rows == []
    finally:
        agent.must("ROLLBACK")
        opened.execute(*AS_IT_WAS)


def test_a_first_session_left_open_keeps_nobody_from_leaving_or_from_their_first(opened: World) -> None:
    """It makes sequences, and so holds locks in the catalog."""
    with opened.copy() as copy:
        copy.execute("DELETE FROM pgcustsec_internal.budget")
        first = copy.database.connect(user=copy.role("a1"), autocommit=False)
        first.execute("SELECT pgcustsec.start_session('work')")
        with copy.attacker("A2", options="-c lock_timeout=2s") as other:
            other.must(opens(21))
        copy.execute(f"SET lock_timeout = '2s'; {ENDINGS['left']}")
        first.close()
