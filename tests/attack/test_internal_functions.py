"""
Calling what views and policies call (hardening 3, 11 and 13; 5.2.2).

A login has EXECUTE on a few functions of pgcustsec_internal, because a view checks its caller, and no USAGE on the
schema, so it cannot name them. If somebody grants USAGE, each answers for the caller's own person and role alone.
Who asks is a view beside them, which viewers alone read.
"""

from __future__ import annotations

import pytest

from tests.attack.world import Attacker, World

CALLS = [
    "pgcustsec_internal.mask_name('x')",
    "pgcustsec_internal.refuse_old_snapshot()",
    "pgcustsec_internal._reports('M1')",
    "pgcustsec_internal.\"serving crm.customer\"('agent')",
]


@pytest.mark.parametrize("call", CALLS)
def test_a_function_beneath_cannot_be_called_by_name(attacker: Attacker, call: str) -> None:
    name = call.partition("(")[0]
    for attack in (
        f"SELECT {call}",
        f"SELECT * FROM {call}",
        f"CALL {call}",
        f"DO $$ BEGIN PERFORM {call}; END $$",
        f"PREPARE p AS SELECT {call}",
        f"SELECT 1 ORDER BY {call}",
        f"SET search_path = pgcustsec_internal; SELECT {call.partition('.')[2]}",
        f"SELECT '{name}'::regproc",
        f"SELECT to_regproc('{name}')::oid::regproc(text)",
    ):
        loot = attacker.send(attack)
        assert loot.error, attack
        assert not {row for row in loot.rows if row[0]}, attack
        attacker.must("RESET ALL")


def test_an_oid_is_no_way_to_call_a_function(maker: Attacker) -> None:
    """What takes a function takes its name, which needs USAGE; so does what makes an object of one."""
    oid = maker.send("SELECT oid FROM pg_proc WHERE proname = 'mask_name'").value
    assert maker.send(f"SELECT {oid}::regprocedure").value == "pgcustsec_internal.mask_name(text)", (
        "the catalog is open"
    )
    for attack in (
        f"SELECT {oid}::regprocedure('agent')",
        "CREATE OPERATOR evil.? (RIGHTARG = text, FUNCTION = pgcustsec_internal.mask_name)",
        "CREATE CAST (text AS boolean) WITH FUNCTION pgcustsec_internal.mask_name(text)",
        "CREATE AGGREGATE evil.a (text) (SFUNC = pgcustsec_internal.mask_name, STYPE = text)",
        "CREATE FUNCTION evil.f() RETURNS boolean LANGUAGE sql RETURN pgcustsec_internal.mask_name('agent')",
        "CREATE VIEW evil.v AS SELECT pgcustsec_internal.mask_name('agent')",
        "CREATE DOMAIN evil.d AS text CHECK (pgcustsec_internal.mask_name(VALUE))",
        "CREATE TABLE evil.t (i text DEFAULT pgcustsec_internal.mask_name('agent'))",
        "CREATE FUNCTION evil.i(internal) RETURNS internal LANGUAGE internal AS 'fmgr_sql'",
        f"SELECT pg_get_function_sqlbody({oid})::text FROM pgcustsec_internal.staff",
        "ALTER FUNCTION pgcustsec_internal.mask_name(text) OWNER TO CURRENT_USER",
        "ALTER FUNCTION pgcustsec_internal.mask_name(text) RESET ALL",
        "ALTER FUNCTION pgcustsec.whoami() SET search_path = evil",
        "DROP FUNCTION pgcustsec_internal.mask_name(text)",
    ):
        loot = maker.send(attack)
        assert loot.error and loot.sqlstate in ("42501", "42601", "42883", "42P01"), f"{attack}: {loot.text}"


def test_who_asks_is_read_by_viewers_alone(own_world: World) -> None:
    """Even with USAGE on the schema; the control is the same login with SELECT, which sees itself and nobody else."""
    own_world.execute("GRANT USAGE ON SCHEMA pgcustsec_internal TO PUBLIC")
    asking = ("SELECT * FROM pgcustsec_internal.asker", "SELECT * FROM pgcustsec_internal.colleague")
    with own_world.attacker("A1") as attacker:
        for attack in asking:
            assert attacker.send(attack).refused
        own_world.execute("GRANT SELECT ON pgcustsec_internal.asker, pgcustsec_internal.colleague TO {p}agent")
        assert attacker.send("SELECT serves_none FROM pgcustsec_internal.asker").rows == [(["A1"],)], "the control"
        for pretence in ("SET ROLE {p}agent", "SET SESSION AUTHORIZATION {p}a2", "SET application_name = 'a2'"):
            attacker.send(pretence.replace("{p}", own_world.prefix))  # refused or not: some are, on some servers
            assert attacker.send("SELECT serves_chain FROM pgcustsec_internal.asker").rows == [(["A1"],)]


def test_if_somebody_grants_usage_each_function_answers_for_the_caller_alone(own_world: World) -> None:
    """The control is a function that takes the person as an argument."""
    own_world.execute(
        "GRANT USAGE ON SCHEMA pgcustsec_internal TO PUBLIC",
        "GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA pgcustsec_internal TO {p}agent",
        "CREATE FUNCTION naive.serves_whom(person text) RETURNS SETOF integer LANGUAGE sql SECURITY DEFINER"
        " RETURN (SELECT customer_id FROM naive.customer WHERE owner_staff_id = person LIMIT 1)",
        "GRANT EXECUTE ON FUNCTION naive.serves_whom(text) TO PUBLIC",
    )
    with own_world.attacker("A1") as attacker:
        assert attacker.send("SELECT naive.serves_whom('A2')").rows, "the control"
        for role in ("clerk", "analyst", "", "agent' OR true --", "%", None):
            assert attacker.send('SELECT pgcustsec_internal."serving crm.customer"(%s)', [role]).value in (None, [])
        assert attacker.send("SELECT pgcustsec_internal.\"serving crm.customer\"('agent')").value == [11]
        for table in ("staff", "staff_role", "branch", "department", "role", "applied_matrix", "applied_object"):
            assert attacker.send(f"SELECT * FROM pgcustsec_internal.{table}").refused
        # What asks below runs with the caller's rights, and the caller has none.
        assert attacker.send("SELECT pgcustsec_internal._reports('M1')").refused


def test_what_anybody_reads_of_views_policies_and_functions_holds_no_customers_value_and_no_secret(
    attacker: Attacker,
) -> None:
    attacks = (
        "SELECT pg_get_viewdef(oid) FROM pg_class WHERE relkind = 'v' AND relnamespace > 16384",
        "SELECT qual, with_check FROM pg_policies",
        "SELECT pg_get_functiondef(oid) FROM pg_proc WHERE pronamespace IN"
        " ('pgcustsec'::regnamespace, (SELECT oid FROM pg_namespace WHERE nspname = 'pgcustsec_internal'))",
        "SELECT setconfig FROM pg_db_role_setting",
        "SELECT rolname, rolpassword, rolconfig FROM pg_roles",
        "SELECT obj_description(oid, 'pg_class') FROM pg_class",
        "SELECT * FROM pg_seclabels",
    )
    for attack in attacks:
        loot = attacker.send(attack)
        assert not loot.error, loot.text
        assert loot.marks == set()
        assert "A2" not in loot.text and "SCRAM" not in loot.text, attack


def test_public_may_execute_nothing_and_use_nothing_of_ours(world: World) -> None:
    with world.database.connect() as connection:
        functions = connection.execute(
            "SELECT p.oid::regprocedure::text FROM pg_proc AS p,"
            " aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) AS a"
            " WHERE p.pronamespace::regnamespace::text ~ '^(pgcustsec|agent|clerk|analyst)' AND a.grantee = 0"
        ).fetchall()
        schemas = connection.execute(
            "SELECT nspname FROM pg_namespace, aclexplode(nspacl) AS a"
            " WHERE a.grantee = 0 AND nspname ~ '^(pgcustsec|agent|crm|public)'"
        ).fetchall()
    assert functions == [] and schemas == []


def test_no_definer_function_of_ours_takes_a_record_a_polymorph_or_a_cursor(world: World) -> None:
    """Hardening 13: a cast of the caller's would run as the definer."""
    with world.database.connect() as connection:
        rows = connection.execute(
            "SELECT p.oid::regprocedure::text"
            " FROM pg_proc AS p, unnest(p.proargtypes) AS a JOIN pg_type AS t ON t.oid = a"
            " WHERE p.prosecdef AND p.pronamespace::regnamespace::text ~ '^pgcustsec' AND (t.typtype IN ('p', 'c') OR"
            " t.typname = 'refcursor')"
        ).fetchall()
    assert rows == []
