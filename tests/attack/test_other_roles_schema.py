"""
Reading in a role that the person does not hold (hardening 5; 5.3, 2.3).

Memberships of a login can be wrong: granted by hand, left over, or those of an application that speaks for many. What a
view shows follows the person.
"""

from __future__ import annotations

import pytest

from tests.attack.world import World

#: As people do it: whoever is a member of the group sees the group's rows.
NAIVE_POLICY = (
    "DELETE FROM pgcustsec_internal.staff_role WHERE staff_id = 'T1' AND role_code <> 'agent'",
    "DROP TABLE IF EXISTS naive.by_branch",
    "CREATE TABLE naive.by_branch AS SELECT * FROM naive.customer",
    "ALTER TABLE naive.by_branch ENABLE ROW LEVEL SECURITY",
    "CREATE POLICY members ON naive.by_branch TO {p}clerk USING (branch_code = 'BJ')",
    "GRANT SELECT ON naive.by_branch TO PUBLIC",
)


def test_a_login_in_three_groups_sees_only_what_its_person_holds(meddled_world: World) -> None:
    meddled_world.execute(*NAIVE_POLICY)
    with meddled_world.attacker("T1") as attacker:
        assert attacker.gains("SELECT * FROM naive.by_branch"), "the control"
        for view in ("clerk.customer", "analyst.customer"):
            loot = attacker.send(f"SELECT * FROM {view}")
            assert not loot.error, "the login is a member, so the view answers"
            assert loot.rows == []
        assert attacker.send("SELECT * FROM agent.customer").marks == attacker.may_see


def test_a_login_in_three_groups_shows_each_role_only_once_its_person_holds_it(meddled_world: World) -> None:
    meddled_world.execute(NAIVE_POLICY[0], "INSERT INTO pgcustsec_internal.staff_role VALUES ('T1', 'clerk')")
    with meddled_world.attacker("T1") as attacker:
        assert len(attacker.send("SELECT * FROM clerk.customer").rows) == 62, "the branch, as T1 is a clerk now"
        assert attacker.send("SELECT * FROM analyst.customer").rows == []


@pytest.mark.parametrize("login", ["web", "stranger"])
def test_a_login_without_a_person_is_nobody(meddled_world: World, login: str) -> None:
    """An application's login, until it shows a token, and one that somebody let into a group."""
    meddled_world.execute(
        *NAIVE_POLICY[:4], "CREATE POLICY members ON naive.by_branch TO {p}agent USING (true)", NAIVE_POLICY[5]
    )
    with meddled_world.attacker(login) as attacker:
        assert attacker.gains("SELECT * FROM naive.by_branch"), "the control"
        for view in ("agent.customer", "agent.policy"):
            loot = attacker.send(f"SELECT * FROM {view}")
            assert not loot.error and loot.rows == []
        assert attacker.send("SELECT staff_id FROM pgcustsec.whoami()").value is None


def test_without_the_group_another_roles_schema_does_not_answer(world: World) -> None:
    with world.attacker("A1") as attacker:
        assert not attacker.send("SELECT 1 FROM agent.customer").error, "the control"
        for view in ("clerk.customer", "analyst.customer"):
            assert attacker.send(f"SELECT 1 FROM {view}").refused


def test_one_role_does_not_reach_what_another_role_shows_the_same_person(meddled_world: World) -> None:
    """T1 as agent serves 46 to 50; as clerk sees the branch without serving more: cells do not mix."""
    both = "INSERT INTO pgcustsec_internal.staff_role VALUES ('T1', 'clerk'), ('T1', 'analyst')"
    meddled_world.execute(NAIVE_POLICY[0], both)
    with meddled_world.attacker("T1") as attacker:
        loot = attacker.send(
            "SELECT c.tag, c.health, c.name, a.tag"
            " FROM clerk.customer AS c JOIN analyst.customer AS a USING (customer_id)"
        )
        assert {mark for mark in loot.marks if mark[0] == "t2"} <= attacker.may_see
