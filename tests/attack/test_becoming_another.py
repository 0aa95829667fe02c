"""
Becoming somebody else, or making oneself more (hardening 1, 4 and 5; 5.3: nobody hands their rights to another).
"""

from __future__ import annotations

import psycopg
import pytest

from pgcustsec.migrate import apply_matrix
from tests.attack.world import Attacker, World, matrix

PERSONS = [
    "SET ROLE {p}a2",
    "SET SESSION AUTHORIZATION {p}a2",
    "SET SESSION AUTHORIZATION postgres",
    "SET ROLE postgres",
]
OWNERS = [
    "SET ROLE {p}agent_viewer",
    "SET ROLE {p}owner",
    "SET ROLE pgcustsec_owner",
    "SET SESSION AUTHORIZATION {p}owner",
]
HANDED_ON = [
    "GRANT {p}agent TO {p}c1",
    "GRANT {p}agent TO {p}a1 WITH ADMIN OPTION",
    "GRANT {p}a1 TO {p}c1",
    "GRANT {p}clerk TO {p}a1",
    "GRANT {p}owner TO {p}a1",
    "GRANT pg_read_all_data TO {p}a1",
    "CREATE ROLE {p}made LOGIN IN ROLE {p}agent",
    "ALTER ROLE {p}a1 CREATEROLE",
    "ALTER ROLE {p}a1 BYPASSRLS",
    "ALTER ROLE {p}a1 SUPERUSER",
    "ALTER ROLE {p}a1 VALID UNTIL 'infinity'",
    "ALTER ROLE {p}a2 PASSWORD 'known'",
    "ALTER ROLE {p}agent_viewer LOGIN",
    "ALTER ROLE {p}agent SET search_path = evil",
    "ALTER GROUP {p}clerk ADD USER {p}a1",
    "ALTER DEFAULT PRIVILEGES FOR ROLE {p}agent_viewer GRANT SELECT ON TABLES TO {p}a1",
    "ALTER DEFAULT PRIVILEGES FOR ROLE {p}owner GRANT SELECT ON TABLES TO {p}a1",
    "COMMENT ON ROLE {p}agent IS 'x'",
    "COMMENT ON VIEW agent.customer IS 'x'",
    "COMMENT ON COLUMN agent.customer.mobile IS 'x'",
    "ALTER VIEW agent.customer OWNER TO {p}a1",
    "ALTER VIEW agent.customer SET (security_barrier = false)",
    "ALTER SCHEMA agent OWNER TO {p}a1",
    "REASSIGN OWNED BY {p}agent_viewer TO {p}a1",
    "REASSIGN OWNED BY {p}a2 TO {p}a1",
    "DROP OWNED BY {p}agent_viewer",
    "DROP OWNED BY {p}a2",
    "DROP VIEW agent.customer",
    "ALTER DATABASE {d} OWNER TO {p}a1",
    "ALTER DATABASE {d} SET search_path = evil",
]
#: These only warn, or nothing is the matter with them; what counts is that nobody has more afterwards.
WITHOUT_EFFECT = [
    "GRANT SELECT ON agent.customer TO {p}c1",
    "GRANT SELECT ON agent.customer TO PUBLIC",
    "GRANT SELECT (name) ON agent.customer TO PUBLIC",
    "GRANT USAGE ON SCHEMA agent TO {p}c1",
    "GRANT EXECUTE ON FUNCTION pgcustsec.whoami() TO PUBLIC",
    "GRANT ALL ON DATABASE {d} TO PUBLIC",
    "ALTER DEFAULT PRIVILEGES FOR ROLE {p}agent GRANT SELECT ON TABLES TO PUBLIC",
    "ALTER DEFAULT PRIVILEGES GRANT ALL ON TABLES TO PUBLIC",
    "REASSIGN OWNED BY {p}agent TO {p}a1",
    "DROP OWNED BY {p}agent",
    "DROP OWNED BY CURRENT_USER",
    "DROP OWNED BY SESSION_USER",
    "REVOKE {p}agent FROM {p}a2",
    "REVOKE SELECT ON agent.customer FROM {p}agent",
    "REVOKE CONNECT ON DATABASE {d} FROM {p}agent",
]


def _filled(attacker: Attacker, statement: str) -> str:
    return statement.format(p=attacker.world.prefix, d=attacker.world.database.name)


@pytest.mark.parametrize("statement", PERSONS + OWNERS)
def test_a_login_becomes_no_other_person_and_no_owner(attacker: Attacker, statement: str) -> None:
    with attacker.world.database.connect() as allowed:
        allowed.execute(_filled(attacker, statement))  # the control: it is a statement that works
    assert attacker.send(_filled(attacker, statement)).refused


@pytest.mark.parametrize("role", ["agent", "agent_viewer", "clerk_viewer", "owner"])
def test_roles_that_are_no_persons_cannot_log_in(world: World, role: str) -> None:
    world.database.connect(user=world.role("a1")).close()
    with pytest.raises(psycopg.OperationalError, match="not permitted to log in"):
        world.database.connect(user=world.role(role))


def test_as_the_group_one_is_still_the_person_who_logged_in(meddled_world: World) -> None:
    """5.3. The control is a policy by current_user, which every member of the group passes alike."""
    if meddled_world.server.major >= 16:
        meddled_world.execute("GRANT {p}agent, {p}clerk TO {p}t1 WITH SET TRUE")
    meddled_world.execute(
        "CREATE TABLE naive.owned AS SELECT *, '{p}agent'::name AS seen_by FROM naive.customer",
        "ALTER TABLE naive.owned ENABLE ROW LEVEL SECURITY",
        "CREATE POLICY mine ON naive.owned USING (seen_by = current_user)",
        "GRANT SELECT ON naive.owned TO PUBLIC",
    )
    with meddled_world.attacker("T1") as attacker:
        assert attacker.gains("SELECT * FROM naive.owned") == set()
        attacker.must(f"SET ROLE {meddled_world.role('agent')}")
        assert len(attacker.gains("SELECT * FROM naive.owned")) > 100, "the control"
        assert attacker.send("SELECT * FROM agent.customer").marks == attacker.may_see
        assert attacker.send("SELECT staff_id FROM pgcustsec.whoami()").value == "T1"
        attacker.must(f"RESET ROLE; SET ROLE {meddled_world.role('clerk')}")
        assert attacker.send("SELECT * FROM clerk.customer").rows == []


def test_nothing_is_handed_on_nor_taken(attacker: Attacker) -> None:
    for statement in HANDED_ON:
        attacker.must("BEGIN")
        loot = attacker.send(_filled(attacker, statement))
        assert loot.refused, f"{statement}: {loot.text or 'it works'}"
        attacker.must("ROLLBACK")


def test_statements_that_the_server_lets_pass_change_nothing(own_world: World) -> None:
    """Among them DROP OWNED BY the group, which every member may send: what others granted it keeps."""
    before = _privileges(own_world)
    for statement in WITHOUT_EFFECT:
        with own_world.attacker("A1") as attacker:
            attacker.send(_filled(attacker, statement))
        assert _privileges(own_world) == before, statement
    for person in ("A1", "A2"):
        with own_world.attacker(person) as agent:
            assert agent.send("SELECT * FROM agent.customer").marks == agent.may_see
    with own_world.attacker("C1") as clerk:
        assert clerk.send("SELECT * FROM agent.customer").refused


def test_a_grant_with_grant_option_is_handed_on_which_is_why_nobody_gets_it(own_world: World) -> None:
    """The control of the test above, and that apply takes it back with all that came of it."""
    own_world.execute(
        "SET ROLE {p}agent_viewer; GRANT SELECT ON agent.customer TO {p}agent WITH GRANT OPTION; RESET ROLE",
        "GRANT {p}agent TO {p}a1 WITH ADMIN OPTION",
    )
    with own_world.attacker("A1") as attacker:
        attacker.must(_filled(attacker, "GRANT {p}agent TO {p}c1"))
    with own_world.attacker("C1") as clerk:
        assert not clerk.send("SELECT * FROM agent.customer").error
        assert clerk.send("SELECT * FROM agent.customer").rows == [], "C1 holds no such role, whatever the login may"
    with own_world.database.connect() as connection:
        apply_matrix(connection, matrix(own_world.prefix))
    with own_world.attacker("C1") as clerk:
        assert clerk.send("SELECT * FROM agent.customer").refused


def _privileges(world: World) -> list[tuple[object, ...]]:
    with world.database.connect() as connection:
        return connection.execute(
            """
            SELECT 'relation', c.oid::regclass::text, c.relacl::text, c.relowner FROM pg_class AS c
                WHERE c.relnamespace::regnamespace::text IN ('agent', 'clerk', 'crm', 'pgcustsec_internal')
            UNION ALL SELECT 'schema', nspname, nspacl::text, nspowner FROM pg_namespace
                WHERE nspname !~ '^pg_(toast_)?temp'
            UNION ALL SELECT 'function', oid::regprocedure::text, proacl::text, proowner FROM pg_proc
                WHERE pronamespace::regnamespace::text ~ '^pgcustsec'
            UNION ALL SELECT 'database', datname, datacl::text, datdba FROM pg_database
                WHERE datname = current_database()
            UNION ALL SELECT 'member', roleid::regrole::text, member::regrole::text, 0 FROM pg_auth_members
            ORDER BY 1, 2, 3
            """
        ).fetchall()
