"""
What is written down of a person so that statements find it quickly (hardening 5, 21; 5.3): it must not outlive its
cause.

Roles and reports stand in the person's row, kept by triggers. Two administrators at once, a session in which ordinary
triggers are off, and changes of every kind are how such a copy goes stale.
"""

from __future__ import annotations

import threading
import time

import pytest

from pgcustsec.db import Connection
from tests.attack.world import World

ROLE_ENDS = [
    "DELETE FROM pgcustsec_internal.staff_role WHERE staff_id = 'A1'",
    "TRUNCATE pgcustsec_internal.staff_role",
    "UPDATE pgcustsec_internal.staff_role SET role_code = 'clerk' WHERE staff_id = 'A1'",
    "UPDATE pgcustsec_internal.staff_role SET staff_id = 'C1' WHERE staff_id = 'A1'",
]
REPORT_ENDS = [
    "UPDATE pgcustsec_internal.staff SET manager_id = NULL WHERE staff_id = 'A1'",
    "UPDATE pgcustsec_internal.staff SET manager_id = 'A2' WHERE staff_id = 'A1'",
    "UPDATE pgcustsec_internal.staff SET active = false WHERE staff_id = 'A1'",
]
AS_IT_WAS = (
    "DELETE FROM pgcustsec_internal.staff_role",
    "INSERT INTO pgcustsec_internal.staff_role VALUES ('A1', 'agent'), ('M1', 'agent'), ('C1', 'clerk')",
    "UPDATE pgcustsec_internal.staff SET active = true, manager_id = CASE staff_id WHEN 'A1' THEN 'M1' END"
    " WHERE staff_id IN ('A1', 'A2')",
)


@pytest.mark.parametrize("mode", ["origin", "replica"])
def test_a_role_ends_however_it_is_taken(module_world: World, mode: str) -> None:
    with module_world.attacker("A1") as attacker:
        for end in ROLE_ENDS:
            module_world.execute(*AS_IT_WAS)
            assert attacker.send("SELECT * FROM agent.customer").rows, "the control"
            module_world.execute(f"SET session_replication_role = {mode}; {end}")
            for view in ("agent.customer", "agent.policy"):
                assert attacker.send(f"SELECT * FROM {view}").rows == [], end


@pytest.mark.parametrize("mode", ["origin", "replica"])
def test_a_manager_serves_through_nobody_who_does_not_report_any_more(module_world: World, mode: str) -> None:
    with module_world.attacker("M1") as manager:
        for end in REPORT_ENDS:
            module_world.execute(*AS_IT_WAS)
            assert manager.send("SELECT * FROM agent.customer").marks == manager.may_see, "the control"
            module_world.execute(f"SET session_replication_role = {mode}; {end}")
            assert {mark for mark in manager.send("SELECT * FROM agent.customer").marks if mark[0] == "t2"} == set(), (
                end
            )


def test_two_administrators_at_once_leave_nobody_a_role_that_was_taken(module_world: World) -> None:
    """The first gives A1 a role and waits; the second takes the other one, seeing what was before the first."""
    give = "INSERT INTO pgcustsec_internal.staff_role VALUES ('A1', 'clerk')"
    take = "DELETE FROM pgcustsec_internal.staff_role WHERE staff_id = 'A1' AND role_code = 'agent'"
    for first, second in ((give, take), (take, give)):
        module_world.execute(*AS_IT_WAS)
        _at_once(module_world, first, second)
        assert _standing(module_world, "A1") == (["clerk"], ["A1"], ["A1"])
        with module_world.attacker("A1") as attacker:
            assert attacker.send("SELECT * FROM agent.customer").rows == []


def test_two_administrators_at_once_leave_no_manager_a_report_that_was_moved(module_world: World) -> None:
    """One moves A2 below M1, the other moves A1 away from there."""
    add = "UPDATE pgcustsec_internal.staff SET manager_id = 'M1' WHERE staff_id = 'A2'"
    away = "UPDATE pgcustsec_internal.staff SET manager_id = NULL WHERE staff_id = 'A1'"
    for first, second in ((add, away), (away, add)):
        module_world.execute(*AS_IT_WAS)
        _at_once(module_world, first, second)
        assert _standing(module_world, "M1") == (["agent"], ["M1", "A2"], ["M1", "A2"])


def _standing(world: World, person: str) -> object:
    with world.database.connect() as connection:
        asked = (
            "SELECT array_agg(role_code ORDER BY role_code), min(serves_direct), min(serves_chain)"
            " FROM pgcustsec_internal.standing WHERE staff_id = %s AND length(known_as) < 64"
        )
        return connection.execute(asked, [person]).fetchone()


def _at_once(world: World, first: str, second: str) -> None:
    """Run *first* in a transaction that stays open while *second* is sent, then let both commit."""
    with world.database.connect(autocommit=False) as one, world.database.connect(autocommit=False) as two:
        one.execute(first)
        other = threading.Thread(target=_run, args=(two, second))
        other.start()
        time.sleep(0.2)
        one.commit()
        other.join()


def _run(connection: Connection, statement: str) -> None:
    connection.execute(statement)
    connection.commit()
