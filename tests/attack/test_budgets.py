"""
Opening more than the day's budget has (hardening 14, 20; 5.2.1).

What is spent lies in a sequence of one's own, which no rollback gives back. The controls count in a table.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest

from tests.attack.opened_world import DIFFERENT, OPENINGS, opens, recorded, shown, spent
from tests.attack.world import Attacker, World

FIND = "SELECT * FROM pgcustsec.find('crm.customer', 'mobile', '13800000001')"


def refused(attacker: Attacker) -> bool:
    return attacker.send(opens(1)).sqlstate == "CS204"


@pytest.mark.parametrize("act", [opens(1), FIND, "SELECT pgcustsec.open_record('crm.policy', '1', 'x') IS NOT NULL"])
@pytest.mark.parametrize("back", ["ROLLBACK", "ROLLBACK TO s; COMMIT"])
def test_what_is_rolled_back_is_spent(opened: World, agent: Attacker, act: str, back: str) -> None:
    for _ in range(30):
        agent.must("BEGIN", "SAVEPOINT s", "SELECT naive.open(1)")
        agent.must(*back.split("; "))
    assert agent.send("SELECT naive.open(1)").error == "", "the control: thirty times for nothing"
    agent.must(opens(1))  # so that the customer is counted, and openings are what runs out
    for number in range(2, 30):
        agent.must("BEGIN", "SAVEPOINT s")
        loot = agent.send(act)
        assert loot.sqlstate == ("" if number <= OPENINGS else "CS204"), number
        assert not loot.error or loot.rows == []
        for statement in back.split("; "):
            agent.send(statement)
    assert refused(agent) and shown(agent) == {1}
    assert spent(opened) == OPENINGS and recorded(opened) == ["1"]
    assert agent.send("SELECT spent FROM pgcustsec.my_budget() WHERE what = 'openings'").value == OPENINGS


def test_customers_are_counted_once_each_and_no_more_than_the_budget(opened: World, agent: Attacker) -> None:
    for key in (*range(1, DIFFERENT + 1), 1, 2):
        agent.must(opens(key))
    loot = agent.send(opens(DIFFERENT + 1))
    assert loot.sqlstate == "CS205" and shown(agent) == {2}
    assert agent.send(opens(7, "crm.policy")).sqlstate == "CS205", "of whichever table: the customer counts"
    agent.must(opens(3))
    assert spent(opened, what="customers") == DIFFERENT


def test_customers_are_not_had_back_by_opening_them_in_vain(opened: World, agent: Attacker) -> None:
    """Each opening that is rolled back counts its customer again: too much, never too little."""
    for key in range(1, DIFFERENT + 1):
        agent.must("BEGIN", opens(key), "ROLLBACK")
    assert agent.send(opens(1)).sqlstate == "CS205" and recorded(opened) == []


RESETS = [
    "DISCARD ALL",
    "DISCARD SEQUENCES",
    "RESET ALL",
    "SET TimeZone = 'Pacific/Kiritimati'",
    "SET TimeZone = 'Etc/GMT+12'",
    "SET DateStyle = 'German'",
    "SELECT pgcustsec.end_session()",
    "SELECT pgcustsec.start_session('work')",
    "SELECT pg_advisory_unlock_all()",
]
REACHES = [
    "SELECT setval('pgcustsec_internal.openings_1', 1)",
    "SELECT setval({openings}::regclass, 1)",
    "SELECT nextval({openings}::regclass)",
    "SELECT currval({openings}::regclass)",
    "SELECT nextval({refusals}::regclass)",
    "SELECT lastval()",
    "ALTER SEQUENCE pgcustsec_internal.openings_1 RESTART",
    "SELECT last_value FROM pgcustsec_internal.openings_1",
    "DROP SEQUENCE pgcustsec_internal.openings_1",
    "UPDATE pgcustsec_internal.budget SET openings = refusals",
    "DELETE FROM pgcustsec_internal.budget",
    "UPDATE pgcustsec_internal.role SET openings_per_day = 1000",
    "SELECT pgcustsec_internal._spent({openings}::regclass)",
    "SELECT pgcustsec_internal._make_budget('A1')",
]


def test_nothing_one_can_reset_or_reach_gives_a_budget_back(opened: World, agent: Attacker) -> None:
    with opened.database.connect() as connection:
        row = connection.execute(
            "SELECT openings::oid, refusals::oid FROM pgcustsec_internal.budget WHERE staff_id = 'A1'"
        ).fetchone()
    assert row
    for _ in range(OPENINGS):
        agent.must(opens(1))
    for reach in REACHES:
        loot = agent.send(reach.format(openings=row[0], refusals=row[1]))
        assert loot.sqlstate in ("42501", "55000"), f"{reach}: {loot.text or 'it works'}"
    for number in row:
        loot = agent.send(f"SELECT pg_sequence_last_value({number}::regclass)")
        assert loot.refused or loot.rows == [(None,)], "how much another has spent is not read either"
    for reset in RESETS:
        agent.must(reset)
        assert refused(agent) or agent.send(opens(1)).sqlstate == "CS005", reset
    agent.must("SELECT pgcustsec.start_session('work')")
    assert refused(agent) and spent(opened) == OPENINGS
    with opened.attacker("A1") as again:
        assert refused(again), "another connection, another session, the same person"


def test_a_timeout_or_a_lock_in_the_middle_spends_and_shows_nothing(opened: World, agent: Attacker) -> None:
    """Somebody keeps a lock that the opening runs into once it has spent; or the search is cut off."""
    agent.must(opens(1), "SELECT pgcustsec.close_record('crm.customer')")
    with opened.database.connect(autocommit=False) as other:
        other.execute("SELECT FROM pgcustsec_internal.session_access WHERE staff_id = 'A1' FOR UPDATE")
        for setting, state in (("statement_timeout = '150ms'", "57014"), ("lock_timeout = '150ms'", "55P03")):
            agent.must(f"SET {setting}")
            before = spent(opened)
            assert agent.send(opens(3)).sqlstate == state
            assert spent(opened) == before + 1 and shown(agent) == set()
            agent.must("RESET ALL")
    agent.must("SET statement_timeout = '100ms'")
    before = spent(opened)
    loot = agent.send(f"SELECT f, pg_sleep(1) FROM ({FIND}) AS f")
    assert loot.sqlstate == "57014" and loot.rows == [] and spent(opened) == before + 1
    assert recorded(opened) == ["1"]


def test_connections_of_one_person_that_wait_for_one_another_get_nothing_for_it(opened: World, agent: Attacker) -> None:
    agent.must(opens(1), "SELECT pgcustsec.close_record('crm.customer')", "SET lock_timeout = '150ms'")
    with opened.database.connect(user=agent.login) as other:
        other.execute("BEGIN")
        other.execute(opens(2).encode())
        before = spent(opened)
        assert agent.send(opens(3)).sqlstate == "55P03"
        assert before <= spent(opened) <= before + 1 and shown(agent) == set()
        other.execute("ROLLBACK")


MANY = """
DO $$ DECLARE i integer; BEGIN FOR i IN 1..{} LOOP
    BEGIN {} EXCEPTION WHEN OTHERS THEN IF SQLSTATE <> 'CS204' THEN RAISE; END IF; END;
END LOOP; END $$"""


@pytest.mark.parametrize(
    "call", ["PERFORM pgcustsec.open_record('crm.customer', '1', 'x');", f"PERFORM * FROM ({FIND}) f;"]
)
def test_no_number_of_refusals_carries_the_count_into_another_day(opened: World, agent: Attacker, call: str) -> None:
    """
    Twenty thousand, and a hundred where the count is one below the next day.

    The control: a sequence that is advanced first and judged after moves on with every refusal.
    """
    opened.execute(
        "CREATE SEQUENCE IF NOT EXISTS naive.eager MINVALUE 0 START 0",
        "SELECT setval('naive.eager', pgcustsec_internal._today() * 1000000000 + 999999998)",
        "CREATE OR REPLACE FUNCTION naive.take_eagerly() RETURNS void LANGUAGE plpgsql SECURITY DEFINER AS $$ BEGIN"
        " IF nextval('naive.eager') % 1000000000 > 12 THEN RAISE EXCEPTION 'spent'; END IF; END $$",
    )
    for error in ("spent", "spent"):
        loot = agent.send("SELECT naive.take_eagerly()")
        if not loot.error:
            break
        assert error in loot.error
    assert not loot.error, "the control: the next day's budget, today"
    agent.must("SET statement_timeout = '120s'")
    for _ in range(OPENINGS):
        agent.must(opens(1))
    assert refused(agent)
    before = _state(opened)
    agent.must(MANY.format(20_000, call))
    assert _state(opened) == before, "neither the day nor the count has moved"
    assert refused(agent) and len(recorded(opened)) == OPENINGS
    opened.execute(
        "DO $$ BEGIN PERFORM setval(openings, pgcustsec_internal._today() * 1000000000 + 999999998)"
        " FROM pgcustsec_internal.budget WHERE staff_id = 'A1'; END $$"
    )
    before = _state(opened)
    agent.must(MANY.format(100, call))
    assert refused(agent) and _state(opened) == before


def _state(world: World, person: str = "A1") -> tuple[int, int]:
    with world.database.connect() as connection:
        row = connection.execute(
            "SELECT pg_sequence_last_value(openings) / 1000000000, pg_sequence_last_value(openings) %% 1000000000"
            " FROM pgcustsec_internal.budget WHERE staff_id = %s",
            [person],
        ).fetchone()
    assert row
    return row


def raced(world: World, connections: int, act: Callable[[psycopg.Connection[object]], int]) -> int:
    """Run *act* on that many connections of A1 at once; return the sum of what they got."""
    ready = threading.Barrier(connections)

    def run(_: int) -> int:
        with world.database.connect(user=world.role("a1"), options="-c statement_timeout=20s") as connection:
            ready.wait()
            return act(connection)

    with ThreadPoolExecutor(connections) as pool:
        return sum(pool.map(run, range(connections)))


def _tries(statement: str, times: int) -> Callable[[psycopg.Connection[object]], int]:
    def act(connection: psycopg.Connection[object]) -> int:
        got = 0
        for _ in range(times):
            try:
                connection.execute(statement.encode())
                got += 1
            except psycopg.errors.lookup("P0001"):
                pass
            except psycopg.Error as error:
                if error.sqlstate != "CS204":
                    raise
        return got

    return act


def test_eight_connections_that_race_for_what_is_left_get_that_and_no_more(opened: World, agent: Attacker) -> None:
    """The control: a count that is read, then written."""
    opened.execute(
        "CREATE TABLE IF NOT EXISTS naive.count AS SELECT 0 AS spent",
        "UPDATE naive.count SET spent = 0",
        "CREATE OR REPLACE FUNCTION naive.take() RETURNS void LANGUAGE plpgsql SECURITY DEFINER AS $$"
        " BEGIN IF (SELECT spent FROM naive.count) >= 12 THEN RAISE EXCEPTION 'spent'; END IF;"
        " PERFORM pg_sleep(0.01); UPDATE naive.count SET spent = spent + 1; END $$",
    )
    assert raced(opened, 8, _tries("SELECT naive.take()", 6)) > OPENINGS, "the control"
    assert raced(opened, 8, _tries(opens(1), 6)) == OPENINGS
    assert len(recorded(opened)) == OPENINGS and spent(opened) >= OPENINGS
    assert refused(agent)


def test_the_last_unit_is_had_once_by_whoever_races_for_it(opened: World, agent: Attacker) -> None:
    for left in (1, 1, 1, 2):
        opened.execute(
            f"DO $$ BEGIN PERFORM setval(openings, pgcustsec_internal._today() * 1000000000 + {OPENINGS - left})"
            " FROM pgcustsec_internal.budget WHERE staff_id = 'A1'; END $$"
        )
        assert raced(opened, 8, _tries(FIND, 2)) == left


def test_a_day_that_begins_is_begun_once_by_whoever_races_for_it(opened: World, agent: Attacker) -> None:
    """
    Yesterday's count is in the sequence, spent or not; eight connections are today's first.

    The control: where they do not take turns, each that found yesterday sets today to nothing.
    """
    for _ in range(6):
        opened.execute(
            "DO $$ BEGIN PERFORM setval(openings, (pgcustsec_internal._today() - 1) * 1000000000 + 12)"
            " FROM pgcustsec_internal.budget WHERE staff_id = 'A1'; END $$"
        )
        assert raced(opened, 8, _tries(opens(1), 4)) == OPENINGS
        _, count = _state(opened)
        assert OPENINGS <= count <= OPENINGS + 8
    assert refused(agent)
    opened.execute(
        "CREATE SEQUENCE IF NOT EXISTS naive.days MINVALUE 0 START 0",
        "CREATE OR REPLACE FUNCTION naive.take_of_day() RETURNS void LANGUAGE plpgsql SECURITY DEFINER AS $$ BEGIN"
        " IF pg_sequence_last_value('naive.days') / 1000000000 < pgcustsec_internal._today() THEN"
        "  PERFORM pg_sleep(0.02); PERFORM setval('naive.days', pgcustsec_internal._today() * 1000000000); END IF;"
        " IF nextval('naive.days') % 1000000000 > 12 THEN RAISE EXCEPTION 'spent'; END IF; END $$",
    )
    got = []
    for _ in range(3):
        opened.execute("SELECT setval('naive.days', 1)")
        got.append(raced(opened, 8, _tries("SELECT naive.take_of_day()", 4)))
    assert max(got) > 12, "the control"


def test_a_clock_that_goes_back_gives_nothing(opened: World, agent: Attacker) -> None:
    """The count is tomorrow's already: refused until then."""
    opened.execute(
        "DO $$ BEGIN PERFORM setval(openings, (pgcustsec_internal._today() + 1) * 1000000000)"
        " FROM pgcustsec_internal.budget WHERE staff_id = 'A1'; END $$"
    )
    for _ in range(3):
        assert refused(agent)
    assert recorded(opened) == [] and shown(agent) == set()
