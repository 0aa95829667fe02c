"""
Standing in the administrator's way (hardening 4, 20; 4.2: suspension is effective at once).

A login may take advisory locks and read within an open transaction. Neither may keep a plan from being applied.
"""

from __future__ import annotations

import threading
import time

import pytest

from pgcustsec.db import PLAN_LOCK
from pgcustsec.errors import Refused
from pgcustsec.migrate import apply_matrix
from tests.attack.world import World, matrix


def test_a_login_does_not_hold_up_apply_by_taking_its_lock(module_world: World) -> None:
    with module_world.attacker("A1") as attacker:
        for first in (0x63757374,):
            for second in (0x706C616E, 0x696E7374):
                attacker.send(f"SELECT pg_advisory_lock({first}, {second})")
        assert attacker.send(f"BEGIN; LOCK TABLE {PLAN_LOCK} IN ROW EXCLUSIVE MODE").refused
        attacker.send("ROLLBACK")
        with module_world.database.connect() as connection:
            apply_matrix(connection, matrix(module_world.prefix))


def test_a_lock_on_a_list_of_ours_is_not_to_be_had(module_world: World) -> None:
    with module_world.attacker("A1") as attacker:
        for table in ("pgcustsec_internal.applied_matrix", "pgcustsec_internal.staff", "crm.customer"):
            for mode in ("ACCESS SHARE", "ROW EXCLUSIVE", "EXCLUSIVE", "ACCESS EXCLUSIVE"):
                attacker.must("BEGIN")
                assert attacker.send(f"LOCK TABLE {table} IN {mode} MODE NOWAIT").refused
                attacker.must("ROLLBACK")
        for mode in ("ROW EXCLUSIVE", "SHARE", "EXCLUSIVE", "ACCESS EXCLUSIVE"):
            attacker.must("BEGIN")
            assert attacker.send(f"LOCK TABLE agent.customer IN {mode} MODE NOWAIT").refused, mode
            attacker.must("ROLLBACK")


def test_an_open_transaction_makes_apply_give_up_in_time_and_change_nothing(module_world: World) -> None:
    """Inherent: whoever reads holds a lock on what they read. Apply says so rather than waiting on."""
    module_world.execute("SET ROLE {p}owner; ALTER TABLE crm.customer DISABLE ROW LEVEL SECURITY")
    with module_world.attacker("A1") as attacker, module_world.database.connect() as connection:
        attacker.must("BEGIN", "SELECT count(*) FROM agent.customer")
        # If it waited on, it would wait for this test itself.
        with pytest.raises(Refused, match="lock"):
            apply_matrix(connection, matrix(module_world.prefix), lock_timeout="200ms")
        attacker.must("COMMIT")
        apply_matrix(connection, matrix(module_world.prefix))


def test_who_reads_while_a_plan_is_applied_sees_before_or_after_and_nothing_in_between(module_world: World) -> None:
    """Another matrix, by which A1 sees no pool: at no moment more than one of both."""
    seen: list[set[tuple[str, int]]] = []
    stop = threading.Event()

    def look() -> None:
        with module_world.attacker("A1") as attacker:
            while not stop.is_set():
                seen.append(attacker.send("SELECT * FROM agent.customer").marks)

    module_world.execute(
        "SET ROLE {p}owner; CREATE POLICY wide ON crm.customer TO {p}agent_viewer USING (customer_id < 13)"
    )
    watcher = threading.Thread(target=look)
    watcher.start()
    try:
        while not seen:
            time.sleep(0.01)
        with module_world.database.connect() as connection:
            apply_matrix(connection, matrix(module_world.prefix))
    finally:
        stop.set()
        watcher.join()
    before = module_world.may_see["A1"] | {("t3", 12), ("t2", 12)}
    assert all(marks <= before for marks in seen)
