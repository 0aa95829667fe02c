"""
Reading, writing or deciding while suspended, and getting out of it by oneself (hardening 3, 5, 11, 13, 14; 4.2, 5.1).

Beside it `naive`: suspension as one would do it who does not know better, a table that everybody may write, and views
that ask it by functions which trust their caller's names, or a plan.
"""

from __future__ import annotations

import threading
import uuid
from collections.abc import Iterator

import psycopg
import pytest

from pgcustsec.client import mint
from tests.attack.opened_world import fresh, opens, shown, shown_in
from tests.attack.world import Attacker, World
from tests.signing import make_key
from tests.work import WORK

ROWS = "TABLE agent.customer"
CALL = "SELECT pgcustsec.suspend('{kind}', '{code}', 'attacked')"

NAIVE = """
CREATE TABLE naive.suspended (staff_id text);
CREATE FUNCTION naive.may() RETURNS boolean LANGUAGE plpgsql STABLE AS
    $$ BEGIN RETURN NOT EXISTS (SELECT FROM naive.suspended AS s WHERE s.staff_id = naive.me()); END $$;
CREATE FUNCTION naive.may_ever() RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS
    $$ BEGIN RETURN naive.may(); END $$;
CREATE FUNCTION naive.may_by_path() RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER AS
    $$ BEGIN RETURN NOT EXISTS (SELECT FROM suspended AS s WHERE s.staff_id = naive.me()); END $$;
CREATE VIEW naive.allowed AS SELECT c.* FROM naive.customer AS c WHERE c.owner_staff_id = naive.me() AND naive.may();
CREATE VIEW naive.allowed_ever AS
    SELECT c.* FROM naive.customer AS c WHERE c.owner_staff_id = naive.me() AND naive.may_ever();
CREATE VIEW naive.allowed_by_path AS
    SELECT c.* FROM naive.customer AS c WHERE c.owner_staff_id = naive.me() AND naive.may_by_path();
CREATE VIEW naive.allowed_by_role AS SELECT c.* FROM naive.customer AS c
    WHERE NOT EXISTS (SELECT FROM naive.suspended AS s WHERE current_user LIKE '%' || lower(s.staff_id));
GRANT SELECT, INSERT, DELETE ON naive.suspended TO PUBLIC;
GRANT SELECT ON naive.allowed, naive.allowed_ever, naive.allowed_by_path, naive.allowed_by_role TO PUBLIC;
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA naive TO PUBLIC;
UPDATE naive.customer SET owner_staff_id = 'E1' WHERE customer_id > 58
"""

EVIDENCE = ("reinstatement", "rectification", "suspension", "session")


@pytest.fixture(scope="module")
def _guarded(sealed_world: World) -> Iterator[World]:
    """A copy in which I1, I2 and I3 supervise, and D1, with two roles, serves customer 50."""
    with sealed_world.copy() as copy:
        copy.execute(NAIVE, "UPDATE crm.customer SET owner_staff_id = 'D1' WHERE customer_id = 50")
        for person in ("I2", "I3"):
            copy.execute(
                f"CREATE ROLE {copy.role(person.lower())} LOGIN IN ROLE {copy.role('inspector')}",
                "INSERT INTO pgcustsec_internal.staff (staff_id, full_name, login, department_code, branch_code)"
                f" VALUES ('{person}', '{person}', '{copy.role(person.lower())}', 'sales', 'BJ')",
                f"INSERT INTO pgcustsec_internal.staff_role VALUES ('{person}', 'inspector')",
            )
        copy.execute("CREATE SCHEMA kept", "CREATE TABLE kept.staff AS TABLE pgcustsec_internal.staff")
        yield copy
    sealed_world.execute("DROP ROLE {p}i2, {p}i3")


@pytest.fixture
def guarded(_guarded: World) -> World:
    """Nobody is suspended, nobody is at work."""
    fresh(_guarded)
    _guarded.execute(
        *(f"ALTER TABLE pgcustsec_internal.{table} DISABLE TRIGGER refuse_rewriting" for table in EVIDENCE),
        "DELETE FROM pgcustsec_internal.session_access",
        *(f"DELETE FROM pgcustsec_internal.{table}" for table in EVIDENCE),
        *(f"ALTER TABLE pgcustsec_internal.{table} ENABLE ALWAYS TRIGGER refuse_rewriting" for table in EVIDENCE),
        "DELETE FROM naive.suspended",
        "UPDATE pgcustsec_internal.staff AS s SET manager_id = k.manager_id, login = k.login"
        " FROM kept.staff AS k WHERE k.staff_id = s.staff_id",
    )
    return _guarded


@pytest.fixture
def agent(guarded: World) -> Iterator[Attacker]:
    """A1, at work, with customer 1 open."""
    with guarded.attacker("A1", options="-c statement_timeout=20s") as attacker:
        attacker.must(opens(1))
        assert shown(attacker) == {1} and "ill-1" in attacker.send(ROWS).text, "the control"
        yield attacker


def suspend(world: World, kind: str = "person", code: str = "A1", *, by: str = "I1", end: bool = False) -> int:
    """Suspend, and by the naive table as well; *end* connections."""
    world.execute(f"INSERT INTO naive.suspended VALUES ('{code}')")
    with world.database.connect(user=world.role(by.lower()), options="-c lock_timeout=2s") as inspector:
        [(number,)] = inspector.execute(CALL.format(kind=kind, code=code)).fetchall()
        if end:
            inspector.execute("SELECT pgcustsec.end_connections(%s)", [number])
        return int(number)


def lifted(world: World, number: int) -> bool:
    with world.database.connect() as superuser:
        return bool(
            superuser.execute(
                "SELECT FROM pgcustsec_internal.reinstatement WHERE suspension_id = %s", [number]
            ).fetchall()
        )


READS = (
    ROWS,
    "TABLE agent.policy",
    "TABLE agent.call",
    "SELECT customer_id FROM agent.customer",
    "SELECT count(*) FROM agent.customer HAVING count(*) > 0",
    "SELECT * FROM agent.customer AS c, LATERAL (SELECT c.health OFFSET 0) AS x",
    "WITH c AS MATERIALIZED (TABLE agent.customer) SELECT * FROM c",
    'TABLE pgcustsec_extracts."agent.customer"',
)


# --- statements -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("kind", "code"), [("person", "A1"), ("role", "agent"), ("department", "sales")])
def test_whatever_is_sent_next_finds_no_row(guarded: World, agent: Attacker, kind: str, code: str) -> None:
    if kind == "department":
        # Who lifts it is of another department.
        guarded.execute(
            "INSERT INTO pgcustsec_internal.department VALUES ('law', 'Law', '{}') ON CONFLICT DO NOTHING",
            "UPDATE pgcustsec_internal.role SET department_code = 'law' WHERE role_code = 'inspector'",
            "UPDATE pgcustsec_internal.staff SET department_code = 'law' WHERE staff_id LIKE 'I%'",
        )
    try:
        assert "ill-1" in agent.copy_out(f"COPY ({ROWS}) TO STDOUT").text, "the control"
        agent.must("BEGIN", "SAVEPOINT s")
        suspend(guarded, kind, code)
        for read in READS:
            loot = agent.send(read)
            assert loot.rows == [] and not loot.error, read
            copied = agent.copy_out(f"COPY ({read}) TO STDOUT")
            assert copied.rows == [] and not copied.error, read
        agent.must("ROLLBACK TO s")
        assert agent.send(ROWS).rows == []
        agent.must("DO $$ BEGIN IF EXISTS (SELECT FROM agent.customer) THEN RAISE 'row'; END IF; END $$", "ROLLBACK")
        assert agent.send(ROWS).rows == []
    finally:
        guarded.execute(
            "UPDATE pgcustsec_internal.role SET department_code = 'sales'",
            "UPDATE pgcustsec_internal.staff SET department_code = 'sales'",
        )


@pytest.mark.parametrize("mode", ["force_generic_plan", "force_custom_plan", "auto"])
def test_what_was_prepared_before_finds_no_row(guarded: World, agent: Attacker, mode: str) -> None:
    """The control: an immutable function, kept in the plan."""
    agent.must(f"SET plan_cache_mode = {mode}", f"PREPARE p AS {ROWS}", "PREPARE n AS TABLE naive.allowed_ever")
    for _ in range(7):
        assert agent.send("EXECUTE p").rows and agent.send("EXECUTE n").rows
    suspend(guarded)
    if mode != "force_custom_plan":
        assert agent.send("EXECUTE n").rows, "the control"
    assert agent.send("EXECUTE p").rows == []


def test_an_open_cursor_ends_with_its_connection(guarded: World) -> None:
    """The control: of a connection that is kept it goes on, which `docs/supervision.md` states."""
    for end in (False, True):
        with guarded.attacker("A2" if end else "A1") as attacker:
            attacker.must("BEGIN", f"DECLARE c CURSOR FOR {ROWS}", "DECLARE h CURSOR WITH HOLD FOR TABLE agent.policy")
            assert len(attacker.send("FETCH 1 FROM c").rows) == 1
            suspend(guarded, code="A2" if end else "A1", end=end)
            rows = attacker.send("FETCH ALL FROM c").rows + attacker.send("COMMIT; FETCH ALL FROM h").rows
            assert bool(rows) is not end
            assert attacker.connection.closed == end
            with guarded.attacker("A2" if end else "A1", at_work=False) as comes_back:
                assert comes_back.send(ROWS).rows == []


@pytest.mark.parametrize("level", ["REPEATABLE READ", "SERIALIZABLE"])
def test_a_snapshot_from_before_shows_nothing_of_tier_1_and_2(guarded: World, agent: Attacker, level: str) -> None:
    agent.must(f"BEGIN ISOLATION LEVEL {level}", "SELECT count(*) FROM naive.suspended", "SAVEPOINT s")
    suspend(guarded)
    assert agent.send("TABLE naive.allowed").rows, "the control"
    for read in (
        ROWS,
        "TABLE agent.policy",
        opens(2),
        "SELECT pgcustsec.find('crm.customer', 'mobile', '13800000001')",
    ):
        loot = agent.send(read)
        assert loot.error and loot.rows == [] and "ill-" not in loot.text and shown_in(loot.text) == set(), read
        agent.must("ROLLBACK TO s")


def test_a_snapshot_from_before_shows_tier_3_until_the_connection_is_ended_and_nothing_more(guarded: World) -> None:
    """
    As supervision.md says: what runs goes on by its snapshot, so connections are ended. D1 is a clerk, who sees every
    customer's row, and an agent.
    """
    with guarded.attacker("D1") as both:
        both.must("BEGIN ISOLATION LEVEL REPEATABLE READ", "SELECT count(*) FROM naive.suspended", "SAVEPOINT s")
        number = suspend(guarded, code="D1")
        assert both.send("SELECT customer_id FROM clerk.customer").rows, "the control: the snapshot is from before"
        loot = both.send("TABLE agent.customer")
        assert (loot.sqlstate, loot.rows) == ("CS107", [])
        with guarded.attacker("I1") as inspector:
            assert inspector.send(f"SELECT pgcustsec.end_connections({number})").value >= 1
        assert both.send("ROLLBACK TO s").error
    with guarded.attacker("D1", at_work=False) as again:
        assert again.send("SELECT customer_id FROM clerk.customer").rows == []


def test_a_second_role_of_a_suspended_person_shows_nothing_and_of_a_suspended_role_the_other(guarded: World) -> None:
    with guarded.attacker("D1") as both:
        assert both.send(ROWS).rows and both.send("TABLE clerk.customer").rows, "the control"
        suspend(guarded, "role", "clerk")
        assert both.send(ROWS).rows and both.send("TABLE clerk.customer").rows == []
        assert both.send("SELECT pgcustsec.start_session('filing')").error
        suspend(guarded, "person", "D1")
        assert both.send(ROWS).rows == both.send("TABLE clerk.customer").rows == []


def test_no_other_role_or_name_is_a_way_round(guarded: World, agent: Attacker) -> None:
    suspend(guarded)
    guarded.execute("GRANT {p}clerk TO {p}a1")
    try:
        agent.send("SET ROLE {p}clerk".replace("{p}", guarded.prefix))
        if agent.send("SELECT current_user").value != agent.login:
            assert agent.send("TABLE naive.allowed_by_role").rows, "the control, before 16"
        for read in (*READS, "TABLE clerk.customer"):
            assert agent.send(read).rows == [], read
        for change in (f"SET SESSION AUTHORIZATION {guarded.role('a2')}", f"SET ROLE {guarded.role('a2')}"):
            assert agent.send(change).refused
        for setting in ("pgcustsec.token = 'A2'", "session_replication_role = replica", "row_security = off"):
            agent.send(f"SET {setting}")
            for read in READS:
                assert agent.send(read).rows == [], (setting, read)
    finally:
        guarded.execute("REVOKE {p}clerk FROM {p}a1")


def test_objects_of_ones_own_do_not_stand_in_for_ours(guarded: World) -> None:
    """E1 may make temporary objects and has a schema; they serve 59 and 60."""
    names = ("suspended", "suspension", "reinstatement", "standing", "asker", "at_work", "staff", "role")
    with guarded.attacker("E1") as maker:
        assert "ill-59" in maker.send(ROWS).text, "the control"
        suspend(guarded, code="E1")
        for place in ("pg_temp", "evil"):
            maker.must(*(f"CREATE TABLE {place}.{name} (staff_id text, known_as text)" for name in names))
        for path in ("pg_temp, evil, pg_catalog", "evil, pg_temp, agent", "evil, naive, agent"):
            maker.must(f"SET search_path = {path}")
            assert maker.send("TABLE naive.allowed_by_path").rows, "the control"
            for read in READS:
                assert maker.send(read).rows == [], (path, read)
            assert maker.send(opens(59)).sqlstate == "CS104"
        maker.must(*(f"DROP TABLE evil.{name}" for name in names))


def test_a_token_of_a_suspended_person_is_nobodys(guarded: World) -> None:
    key = make_key(guarded.database, guarded.role("web"))

    def token(staff: str) -> str:
        return mint(key, staff=staff, role="agent", purpose=WORK, session=uuid.uuid4())

    with guarded.attacker("web", at_work=False) as web:
        tokens = {staff: token(staff) for staff in ("A1", "A2")}
        for one in tokens.values():
            assert not web.send("SELECT pgcustsec.register_session(%s)", [one]).error
        for staff, before in (("A1", "ill-1"), ("A2", "ill-21")):
            web.must("BEGIN")
            web.send("SELECT set_config('pgcustsec.token', %s, true)", [tokens[staff]])
            assert before in web.send(ROWS).text, "the control"
            web.must("COMMIT")
        web.must("BEGIN")
        web.send("SELECT set_config('pgcustsec.token', %s, true)", [tokens["A1"]])
        suspend(guarded, end=True)
        assert web.send(ROWS).rows == [] and web.send("SELECT staff_id FROM pgcustsec.whoami()").value is None
        web.send("SELECT set_config('pgcustsec.token', %s, true)", [token("A1")])
        assert web.send(ROWS).rows == []
        web.send("SELECT set_config('pgcustsec.token', %s, true)", [tokens["A2"]])
        assert "ill-21" in web.send(ROWS).text
        web.must("COMMIT")
        assert web.send("SELECT pgcustsec.register_session(%s)", [token("A1")]).error


def test_who_holds_locks_on_all_of_their_own_keeps_nobody_from_suspending(guarded: World, agent: Attacker) -> None:
    agent.must("SELECT pg_advisory_lock(i) FROM generate_series(0, 200) AS i", "BEGIN", opens(2))
    agent.must("SELECT pgcustsec.close_record('crm.customer')", "SELECT pgcustsec.end_session()")
    with guarded.attacker("A1", at_work=False, options="-c lock_timeout=300ms") as again:
        assert again.send("SELECT pgcustsec.start_session('work')").sqlstate == "55P03", "the control"
    suspend(guarded)
    assert agent.send(ROWS).rows == []


# --- getting out of it ------------------------------------------------------------------------------------------------

TAMPERING = (
    "UPDATE {i}.staff SET staff_id = 'Z9' WHERE login = session_user",
    "UPDATE {i}.staff SET login = session_user WHERE staff_id = 'A2'",
    "INSERT INTO {i}.staff VALUES ('Z9', 'Z', session_user, 'sales', 'BJ')",
    "INSERT INTO {i}.staff_role VALUES ('A1', 'clerk')",
    "INSERT INTO {i}.standing VALUES (session_user, 'agent', 'A1', 'sales', 'BJ', '{{A1}}', '{{A1}}', '{{A1}}')",
    "UPDATE {i}.standing SET known_as = session_user",
    "INSERT INTO {i}.reinstatement SELECT suspension_id, now(), 'I2', 'x' FROM {i}.suspension",
    "INSERT INTO {i}.rectification SELECT suspension_id, now(), 'A1', 'x' FROM {i}.suspension",
    "UPDATE {i}.suspension SET code = 'A2'",
    "DELETE FROM {i}.suspension",
    "TRUNCATE {i}.suspension CASCADE",
    "ALTER TABLE {i}.suspension DISABLE TRIGGER ALL",
    "UPDATE {i}.session_access SET staff_id = 'A2'",
    "TABLE {i}.suspension",
    "SELECT pgcustsec.suspend('person', 'A2', 'x')",
    "SELECT pgcustsec.end_connections(1)",
    "TABLE pgcustsec.suspensions",
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename LIKE '%i1'",
)


def test_ones_own_rows_and_those_of_the_suspension_are_nobodys_to_write(guarded: World, agent: Attacker) -> None:
    number = suspend(guarded)
    agent.must("DELETE FROM naive.suspended")
    assert agent.send("TABLE naive.allowed").rows, "the control"
    for attack in TAMPERING:
        loot = agent.send(attack.format(i="pgcustsec_internal"))
        assert loot.refused or ("pg_terminate" in attack and loot.rows in ([], [(False,)])), attack
    assert agent.send(f"SELECT pgcustsec.reinstate({number}, 'fine')").refused
    assert agent.send(ROWS).rows == [] and not lifted(guarded, number)


@pytest.mark.parametrize("target", [("person", "I2"), ("role", "inspector")])
def test_a_suspended_supervisor_lifts_nothing_and_reads_no_evidence(guarded: World, target: tuple[str, str]) -> None:
    """Where the role is suspended another one supervises: the clerks, for this test."""
    views = ("suspensions", "access_log", "access_ledger", "agreements", "change_history", "sessions")
    other = suspend(guarded, "person", "A1", by="I3")
    guarded.execute("UPDATE pgcustsec_internal.role SET supervises = true WHERE role_code = 'clerk'")
    try:
        with guarded.attacker("I2") as inspector:
            inspector.must("BEGIN", f"SELECT pgcustsec.rectify({other}, 'x')", "ROLLBACK")
            assert inspector.send(f"SELECT pgcustsec.reinstate({other}, 'x')").sqlstate == "CS602", "the control"
            for view in views[:2]:
                assert inspector.send(f"TABLE pgcustsec.{view}").rows, "the control"
            mine = suspend(guarded, *target, by="I1")
            inspector.must(f"SELECT pgcustsec.rectify({mine}, 'trained')")
            for call in (
                f"reinstate({mine}, 'x')",
                f"reinstate({other}, 'x')",
                "suspend('person', 'A2', 'x')",
                f"end_connections({mine})",
                "publish_agreement('secrecy', 'x')",
            ):
                loot = inspector.send(f"SELECT pgcustsec.{call}")
                assert loot.sqlstate == "CS601", call
            for view in views:
                assert inspector.send(f"TABLE pgcustsec.{view}").rows == [], view
            assert inspector.send(f"SELECT pgcustsec.rectify({other}, 'x')").sqlstate == "CS208", "not theirs now"
            assert not lifted(guarded, mine) and not lifted(guarded, other)
    finally:
        guarded.execute("UPDATE pgcustsec_internal.role SET supervises = false WHERE role_code = 'clerk'")


def test_a_suspended_approver_decides_nothing_that_waits_for_them(guarded: World, agent: Attacker) -> None:
    file = "SELECT pgcustsec.file_request('special', 'work', 'crm.customer', '{mobile}', NULL, '{1}', 3)"
    decide = "SELECT pgcustsec.decide_request(%s, 'approve', 'needed')"
    first, second = (agent.send(file).value for _ in range(2))
    with guarded.attacker("I2", at_work=False) as inspector:
        assert inspector.send(decide, [first]).value == "approved", "the control"
        suspend(guarded, "person", "I2")
        for decision in ("approve", "refuse"):
            assert inspector.send(decide.replace("approve", decision), [second]).sqlstate == "CS104"
    assert agent.send("SELECT state FROM pgcustsec.requests WHERE request_id = %s", [second]).value == "filed"


def test_functions_beneath_are_nobodys_to_call(guarded: World, agent: Attacker) -> None:
    number = suspend(guarded)
    calls = (
        "_supervisor()",
        "_suspensions_of('A1')",
        "_refuse_suspended('A2')",
        "_concerned('person', 'A1')",
        "_in_flight('person', 'A1')",
        "_refresh_standing()",
        "_begin_session(gen_random_uuid(), 'A1', session_user::text, '{agent}', 'work')",
        "_record_request(1, 'approved', 'I1', 1, 'x')",
    )
    for granted in (False, True):
        if granted:
            guarded.execute("GRANT USAGE ON SCHEMA pgcustsec_internal TO PUBLIC")
        try:
            for call in calls:
                assert agent.send(f"SELECT pgcustsec_internal.{call}").refused, call
        finally:
            guarded.execute("REVOKE USAGE ON SCHEMA pgcustsec_internal FROM PUBLIC")
    assert agent.send(ROWS).rows == [] and not lifted(guarded, number)


# --- older snapshots of those who are trusted -------------------------------------------------------------------------


def test_an_administrators_older_snapshot_does_not_bring_standing_back(guarded: World, agent: Attacker) -> None:
    """Anybody's row will do: a change of staff makes everybody's standing anew. The control: in READ COMMITTED."""
    change = "UPDATE pgcustsec_internal.staff SET manager_id = 'A3' WHERE staff_id = 'A2'"
    with guarded.database.connect(autocommit=False) as administrator:
        administrator.execute("SELECT 1 FROM pgcustsec_internal.staff")
        suspend(guarded)
        administrator.execute(change)
        administrator.commit()
        assert agent.send(ROWS).rows == [], "the control"
    with guarded.attacker("A3") as other, guarded.database.connect(autocommit=False) as administrator:
        administrator.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        administrator.execute("SELECT 1 FROM pgcustsec_internal.staff")
        suspend(guarded, code="A3")
        assert other.send(ROWS).rows == []
        try:
            administrator.execute(change.replace("A3", "A1"))
            administrator.commit()
        except psycopg.Error:
            administrator.rollback()
        assert other.send(ROWS).rows == []


def test_a_supervisors_older_snapshot_lifts_nothing_but_what_it_names(guarded: World, agent: Attacker) -> None:
    number = suspend(guarded, code="A2")
    with guarded.attacker("A2", at_work=False) as other, guarded.attacker("I2") as inspector:
        other.must(f"SELECT pgcustsec.rectify({number}, 'shredded')")
        inspector.must("BEGIN ISOLATION LEVEL REPEATABLE READ", "SELECT count(*) FROM pgcustsec.suspensions")
        later = suspend(guarded, code="A1")
        assert agent.send(ROWS).rows == []
        inspector.send(f"SELECT pgcustsec.reinstate({number}, 'fine')")
        inspector.send("COMMIT")
        assert agent.send(ROWS).rows == [] and not lifted(guarded, later)


def committed(connection: psycopg.Connection[tuple[object, ...]], statement: str) -> None:
    connection.execute(statement.encode())
    connection.commit()


def test_a_change_of_staff_that_waits_for_a_suspension_knows_of_it(guarded: World, agent: Attacker) -> None:
    """And a suspension that waits for a change: each sees what the other did."""
    move = "UPDATE pgcustsec_internal.staff SET manager_id = 'A3' WHERE staff_id = 'A2'"
    call = CALL.format(kind="person", code="A1")
    with (
        guarded.database.connect(user=guarded.role("i1"), autocommit=False) as inspector,
        guarded.database.connect(autocommit=False) as administrator,
    ):
        inspector.execute(call.encode())
        other = threading.Thread(target=committed, args=[administrator, move])
        other.start()
        other.join(0.3)
        assert agent.send(ROWS).rows, "the control: it is not committed"
        inspector.commit()
        other.join()
    assert agent.send(ROWS).rows == []
