"""
People who left, or lost a role, with a connection still open (hardening 5; 5.3, 4.2).

Plans and sessions outlive a REVOKE; who the person is, is asked by each statement anew. A cursor that is open keeps
what it began with: that is stated in the design, not hidden.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.attack.world import Attacker, World

LEAVES = "UPDATE pgcustsec_internal.staff SET active = false WHERE staff_id = 'A1'"
LOSES_THE_ROLE = "DELETE FROM pgcustsec_internal.staff_role WHERE staff_id = 'A1'"
LOSES_THE_LOGIN = "UPDATE pgcustsec_internal.staff SET login = NULL WHERE staff_id = 'A1'"
ENDS = pytest.mark.parametrize(
    "end", [LEAVES, LOSES_THE_ROLE, LOSES_THE_LOGIN], ids=["left", "lost the role", "lost the login"]
)
AS_IT_WAS = """
    UPDATE pgcustsec_internal.staff SET active = true, login = '{p}a1' WHERE staff_id = 'A1';
    INSERT INTO pgcustsec_internal.staff_role VALUES ('A1', 'agent') ON CONFLICT DO NOTHING"""
NAIVE = """
    DROP TABLE IF EXISTS naive.owned;
    CREATE TABLE naive.owned AS SELECT * FROM naive.customer;
    ALTER TABLE naive.owned ENABLE ROW LEVEL SECURITY;
    CREATE POLICY mine ON naive.owned TO {p}agent USING (owner_staff_id = upper(replace(session_user, '{p}', '')));
    GRANT SELECT ON naive.owned TO PUBLIC"""


@pytest.fixture
def leaver(module_world: World) -> Iterator[Attacker]:
    """A1, connected, having read and prepared everything."""
    module_world.execute(NAIVE, AS_IT_WAS)
    with module_world.attacker("A1") as attacker:
        for mode in ("force_generic_plan", "force_custom_plan"):
            attacker.must(f"SET plan_cache_mode = {mode}", f"PREPARE {mode} AS SELECT * FROM agent.customer")
            attacker.must(f"PREPARE {mode}_p (int) AS SELECT * FROM agent.policy WHERE policy_id > $1")
            for _ in range(3):
                assert attacker.send(f"EXECUTE {mode}").marks == attacker.may_see
                assert attacker.send(f"EXECUTE {mode}_p (0)").rows
        yield attacker


@ENDS
def test_who_left_sees_nothing_in_an_open_connection_nor_by_a_plan_prepared_before(leaver: Attacker, end: str) -> None:
    leaver.world.execute(end)
    assert leaver.send("SELECT * FROM naive.owned").rows, "the control"
    for statement in (
        "SELECT * FROM agent.customer",
        "SELECT * FROM agent.policy",
        "EXECUTE force_generic_plan",
        "EXECUTE force_custom_plan",
        "EXECUTE force_generic_plan_p (0)",
        "EXECUTE force_custom_plan_p (0)",
    ):
        loot = leaver.send(statement)
        assert not loot.error and loot.rows == [], statement


def test_a_transaction_open_since_before_shows_nothing_at_read_committed(leaver: Attacker) -> None:
    leaver.must("BEGIN")
    assert leaver.send("SELECT * FROM agent.customer").marks == leaver.may_see
    leaver.world.execute(LEAVES)
    assert leaver.send("SELECT * FROM agent.customer").rows == []
    assert leaver.send("SELECT * FROM agent.policy").rows == []


def test_a_cursor_keeps_no_more_than_it_began_with(leaver: Attacker) -> None:
    leaver.must("BEGIN", "DECLARE kept SCROLL CURSOR FOR SELECT * FROM agent.customer")
    assert leaver.send("FETCH 1 FROM kept").rows
    leaver.world.execute(LEAVES)
    assert leaver.gains("FETCH ALL FROM kept") == set()
    leaver.must("DECLARE again CURSOR FOR SELECT * FROM agent.customer")
    assert leaver.send("FETCH ALL FROM again").rows == []


def test_an_assignment_that_ended_shows_nothing_more(module_world: World) -> None:
    module_world.execute(AS_IT_WAS)
    with module_world.attacker("A1") as attacker:
        assert ("t2", 11) in attacker.send("SELECT * FROM agent.customer").marks
        module_world.execute("UPDATE crm.assignment SET ends_at = now() WHERE assignment_id = 1")
        assert not {("t2", 11), ("t3", 11)} & attacker.send("SELECT * FROM agent.customer").marks
        attacker.must("SET TimeZone = 'Pacific/Midway'")
        assert not {("t2", 11), ("t3", 11)} & attacker.send("SELECT * FROM agent.customer").marks
        module_world.execute("UPDATE crm.assignment SET ends_at = NULL WHERE assignment_id = 1")


@pytest.mark.parametrize("level", ["REPEATABLE READ", "SERIALIZABLE"])
def test_an_older_snapshot_does_not_outlive_the_leaving(leaver: Attacker, level: str) -> None:
    leaver.must(f"BEGIN ISOLATION LEVEL {level}", "SELECT 1", "SAVEPOINT s")
    assert leaver.send("SELECT * FROM agent.customer").sqlstate == "CS107"
    leaver.must("ROLLBACK TO s")
    leaver.world.execute(LEAVES)
    marks = leaver.send("SELECT * FROM agent.customer").marks | leaver.send("SELECT * FROM agent.policy").marks
    assert {mark for mark in marks if mark[0] == "t2"} == set()
