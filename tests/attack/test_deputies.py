"""
Deciding for oneself through another: deputies (hardening 21; 5.2.1).

A request of A1's goes to D1, A1's manager, then to an inspector. Beside it `naive`: a table of deputies that people
write, and a decision that asks it, as one would who does not know better.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.attack.requests_world import decide, equipped, file, state
from tests.attack.world import Attacker, World

NAIVE = """
CREATE TABLE naive.deputy (staff_id text, deputy text);
CREATE FUNCTION naive.decides(manager text) RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER AS $$
BEGIN
    RETURN naive.me() = manager OR EXISTS (
        SELECT FROM naive.deputy AS d WHERE d.staff_id = manager AND d.deputy = naive.me());
END $$;
GRANT SELECT, INSERT, UPDATE, DELETE ON naive.deputy TO PUBLIC;
GRANT EXECUTE ON FUNCTION naive.decides(text) TO PUBLIC
"""
NAME = "SELECT pgcustsec.name_deputy('{}', now(), now() + interval '1 day')"


@pytest.fixture(scope="module")
def asked(sealed_world: World) -> Iterator[World]:
    with equipped(sealed_world) as copy:
        copy.execute(NAIVE)
        yield copy


@pytest.fixture
def agent(asked: World) -> Iterator[Attacker]:
    with asked.attacker("A1", options="-c statement_timeout=20s") as attacker:
        yield attacker


@pytest.fixture
def manager(asked: World) -> Iterator[Attacker]:
    with asked.attacker("D1", at_work=False, options="-c statement_timeout=20s") as attacker:
        yield attacker


@pytest.fixture
def inspector(asked: World) -> Iterator[Attacker]:
    with asked.attacker("I1", at_work=False, options="-c statement_timeout=20s") as attacker:
        yield attacker


@pytest.fixture(autouse=True)
def _nobody_stands_in(asked: World) -> None:
    tables = ("deputy_event", "deputy")
    asked.execute(
        *(f"ALTER TABLE pgcustsec_internal.{table} DISABLE TRIGGER refuse_rewriting" for table in tables),
        *(f"DELETE FROM pgcustsec_internal.{table}" for table in tables),
        *(f"ALTER TABLE pgcustsec_internal.{table} ENABLE ALWAYS TRIGGER refuse_rewriting" for table in tables),
        "DELETE FROM naive.deputy",
    )


def test_nobody_makes_themselves_a_deputy(asked: World, agent: Attacker) -> None:
    agent.must("INSERT INTO naive.deputy VALUES ('D1', 'A1')")
    assert agent.send("SELECT naive.decides('D1')").value is True, "the control"
    number = file(agent).value
    for attack in (
        "INSERT INTO pgcustsec_internal.deputy (staff_id, deputy, starts_at, ends_at)"
        " VALUES ('D1', 'A1', now(), 'infinity')",
        "SELECT pgcustsec.approve_deputy(1)",
        "SELECT pgcustsec_internal._acts_for('A1')",
        f"SELECT pgcustsec_internal._decides_as({number}, 1, 'D1')",
        f"SELECT pgcustsec_internal._record_request({number}, 'approved', 'A1', 1, 'x', 'D1')",
    ):
        assert agent.send(attack).sqlstate == "42501", attack
    assert agent.send(decide(number)).sqlstate == "CS303"
    assert state(asked, number) == "filed"


def test_who_is_named_by_their_manager_decides_nothing_of_their_own(
    asked: World, agent: Attacker, manager: Attacker, inspector: Attacker
) -> None:
    deputy = manager.send(NAME.format("A1")).value
    inspector.must(f"SELECT pgcustsec.approve_deputy({deputy})")
    number = file(agent).value
    for words in (
        "SELECT 1",
        f"SET ROLE {asked.prefix}agent",
        "SET search_path = naive",
        "CREATE TEMP TABLE deputy ()",
    ):
        agent.send(words)
        assert agent.send(decide(number)).sqlstate == "CS303", words
    with asked.attacker("A2") as other:
        others = file(other, keys="{21}").value
        assert agent.send(decide(others)).value == "in approval", "the control: of another's they do"


@pytest.mark.parametrize("end", ["ROLLBACK", "ROLLBACK TO s"])
def test_an_approval_that_is_taken_back_is_none(
    asked: World, agent: Attacker, manager: Attacker, inspector: Attacker, end: str
) -> None:
    """And within the transaction nobody else sees it."""
    deputy = manager.send(NAME.format("A2")).value
    number = file(agent).value
    with asked.attacker("A2", at_work=False) as other:
        inspector.must("BEGIN", "SAVEPOINT s", f"SELECT pgcustsec.approve_deputy({deputy})")
        assert other.send(decide(number)).sqlstate == "CS301"
        inspector.must(end, "COMMIT")
        assert other.send(decide(number)).sqlstate == "CS301"
        inspector.must(f"SELECT pgcustsec.approve_deputy({deputy})")
        assert other.send(decide(number)).value == "in approval", "the control"


def test_who_supervises_approves_neither_of_the_two_roles_in_it_for_themselves(
    asked: World, agent: Attacker, manager: Attacker, inspector: Attacker
) -> None:
    """An inspector who stands in for the manager would be both steps of the chain, were it not counted by people."""
    deputy = manager.send(NAME.format("I1")).value
    assert inspector.send(f"SELECT pgcustsec.approve_deputy({deputy})").sqlstate == "CS303"
    asked.execute(f"INSERT INTO pgcustsec_internal.deputy_event VALUES ({deputy}, 'approved', now(), 'I9')")
    number = file(agent).value
    assert inspector.send(decide(number)).value == "in approval", "the control: approved by another, they stand in"
    assert inspector.send(decide(number)).sqlstate == "CS304"
    assert state(asked, number) == "in approval"


def test_an_older_snapshot_does_not_know_of_a_deputy_who_has_been_ended(
    asked: World, agent: Attacker, manager: Attacker, inspector: Attacker
) -> None:
    deputy = manager.send(NAME.format("A2")).value
    inspector.must(f"SELECT pgcustsec.approve_deputy({deputy})")
    number = file(agent).value
    with asked.attacker("A2", at_work=False) as other:
        other.must(
            "BEGIN ISOLATION LEVEL REPEATABLE READ", "SELECT count(*) FROM pgcustsec.deputies WHERE state = 'approved'"
        )
        manager.must(f"SELECT pgcustsec.end_deputy({deputy})")
        assert other.send("SELECT count(*) FROM pgcustsec.deputies WHERE state = 'approved'").value == 1, "the control"
        assert other.send(decide(number)).sqlstate == "CS107"
        other.must("ROLLBACK")
        assert other.send(decide(number)).sqlstate == "CS301"
