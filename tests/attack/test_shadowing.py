"""
Functions, operators and tables of the attacker's under the names that views, policies and functions of ours use
(hardening 11; 5.2.2). The attacker has a schema, which no application role gets.
"""

from __future__ import annotations

import pytest

from tests.attack.world import Attacker, World

SHADOWS = [
    "CREATE FUNCTION evil.say(text) RETURNS text LANGUAGE plpgsql AS"
    " $$ BEGIN RAISE NOTICE 'got %', $1; RETURN $1; END $$",
    "CREATE FUNCTION evil.lower(pg_catalog.text) RETURNS pg_catalog.text LANGUAGE sql AS 'SELECT evil.say($1)'",
    "CREATE FUNCTION evil.left(text, int) RETURNS text LANGUAGE sql AS 'SELECT evil.say($1)'",
    "CREATE FUNCTION evil.right(text, int) RETURNS text LANGUAGE sql AS 'SELECT evil.say($1)'",
    "CREATE FUNCTION evil.length(text) RETURNS int LANGUAGE sql AS 'SELECT 1 FROM (SELECT evil.say($1)) AS s'",
    "CREATE FUNCTION evil.unnest(text[]) RETURNS SETOF text LANGUAGE sql AS $$ SELECT 'A2' UNION SELECT 'L1' $$",
    "CREATE FUNCTION evil.clock_timestamp() RETURNS timestamptz LANGUAGE sql AS $$ SELECT 'epoch'::timestamptz $$",
    "CREATE FUNCTION evil.coalesce(boolean, boolean) RETURNS boolean LANGUAGE sql AS 'SELECT true'",
    "CREATE FUNCTION evil.same(text, text) RETURNS boolean LANGUAGE sql AS 'SELECT evil.say($1) IS NOT NULL'",
    "CREATE FUNCTION evil.same(name, name) RETURNS boolean LANGUAGE sql AS 'SELECT true'",
    "CREATE FUNCTION evil.same(int, int) RETURNS boolean LANGUAGE sql AS 'SELECT true'",
    "CREATE FUNCTION evil.later(timestamptz, timestamptz) RETURNS boolean LANGUAGE sql AS 'SELECT true'",
    "CREATE OPERATOR evil.= (LEFTARG = text, RIGHTARG = text, FUNCTION = evil.same)",
    "CREATE OPERATOR evil.= (LEFTARG = name, RIGHTARG = name, FUNCTION = evil.same)",
    "CREATE OPERATOR evil.= (LEFTARG = int, RIGHTARG = int, FUNCTION = evil.same)",
    "CREATE OPERATOR evil.> (LEFTARG = timestamptz, RIGHTARG = timestamptz, FUNCTION = evil.later)",
    "CREATE TABLE evil.staff AS SELECT 'A2' AS staff_id, current_user AS login, true AS active",
    "CREATE TABLE evil.staff_role AS SELECT 'A2' AS staff_id, 'agent' AS role_code",
    "CREATE DOMAIN evil.text AS pg_catalog.text",
]
PATHS = [
    "evil, pg_catalog",
    "evil, pg_catalog, pg_temp, pgcustsec_internal, crm",
    '"$user", evil, pg_temp, pg_catalog',
    "''",
]


@pytest.fixture
def armed(maker: Attacker) -> Attacker:
    maker.must("BEGIN", *SHADOWS)
    return maker


@pytest.mark.parametrize("path", PATHS)
def test_nothing_of_ours_calls_what_the_callers_search_path_finds_first(armed: Attacker, path: str) -> None:
    armed.must(f"SET LOCAL search_path = {path}")
    attacks = ("SELECT * FROM agent.customer", "SELECT * FROM agent.policy", "SELECT * FROM pgcustsec.whoami()")
    for attack in attacks:
        loot = armed.send(attack)
        assert not loot.error and not loot.said, attack
        assert loot.marks <= armed.may_see


def test_a_function_without_a_pinned_path_calls_the_attackers(world: World) -> None:
    """The control of the test above."""
    world.execute(
        "CREATE FUNCTION naive.count_ill(text) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER AS"
        " $$ BEGIN RETURN (SELECT count(*) FROM naive.customer WHERE lower(health) = $1); END $$",
        "GRANT EXECUTE ON FUNCTION naive.count_ill(text) TO PUBLIC",
    )
    with world.attacker("E1") as maker:
        maker.must("BEGIN", *SHADOWS[:2], "SET LOCAL search_path = evil, pg_catalog")
        assert maker.gains("SELECT naive.count_ill('x')")


def test_every_definer_function_of_ours_pins_its_path_with_pg_temp_last(world: World) -> None:
    with world.database.connect() as connection:
        rows = connection.execute(
            "SELECT p.oid::regprocedure::text, p.proconfig FROM pg_proc AS p"
            " WHERE p.pronamespace IN ('pgcustsec'::regnamespace, 'pgcustsec_internal'::regnamespace)"
            # A procedure that ends transactions can pin no path; it has no more rights than its caller.
            " AND NOT (p.prokind = 'p' AND NOT p.prosecdef)"
            " AND (p.prosecdef OR p.prolang = (SELECT oid FROM pg_language WHERE lanname = 'plpgsql'))"
        ).fetchall()
    assert len(rows) >= 5, "whoami, _reports, _refresh_standing, refuse_old_snapshot and the assignments at least"
    for function, config in rows:
        assert "search_path=pg_catalog, pg_temp" in (config or []), function
