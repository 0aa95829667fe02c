"""
Temporary objects, which stand before everything else in the search path (hardening 2 and 11).

Taken from PUBLIC they cannot be made at all. Whoever can make them all the same does not get between our functions
and what these name.
"""

from __future__ import annotations

from tests.attack.world import Attacker, World

OBJECTS = [
    "CREATE TEMPORARY TABLE customer (customer_id integer)",
    "CREATE TEMPORARY VIEW customer AS SELECT 1",
    "CREATE TEMPORARY SEQUENCE counter",
    "SELECT 1 INTO TEMPORARY customer",
    "CREATE DOMAIN pg_temp.text AS pg_catalog.text",
    "CREATE TYPE pg_temp.staff AS (staff_id text)",
    "CREATE FUNCTION pg_temp.lower(text) RETURNS text LANGUAGE sql AS 'SELECT $1'",
]


def test_no_temporary_object_can_be_made(world: World, attacker: Attacker) -> None:
    with world.copy(as_left_open=True) as left_open, left_open.attacker("A1") as there:
        for statement in OBJECTS:
            assert not there.send(statement).error, f"the control, PUBLIC has TEMP unless it is taken: {statement}"
            there.must("DISCARD TEMP")
    for statement in OBJECTS:
        assert attacker.send(statement).refused, statement


def test_a_temporary_table_does_not_stand_in_for_a_list_of_ours(maker: Attacker) -> None:
    maker.must(
        "CREATE TEMPORARY TABLE staff AS SELECT 'A2' AS staff_id, session_user AS login, true AS active,"
        " 'SH' AS branch_code, 'sales' AS department_code, NULL AS manager_id",
        "CREATE TEMPORARY TABLE staff_role AS SELECT 'A2' AS staff_id, r AS role_code"
        " FROM unnest('{agent,clerk}'::text[]) AS r",
        "CREATE TEMPORARY TABLE assignment AS SELECT i AS customer_id, 'E1' AS staff_id, NULL AS ends_at"
        " FROM generate_series(1, 99) AS i",
        "SET search_path = pg_temp, pg_catalog",
    )
    assert maker.send("SELECT staff_id FROM staff WHERE login = session_user").value == "A2", "the control"
    assert maker.gains("SELECT * FROM agent.customer", "SELECT * FROM agent.policy") == set()
    assert maker.send("SELECT staff_id FROM pgcustsec.whoami()").value == "E1"


def test_a_temporary_type_does_not_stand_in_for_one_that_a_function_names(world: World) -> None:
    """What captured raw values once: a function with `search_path = ''` finds the caller's domain before the type."""
    world.execute(
        """CREATE FUNCTION naive.first_illness() RETURNS integer
        LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS
        $$ DECLARE found name; BEGIN SELECT health INTO found FROM naive.customer LIMIT 1; RETURN 1; END $$""",
        "GRANT EXECUTE ON FUNCTION naive.first_illness() TO PUBLIC",
    )
    with world.attacker("E1") as maker:
        maker.must(
            "CREATE FUNCTION pg_temp.peek(text) RETURNS boolean LANGUAGE plpgsql AS"
            " $$ BEGIN RAISE NOTICE 'got %', $1; RETURN true; END $$",
            *(
                f"CREATE DOMAIN pg_temp.{name} AS pg_catalog.text CHECK (pg_temp.peek(VALUE))"
                for name in ("text", "name")
            ),
        )
        assert maker.gains("SELECT naive.first_illness()"), "the control"
        attacks = ("SELECT * FROM agent.customer", "SELECT * FROM agent.policy", "SELECT * FROM pgcustsec.whoami()")
        for attack in attacks:
            loot = maker.send(attack)
            assert not loot.error and not loot.said, attack
