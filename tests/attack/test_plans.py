"""
Plans that were made for somebody else, and plans that run in several processes (hardening 5; 5.2.2).
"""

from __future__ import annotations

import pytest

from tests.attack.world import Attacker, World

QUERIES = (
    "SELECT * FROM agent.customer",
    "SELECT * FROM agent.policy",
    "SELECT * FROM agent.customer JOIN agent.policy USING (customer_id)",
)
PARALLEL = (
    "parallel_setup_cost = 0",
    "parallel_tuple_cost = 0",
    "min_parallel_table_scan_size = 0",
    "min_parallel_index_scan_size = 0",
    "max_parallel_workers_per_gather = 4",
)


@pytest.mark.parametrize("person", ["A1", "E1", "T1", "C1"])
def test_parallel_workers_ask_for_the_same_person(world: World, person: str) -> None:
    view = "clerk.customer" if person == "C1" else "agent.customer"
    with world.attacker(person) as attacker:
        alone = attacker.send(f"SELECT * FROM {view} ORDER BY customer_id").rows
        attacker.must(*(f"SET {setting}" for setting in PARALLEL))
        attacker.send("SET debug_parallel_query = on" if world.server.major >= 16 else "SET force_parallel_mode = on")
        assert "Gather" in attacker.send(f"EXPLAIN SELECT * FROM {view}").text, "the control: it does run in workers"
        assert attacker.send(f"SELECT * FROM {view} ORDER BY customer_id").rows == alone
        assert attacker.gains(f"SELECT * FROM {view}") == set()


@pytest.mark.parametrize("mode", ["auto", "force_generic_plan", "force_custom_plan"])
def test_a_prepared_plan_follows_the_session_through_changes_of_role(meddled_world: World, mode: str) -> None:
    if meddled_world.server.major >= 16:
        meddled_world.execute("GRANT {p}agent, {p}clerk TO {p}t1 WITH SET TRUE")
    with meddled_world.attacker("T1") as attacker:
        attacker.must(f"SET plan_cache_mode = {mode}")
        for number, query in enumerate(QUERIES):
            attacker.must(f"PREPARE q{number} AS {query}")
        attacker.must("PREPARE other AS SELECT * FROM clerk.customer")
        for role in ("NONE", meddled_world.role("agent"), "NONE", meddled_world.role("clerk"), "NONE"):
            attacker.must(f"SET ROLE {role}")
            for _ in range(7):
                assert attacker.gains(*(f"EXECUTE q{number}" for number in range(len(QUERIES)))) == set()
                assert attacker.send("EXECUTE other").marks == set()


def test_a_plan_made_in_one_session_serves_no_other_login(world: World) -> None:
    """A pooler that keeps the connection changes the person by SET SESSION AUTHORIZATION, which needs a superuser."""
    with world.database.connect() as connection:
        pool = Attacker(world, connection, set())
        for person in ("A1", "A2", "A1", "E1"):
            pool.must(f"SET SESSION AUTHORIZATION {world.role(person.lower())}")
            if person == "A1":
                pool.send("PREPARE shared AS SELECT * FROM agent.customer")
            assert pool.send("EXECUTE shared").marks == world.may_see[person], person
            pool.must("RESET SESSION AUTHORIZATION")


def test_a_plan_cached_in_a_function_of_ones_own_follows_the_caller(own_world: World) -> None:
    with own_world.attacker("E1") as maker:
        maker.must(
            "CREATE FUNCTION evil.read() RETURNS SETOF text LANGUAGE plpgsql SECURITY DEFINER AS"
            " $$ BEGIN RETURN QUERY SELECT tag FROM agent.customer; END $$",
            "GRANT USAGE ON SCHEMA evil TO PUBLIC; GRANT EXECUTE ON FUNCTION evil.read() TO PUBLIC",
        )
    for person in ("A1", "A2", "C1"):
        with own_world.attacker(person) as reader:
            for _ in range(6):
                marks = reader.send("SELECT * FROM evil.read()").marks
                assert marks <= own_world.may_see[person] and {mark[0] for mark in marks} <= {"t3"}
