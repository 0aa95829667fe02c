"""
What the server offers everybody: files, large objects, queries in functions, extensions, code (hardening 4, 24; 5.2.1).
"""

from __future__ import annotations

from tests.attack.world import Attacker, World

MAKES = [
    "CREATE SCHEMA mine",
    "CREATE TABLE mine (i int)",
    "CREATE TABLE public.mine (i int)",
    "CREATE TABLE agent.mine (i int)",
    "CREATE VIEW agent.mine AS SELECT 1",
    "CREATE MATERIALIZED VIEW agent.mine AS SELECT * FROM agent.customer",
    "CREATE FUNCTION agent.mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "CREATE FUNCTION public.mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "CREATE FUNCTION pgcustsec.mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "CREATE FUNCTION pgcustsec_internal.mask_name(text) RETURNS boolean LANGUAGE sql AS 'SELECT true'",
    "CREATE OR REPLACE FUNCTION pgcustsec.whoami() RETURNS text LANGUAGE sql AS 'SELECT 1'",
    "CREATE FUNCTION pg_catalog.mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "CREATE TYPE public.mine AS ENUM ('a')",
    "CREATE DOMAIN public.mine_text AS text",
    "CREATE OPERATOR public.@@@ (LEFTARG = text, RIGHTARG = text, FUNCTION = texteq)",
    "CREATE CAST (text AS integer) WITH INOUT",
    "CREATE SEQUENCE public.mine",
    "CREATE EXTENSION citext",
    "CREATE EXTENSION dblink",
    "CREATE EXTENSION pgcustsec",
    "CREATE LANGUAGE plpython3u",
    "CREATE FOREIGN DATA WRAPPER mine",
    "CREATE SERVER mine FOREIGN DATA WRAPPER postgres_fdw",
    "CREATE USER MAPPING FOR PUBLIC SERVER mine",
    "CREATE EVENT TRIGGER mine ON ddl_command_start EXECUTE FUNCTION mine()",
    "CREATE PUBLICATION mine FOR ALL TABLES",
    "CREATE PUBLICATION mine FOR TABLE crm.customer",
    "CREATE SUBSCRIPTION mine CONNECTION 'dbname=x' PUBLICATION mine WITH (connect = false)",
    "CREATE DATABASE mine",
    "CREATE TABLESPACE mine LOCATION '/tmp'",
    "CREATE ROLE mine",
    "CREATE ACCESS METHOD mine TYPE INDEX HANDLER mine",
    'CREATE COLLATION public.mine FROM "C"',
    "CREATE TEXT SEARCH CONFIGURATION public.mine (COPY = simple)",
    "SECURITY LABEL ON VIEW agent.customer IS 'x'",
    "LOAD 'auto_explain'",
]
FILES = [
    "SELECT pg_read_file('/etc/passwd')",
    "SELECT pg_read_file('PG_VERSION')",
    "SELECT pg_read_binary_file('PG_VERSION')",
    "SELECT pg_ls_dir('.')",
    "SELECT pg_stat_file('PG_VERSION')",
    "SELECT pg_ls_logdir()",
    "SELECT pg_current_logfile()",
    "SELECT lo_import('/etc/passwd')",
    "SELECT lo_export(0, '/tmp/out')",
    "COPY (SELECT 1) TO '/tmp/pgcustsec_out'",
    "COPY (SELECT 1) TO PROGRAM 'cat'",
    "DO $$ BEGIN EXECUTE 'COPY (SELECT 1) TO PROGRAM ''cat'''; END $$",
    "SELECT pg_logical_slot_get_changes('x', NULL, NULL)",
    "SELECT pg_create_logical_replication_slot('x', 'test_decoding')",
    "SELECT pg_create_physical_replication_slot('x')",
    "SELECT pg_switch_wal()",
    "SELECT pg_reload_conf()",
    "SELECT pg_rotate_logfile()",
    "SELECT * FROM pg_authid",
    "SELECT * FROM pg_shadow",
    "SELECT * FROM pg_hba_file_rules",
    "SELECT * FROM pg_file_settings",
    "SELECT * FROM pg_config",
    "SELECT * FROM pg_user_mapping",
    "SELECT * FROM pg_largeobject",
    "SELECT * FROM pg_subscription",
    "SELECT * FROM pg_backend_memory_contexts",
    "SELECT * FROM pg_shmem_allocations",
    "SELECT pg_stat_reset()",
    "SELECT pg_export_snapshot(), pg_promote()",
    "VACUUM FULL pg_catalog.pg_authid",
    "CHECKPOINT",
]
QUERIES = [
    "query_to_xml('SELECT * FROM {}', true, true, '')",
    "query_to_xml_and_xmlschema('SELECT * FROM {}', true, true, '')",
    "table_to_xml('{}', true, true, '')",
    "schema_to_xml('crm', true, true, '')",
    "schema_to_xml('pgcustsec_internal', true, true, '')",
    "schema_to_xml_and_xmlschema('pgcustsec_views', true, true, '')",
    "ts_rewrite('a'::tsquery, 'SELECT ''a''::tsquery, (health || ''b'')::tsquery FROM {}')",
]


#: What the server has no files of, or asks first whether it is there at all, is not made either.
NOT_MADE = {"42501", "58P01", "0A000", "42704", "22023", "42883", "3F000"}


def test_nothing_can_be_made_anywhere(attacker: Attacker) -> None:
    for statement in MAKES:
        loot = attacker.send(statement)
        assert loot.sqlstate in NOT_MADE, f"{statement}: {loot.text or 'it works'}"


def test_with_what_the_server_gives_by_itself_a_login_makes_code_and_tables(own_world: World) -> None:
    """The control: schema public as PostgreSQL made it until 15, and CREATE on the database given away."""
    own_world.execute(
        "GRANT CREATE, USAGE ON SCHEMA public TO PUBLIC",
        f"GRANT CREATE ON DATABASE {own_world.database.name} TO PUBLIC",
    )
    with own_world.attacker("A1") as attacker:
        for statement in MAKES:
            if statement.startswith(
                ("CREATE SCHEMA", "CREATE TABLE public", "CREATE FUNCTION public", "CREATE DOMAIN public")
            ):
                attacker.must(statement)


def test_neither_files_nor_the_servers_own_tables_are_read(attacker: Attacker) -> None:
    for statement in FILES:
        loot = attacker.copy_out(statement) if statement.startswith("COPY") else attacker.send(statement)
        not_there = not loot.rows and loot.sqlstate in ("55000", "0A000", "42704")
        assert loot.refused or not_there or _only_warned(loot.said), f"{statement}: {loot.text or 'it works'}"


def _only_warned(said: list[str]) -> bool:
    """VACUUM of what is not one's own is skipped with a warning, by 18 and before."""
    return any("permission denied" in words or "skipping" in words for words in said)


def test_a_query_within_a_function_has_no_more_rights_than_its_caller(attacker: Attacker) -> None:
    relations = (
        "crm.customer",
        "crm.policy",
        'pgcustsec_views."agent.customer"',
        "pgcustsec_internal.staff",
        "agent.customer",
    )
    for query in QUERIES:
        assert attacker.gains(*(f"SELECT {query.format(relation)}" for relation in relations)) == set(), query


def test_a_dump_of_the_whole_database_by_a_login_holds_its_own_view_of_it(own_world: World) -> None:
    """`database_to_xml` reads all that the caller may read; pg_dump takes a lock on everything and is refused."""
    own_world.execute("DROP SCHEMA naive CASCADE")
    with own_world.attacker("A1") as attacker:
        for query in ("database_to_xml(true, true, '')", "database_to_xml_and_xmlschema(true, true, '')"):
            assert attacker.gains(f"SELECT {query}") == set()
        attacker.must("BEGIN")
        assert attacker.send("LOCK TABLE crm.customer IN ACCESS SHARE MODE").refused


def test_a_query_within_a_definers_function_has_the_makers_rights(world: World) -> None:
    """The control: caller's text run in a function of somebody who may do more (hardening 13)."""
    world.execute(
        "CREATE FUNCTION naive.count_rows(q text) RETURNS SETOF text LANGUAGE plpgsql SECURITY DEFINER AS"
        " $$ BEGIN RETURN QUERY EXECUTE q; END $$",
        "GRANT EXECUTE ON FUNCTION naive.count_rows(text) TO PUBLIC",
    )
    with world.attacker("A1") as attacker:
        assert attacker.gains("SELECT * FROM naive.count_rows('SELECT mobile FROM crm.customer')")


def test_anonymous_code_gains_nothing_over_plain_statements(attacker: Attacker) -> None:
    block = """DO $$ DECLARE r record; BEGIN
        FOR r IN {} LOOP RAISE NOTICE '%', r; END LOOP;
        EXCEPTION WHEN OTHERS THEN RAISE NOTICE 'error % %', SQLERRM, SQLSTATE; END $$"""
    assert attacker.send(block.format("SELECT * FROM agent.customer")).marks == attacker.may_see, "the control"
    for query in (
        "SELECT * FROM crm.customer",
        "SELECT * FROM pgcustsec_internal.staff",
        "SELECT * FROM pgcustsec_internal.asker",
    ):
        assert attacker.gains(block.format(query)) == set()
    assert (
        attacker.gains("DO $$ BEGIN EXECUTE 'SET ROLE ' || 'pgcustsec_owner'; END $$; SELECT * FROM crm.customer")
        == set()
    )


def test_large_objects_of_others_are_not_read(world: World) -> None:
    with world.database.connect() as connection:
        [(mine,)] = connection.execute("SELECT lo_from_bytea(0, 't1-20-scan')").fetchall()
        [(given,)] = connection.execute("SELECT lo_from_bytea(0, 't1-21-scan')").fetchall()
        connection.execute(f"GRANT SELECT ON LARGE OBJECT {given} TO PUBLIC")
    with world.attacker("A1") as attacker:
        assert ("t1", 21) in attacker.gains(f"SELECT lo_get({given})"), "the control"
        for attack in ("SELECT lo_get({})", "BEGIN; SELECT loread(lo_open({}, 262144), 100)", "SELECT lo_unlink({})"):
            assert attacker.send(attack.format(mine)).refused
            attacker.must("ROLLBACK")
