"""
Changing, reading or going round the evidence of who opened what (hardening 1, 3, 11, 13, 21; 5.1, 5.2.4).

Evidence is only ever added to, by anybody. Who supervises reads it; everybody else reads their own sessions. Every
function that a login may call is called here with what nobody would call it with.
"""

from __future__ import annotations

import itertools
from typing import Any

import psycopg
import pytest

from tests.attack.opened_world import opens, recorded, shown, shown_in, true_in
from tests.attack.world import Attacker, World

EVIDENCE = ("audit", "session", "session_end")
REWRITES = (
    "UPDATE pgcustsec_internal.{t} SET session_id = NULL",
    "DELETE FROM pgcustsec_internal.{t}",
    "TRUNCATE pgcustsec_internal.{t}",
    "MERGE INTO pgcustsec_internal.{t} AS a USING (SELECT 1) AS x ON true WHEN MATCHED THEN DELETE",
    "WITH gone AS (DELETE FROM pgcustsec_internal.{t} RETURNING 1) SELECT * FROM gone",
    "TRUNCATE pgcustsec_internal.{t} RESTART IDENTITY CASCADE",
)


@pytest.mark.parametrize("mode", ["origin", "replica", "local"])
@pytest.mark.parametrize("table", EVIDENCE)
def test_evidence_is_rewritten_by_nobody_its_owner_and_superusers_included(
    opened: World, agent: Attacker, table: str, mode: str
) -> None:
    """The control: a table that only privileges guard."""
    agent.must(opens(1), "SELECT pgcustsec.start_session('work')")
    opened.execute("CREATE TABLE IF NOT EXISTS naive.audit (i int)", "INSERT INTO naive.audit VALUES (1)")
    opened.execute("DELETE FROM naive.audit")
    with opened.database.connect() as connection:
        for role in ("pgcustsec_owner", "postgres"):
            connection.execute(f"RESET ROLE; SET session_replication_role = {mode}; SET ROLE {role}".encode())
            for rewrite in REWRITES:
                with pytest.raises(psycopg.Error) as raised:
                    connection.execute(rewrite.format(t=table).encode())
                assert raised.value.sqlstate == "CS604", f"{role}: {rewrite}"
            asked = f"SELECT count(*) > 0 FROM pgcustsec_internal.{table}"
            assert connection.execute(asked.encode()).fetchone() == (True,)
    for rewrite in REWRITES:
        assert agent.send(rewrite.format(t=table)).refused
    for reach in (
        f"TABLE pgcustsec_internal.{table}",
        f"INSERT INTO pgcustsec_internal.{table} DEFAULT VALUES",
        f"COPY pgcustsec_internal.{table} TO STDOUT",
        f"BEGIN; LOCK TABLE pgcustsec_internal.{table} IN ACCESS SHARE MODE",
        f"ALTER TABLE pgcustsec_internal.{table} DISABLE TRIGGER ALL",
        f"CREATE RULE r AS ON INSERT TO pgcustsec_internal.{table} DO INSTEAD NOTHING",
        f"CREATE TRIGGER t AFTER INSERT ON pgcustsec_internal.{table} EXECUTE FUNCTION naive.me()",
        f"CREATE POLICY p ON pgcustsec_internal.{table} USING (true)",
        f"DROP TABLE pgcustsec_internal.{table}",
        f"SELECT nextval('pgcustsec_internal.{table}_id_seq')",
    ):
        assert agent.send(reach).sqlstate == "42501", reach
        agent.send("ROLLBACK")


SUPERVISED = ("access_log", "access_ledger", "change_history")


@pytest.mark.parametrize("view", SUPERVISED)
def test_what_supervisors_read_shows_nothing_to_others(opened: World, agent: Attacker, view: str) -> None:
    """Not even where somebody granted it to everybody."""
    agent.must(opens(1), "UPDATE agent.customer SET health = 'ill-1-more' WHERE customer_id = 1")
    with opened.attacker("I1") as inspector:
        assert inspector.send(f"TABLE pgcustsec.{view}").rows, "the control"
        assert inspector.send(f"DELETE FROM pgcustsec.{view}").error
    assert agent.send(f"TABLE pgcustsec.{view}").refused
    opened.execute(f"GRANT ALL ON pgcustsec.{view} TO PUBLIC")
    try:
        assert agent.send(f"TABLE pgcustsec.{view}").rows == []
        for change in (f"DELETE FROM pgcustsec.{view}", f"UPDATE pgcustsec.{view} SET staff_id = 'A2'"):
            assert agent.send(change).error, change
        assert (
            agent.send(
                f"SELECT * FROM pgcustsec.{view} AS v WHERE (v.*)::text LIKE '%' OR 1 / (length((v.*)::text) - 1) > 0"
            ).rows
            == []
        )
    finally:
        opened.execute(
            f"REVOKE ALL ON pgcustsec.{view} FROM PUBLIC",
            "UPDATE crm.customer SET health = 'ill-1' WHERE customer_id = 1",
        )


def test_who_supervises_and_has_left_reads_no_evidence(opened: World) -> None:
    with opened.attacker("I1") as inspector:
        inspector.must("SELECT count(*) FROM pgcustsec.access_log", "PREPARE p AS TABLE pgcustsec.access_log")
        opened.execute("UPDATE pgcustsec_internal.staff SET active = false WHERE staff_id = 'I1'")
        try:
            for statement in (*(f"TABLE pgcustsec.{view}" for view in (*SUPERVISED, "sessions")), "EXECUTE p"):
                assert inspector.send(statement).rows == [], statement
        finally:
            opened.execute("UPDATE pgcustsec_internal.staff SET active = true WHERE staff_id = 'I1'")


@pytest.mark.parametrize("how", ["without a session", "in an older snapshot"])
def test_the_history_of_tier_2_shows_as_tier_2_does(opened: World, agent: Attacker, how: str) -> None:
    agent.must("UPDATE agent.customer SET health = 'ill-1-more' WHERE customer_id = 1")
    agent.must("UPDATE agent.customer SET health = 'ill-1' WHERE customer_id = 1")
    with opened.attacker("I1") as inspector:
        if how == "without a session":
            inspector.must("SELECT pgcustsec.end_session()")
            told = inspector.send("TABLE pgcustsec.change_history")
        else:
            inspector.must("BEGIN ISOLATION LEVEL REPEATABLE READ", "SELECT 1 FROM pgcustsec.sessions LIMIT 1")
            opened.execute("UPDATE pgcustsec_internal.staff SET active = false WHERE staff_id = 'I1'")
            told = inspector.send("TABLE pgcustsec.change_history")
            opened.execute("UPDATE pgcustsec_internal.staff SET active = true WHERE staff_id = 'I1'")
        assert "ill-1-more" not in told.text


def test_a_person_reads_their_own_sessions_alone(opened: World, agent: Attacker) -> None:
    with opened.attacker("A2"), opened.attacker("I1") as inspector:
        assert {row[0] for row in agent.send("SELECT staff_id FROM pgcustsec.sessions").rows} == {"A1"}
        seen = {row[0] for row in inspector.send("SELECT staff_id FROM pgcustsec.sessions").rows}
        assert {"A1", "A2"} <= seen, "the control"
        for leak in ("1 / (CASE staff_id WHEN 'A2' THEN 0 ELSE 1 END) > 0", "staff_id::int > 0"):
            loot = agent.send(f"SELECT count(*) FROM pgcustsec.sessions WHERE {leak}")
            assert "A2" not in loot.text and "zero" not in loot.text, leak


# --- every function that a login may call --------------------------------------------------------------------------

CALLABLE = """
    SELECT p.oid::regprocedure::text, n.nspname, p.proname, p.prokind::text,
        ARRAY(SELECT format_type(a, NULL) FROM unnest(p.proargtypes) AS a)
    FROM pg_proc AS p JOIN pg_namespace AS n ON n.oid = p.pronamespace
    WHERE n.nspname LIKE 'pgcustsec%%' AND has_function_privilege(%s, p.oid, 'EXECUTE')
    ORDER BY 1"""

HOSTILE: dict[str, list[Any]] = {
    "text": [None, "", "'", "21", "crm.customer", "agent.customer", "work", "mobile", "x" * 5_000, "\\"],
    "name": [None, "", "mobile", "health", "'; --"],
    "regclass": [None, "pg_class", "agent.customer", "clerk.customer", "1"],
    "bigint": [None, 0, -1, 1, 2**62],
}


def _callable(world: World, login: str) -> list[tuple[str, str, str, str, list[str]]]:
    with world.database.connect() as connection:
        return connection.execute(CALLABLE, [login]).fetchall()


def test_a_login_may_call_the_few_functions_that_are_meant_for_it(opened: World) -> None:
    """Those of the schemas beneath are a view's to call: without USAGE nobody names them."""
    everybody = {
        "whoami()",
        "start_session(text)",
        "end_session()",
        "register_session(text)",
        "my_agreements()",
        "sign_agreement(text,text)",
        "rectify(bigint,text)",
        "decide_request(bigint,text,text)",
        "extract_destroyed(bigint,text)",
        "explain_access(text,text,text,name)",
        "name_deputy(text,timestamp with time zone,timestamp with time zone)",
        "end_deputy(bigint)",
    }
    opening = {
        "open_record(text,text,text)",
        "open_record(regclass,text,text)",
        "close_record(text)",
        "close_record(regclass)",
        "open_place(text)",
        "show_record(text,text,text,text)",
        "find(text,name,text)",
        "find(regclass,name,text)",
        "my_budget()",
        "my_changes()",
        "confirm_change(bigint,text)",
        "row_place(text,text)",
        "who_corrects(text,text[])",
        "show_subject(text,text)",
        "subject_facts(text,text)",
    }
    requesting = {
        "file_request(text,text,text,text[],jsonb,text[],integer,integer,boolean)",
        "amend_request(bigint,text[],jsonb,text[],integer,integer)",
        "submit_request(bigint)",
        "withdraw_request(bigint)",
        "open_full(bigint,text)",
        "begin_extract(bigint,text,text)",
        "extract_finished(bigint,text,bigint)",
    }
    supervising = {
        "publish_agreement(text,text,timestamp with time zone)",
        "suspend(text,text,text,text)",
        "end_connections(bigint)",
        "reinstate(bigint,text)",
        "name_custodian(text,text)",
        "who_may_see(text,name)",
        "approve_deputy(bigint)",
        "canaries()",
        "place_hold(text,text[],jsonb,text,text,timestamp with time zone)",
        "release_hold(bigint,text)",
        "retention_status(integer)",
    }
    for login, meant in (("a1", everybody | opening | requesting), ("i1", everybody | supervising)):
        named = {name for name, schema, *_ in _callable(opened, opened.role(login)) if schema == "pgcustsec"}
        assert named == {f"pgcustsec.{name}" for name in meant}
    assert _callable(opened, opened.role("stranger")) == []


def test_every_function_a_login_may_call_answers_hostile_arguments_with_nothing_of_others(
    opened: World, agent: Attacker
) -> None:
    """All combinations of what each argument could be; no crash, no internal error, nobody else's tier 1."""
    called = 0
    for _, schema, name, kind, types in _callable(opened, agent.login):
        if name in ("start_session", "end_session"):
            continue
        values = [HOSTILE.get(type_, [None]) for type_ in types]
        for arguments in itertools.islice(itertools.product(*values), 400):
            places = ", ".join(f"%s::{type_}" for type_ in types)
            verb = "CALL" if kind == "p" else "SELECT * FROM"
            loot = agent.send(f'{verb} {schema}."{name}"({places})', arguments)
            called += 1
            if schema != "pgcustsec":
                assert loot.refused, f"{schema}.{name}: {loot.text[:200]}"
                break
            assert loot.sqlstate.startswith("CS") or loot.sqlstate in ("", "42501", "42P01", "22P02", "42602"), (
                f"{name}{arguments!r:.200}: {loot.sqlstate} {loot.text[:300]}"
            )
            assert true_in(loot.text) == set() and not shown_in(loot.text) - set(range(1, 21))
    assert called > 500
    assert shown(agent) <= set(range(1, 21)) and "21" not in recorded(opened)


def test_a_row_value_or_a_wrong_number_of_arguments_meets_no_function(opened: World, agent: Attacker) -> None:
    for call in (
        "open_record(ROW('crm.customer', '1', 'x'))",
        "open_record(c.*) FROM agent.customer AS c",
        "open_record(NULL::agent.customer, '1', 'x')",
        "find(c, 'mobile', '13800000001') FROM agent.customer AS c",
        "find('crm.customer', 'mobile', ARRAY['13800000001'])",
        "whoami(1)",
        "open_record('crm.customer', 1, 'x')",
        "open_record(VARIADIC ARRAY['crm.customer', '1', 'x'])",
    ):
        loot = agent.send(f"SELECT pgcustsec.{call}")
        assert loot.sqlstate in ("42883", "42725", "42804"), f"{call}: {loot.text or 'it works'}"


# --- objects of one's own ------------------------------------------------------------------------------------------

#: In front of the path: an operator, a function, types that take the place of PostgreSQL's and tell who runs them.
IN_FRONT = """
    CREATE FUNCTION evil.tell(a text, b text) RETURNS boolean LANGUAGE plpgsql AS
        $$ BEGIN RAISE NOTICE 'runs as % of %', current_user, session_user; RETURN a OPERATOR(pg_catalog.=) b; END $$;
    CREATE FUNCTION evil.tell(a integer, b integer) RETURNS boolean LANGUAGE plpgsql AS
        $$ BEGIN RAISE NOTICE 'runs as % of %', current_user, session_user; RETURN a OPERATOR(pg_catalog.=) b; END $$;
    CREATE OPERATOR evil.= (LEFTARG = text, RIGHTARG = text, FUNCTION = evil.tell);
    CREATE OPERATOR evil.= (LEFTARG = integer, RIGHTARG = integer, FUNCTION = evil.tell);
    CREATE OPERATOR evil.|| (LEFTARG = text, RIGHTARG = text, FUNCTION = evil.tell);
    CREATE OPERATOR evil.<> (LEFTARG = text, RIGHTARG = text, FUNCTION = evil.tell);
    CREATE FUNCTION evil.format(text, VARIADIC text[]) RETURNS text LANGUAGE plpgsql AS
        $$ BEGIN RAISE NOTICE 'runs as % of %', current_user, session_user; RETURN 'x'; END $$;
    CREATE FUNCTION evil.coalesce(text, text) RETURNS text LANGUAGE sql RETURN $1;
    CREATE FUNCTION evil.clock_timestamp() RETURNS timestamptz LANGUAGE plpgsql AS
        $$ BEGIN RAISE NOTICE 'runs as % of %', current_user, session_user; RETURN '1970-01-01'; END $$;
    CREATE FUNCTION evil.caught(v text) RETURNS boolean LANGUAGE plpgsql AS
        $$ BEGIN RAISE NOTICE 'runs as % of %', current_user, session_user; RETURN true; END $$;
    CREATE DOMAIN evil.text AS pg_catalog.text CHECK (evil.caught(VALUE));
    CREATE DOMAIN evil.name AS pg_catalog.name CHECK (evil.caught(VALUE::pg_catalog.text));
    CREATE DOMAIN evil.timestamptz AS pg_catalog.timestamptz CHECK (evil.caught(VALUE::pg_catalog.text));
    CREATE TABLE evil.session_access (known_as pg_catalog.text);
    CREATE TABLE evil.audit (known_as pg_catalog.text);
    CREATE VIEW evil.customer AS SELECT 59 AS customer_id;
    CREATE TEMPORARY TABLE pg_class (oid oid, relname name);
    CREATE TEMPORARY TABLE audit (known_as pg_catalog.text);
"""


def test_what_is_put_in_front_of_the_path_runs_as_nobody_but_the_caller(opened: World) -> None:
    """The control: a function of a superuser's that has no path of its own."""
    opened.execute(
        "CREATE OR REPLACE FUNCTION naive.unwary(a text, b text) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER AS"
        " $$ BEGIN RETURN a = b; END $$"
    )
    with opened.attacker("E1", options="-c statement_timeout=20s") as maker:
        maker.must(*(part for part in IN_FRONT.split(";\n") if part.strip()))
        maker.must("SET search_path = pg_temp, evil, pg_catalog")
        assert "runs as postgres" in maker.send("SELECT naive.unwary('a', 'b')").text, "the control"
        said = ""
        for statement in (
            "SELECT pgcustsec.open_record('crm.customer', '59', 'x') IS NOT NULL",
            "SELECT * FROM pgcustsec.find('crm.customer', 'mobile', '13800000059')",
            "SELECT * FROM pgcustsec.open_place('crm.customer')",
            "CALL pgcustsec.show_record('crm.customer', '59', 'x')",
            "CALL pgcustsec.show_record('customer', '60', 'x')",
            "SELECT * FROM agent.customer",
            "SELECT * FROM pgcustsec.sessions",
            "SELECT * FROM pgcustsec.my_budget()",
            "UPDATE agent.customer SET mobile = '13800000060', health = 'ill-60' WHERE customer_id = 60",
            "SELECT pgcustsec.open_record('evil.customer', '59', 'x')",
            "SELECT pgcustsec.close_record('crm.customer')",
            "SELECT pgcustsec.start_session('work')",
            "SELECT * FROM pgcustsec.whoami()",
        ):
            said += maker.send(statement).text
        ran_as = {line.split(" of ")[0] for line in said.splitlines() if line.startswith("runs as")}
        assert ran_as <= {f"runs as {maker.login}"}
        assert shown_in(said) <= {59, 60}
        shows = maker.send("CALL pgcustsec.show_record('crm.customer', '59', 'x')")
        assert shown_in(shows.text) <= {59}


def test_a_rule_trigger_or_policy_of_ones_own_hangs_on_nothing_of_ours(opened: World) -> None:
    with opened.attacker("E1") as maker:
        for attack in (
            "CREATE TRIGGER t INSTEAD OF UPDATE ON agent.customer FOR EACH ROW EXECUTE FUNCTION naive.me()",
            "CREATE RULE r AS ON UPDATE TO agent.customer DO ALSO SELECT 1",
            "CREATE POLICY p ON crm.customer USING (true)",
            "CREATE TABLE evil.child () INHERITS (crm.customer)",
            "CREATE TABLE evil.referring (i integer REFERENCES crm.customer)",
            "ALTER VIEW agent.customer RENAME TO other",
            "CREATE FUNCTION pgcustsec.find(text, text, text) RETURNS text LANGUAGE sql RETURN 'x'",
            "CREATE FUNCTION agent.f() RETURNS text LANGUAGE sql RETURN 'x'",
            "CREATE OR REPLACE FUNCTION pgcustsec.end_session() RETURNS boolean LANGUAGE sql RETURN true",
            "COMMENT ON FUNCTION pgcustsec.whoami() IS 'x'",
            "CREATE EVENT TRIGGER e ON ddl_command_start EXECUTE FUNCTION naive.me()",
            "CREATE PUBLICATION p FOR TABLE crm.customer",
        ):
            assert maker.send(attack).error, attack
        # A view of one's own over one's view shows what oneself sees, to whoever reads it: nothing more.
        maker.must("CREATE VIEW evil.mine AS SELECT * FROM agent.customer", "GRANT USAGE ON SCHEMA evil TO PUBLIC")
        maker.must("GRANT SELECT ON evil.mine TO PUBLIC", opens(59))
        with opened.attacker("A1") as other:
            other.must(opens(1))
            assert shown(other, "TABLE evil.mine") <= {1} and shown(other) == {1}
