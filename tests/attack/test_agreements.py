"""
Seeing tier 2 without having signed, or by a signature that is taken back (hardening 1, 3, 11, 13, 14, 19; 3.4).

What lets a person see more is a session, and that begins where what is signed is committed and in force. Beside it
`naive`: rows that show to whoever has a row in a table of signatures, by functions that trust their caller's names.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator

import psycopg
import pytest

from tests.attack.opened_world import fresh, opens, shown
from tests.attack.world import Attacker, Loot, World

TIER2 = "SELECT health FROM agent.customer WHERE customer_id = 1"
WORK = "SELECT pgcustsec.start_session('work')"
SIGN = "SELECT pgcustsec.sign_agreement('secrecy', encode(sha256('words'), 'hex')) IS NOT NULL"
PUBLISH = "SELECT pgcustsec.publish_agreement('secrecy', 'words')"

NAIVE = """
CREATE TABLE naive.signature (staff_id text);
CREATE FUNCTION naive.signed() RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER AS $$
BEGIN RETURN EXISTS (SELECT FROM signature AS s WHERE s.staff_id = naive.me()); END $$;
ALTER FUNCTION naive.signed() SET search_path = naive;
CREATE FUNCTION naive.signed_by_path() RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER AS $$
BEGIN RETURN EXISTS (SELECT FROM signature); END $$;
CREATE FUNCTION naive.signed_for(whom text) RETURNS void LANGUAGE sql SECURITY DEFINER AS
    $$ INSERT INTO naive.signature VALUES (whom) $$;
CREATE VIEW naive.told WITH (security_barrier) AS
    SELECT c.* FROM naive.customer AS c WHERE c.owner_staff_id = naive.me() AND naive.signed();
CREATE VIEW naive.told_by_path WITH (security_barrier) AS
    SELECT c.* FROM naive.customer AS c WHERE c.owner_staff_id = naive.me() AND naive.signed_by_path();
GRANT SELECT, INSERT, UPDATE, DELETE ON naive.signature TO PUBLIC;
GRANT SELECT ON naive.told, naive.told_by_path TO PUBLIC;
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA naive TO PUBLIC
"""


@pytest.fixture(scope="module")
def _bound(sealed_world: World) -> Iterator[World]:
    """A copy whose people sign agreement `secrecy`; customer 59 is E1's, 1 is A1's."""
    with sealed_world.copy() as copy:
        copy.execute(NAIVE, "UPDATE naive.customer SET owner_staff_id = 'E1' WHERE customer_id > 58")
        copy.execute("INSERT INTO pgcustsec_internal.agreement VALUES ('secrecy', 'Secrecy', 365, true)")
        copy.execute("UPDATE pgcustsec_internal.staff SET active = true")
        with copy.database.connect(user=copy.role("i1")) as inspector:
            inspector.execute(PUBLISH)
        yield copy


@pytest.fixture
def bound(_bound: World) -> World:
    """Nobody has signed, nobody is at work."""
    fresh(_bound)
    tables = ("agreement_signature", "agreement_text", "session")
    _bound.execute(
        *(f"ALTER TABLE pgcustsec_internal.{table} DISABLE TRIGGER refuse_rewriting" for table in tables),
        "DELETE FROM pgcustsec_internal.agreement_signature",
        "DELETE FROM pgcustsec_internal.agreement_text WHERE version > 1",
        "DELETE FROM pgcustsec_internal.session_access",
        "DELETE FROM pgcustsec_internal.session",
        *(f"ALTER TABLE pgcustsec_internal.{table} ENABLE ALWAYS TRIGGER refuse_rewriting" for table in tables),
        "DELETE FROM naive.signature",
    )
    return _bound


@pytest.fixture
def agent(bound: World) -> Iterator[Attacker]:
    with bound.attacker("A1", at_work=False, options="-c statement_timeout=20s") as attacker:
        yield attacker


def sees_tier2(attacker: Attacker) -> bool:
    return any("ill-" in attacker.send(read).text for read in (TIER2, "TABLE agent.customer", "TABLE agent.policy"))


def signatures(world: World) -> int:
    with world.database.connect() as superuser:
        [(number,)] = superuser.execute("SELECT count(*) FROM pgcustsec_internal.agreement_signature").fetchall()
        return int(number)


def publish(world: World, body: str = "other words") -> None:
    with world.database.connect(user=world.role("i1"), options="-c lock_timeout=1s") as inspector:
        inspector.execute("SELECT pgcustsec.publish_agreement('secrecy', %s)", [body])


def test_the_control_who_has_signed_and_committed_sees_tier_2(agent: Attacker) -> None:
    assert agent.send(WORK).sqlstate == "CS102" and not sees_tier2(agent)
    agent.must(SIGN, WORK)
    assert sees_tier2(agent)


BACK = {
    "rolled back": (["BEGIN"], ["ROLLBACK"]),
    "aborted": (["BEGIN"], ["SELECT 1 / 0", "COMMIT"]),
    "a savepoint": (["BEGIN", "SAVEPOINT s"], ["ROLLBACK TO s", "COMMIT"]),
    "a savepoint within one": (["BEGIN", "SAVEPOINT r", "SAVEPOINT s"], ["RELEASE s", "ROLLBACK TO r", "COMMIT"]),
}


@pytest.mark.parametrize("way", BACK)
def test_a_signature_that_is_taken_back_has_shown_nothing(bound: World, agent: Attacker, way: str) -> None:
    before, after = BACK[way]
    agent.must(*before, "INSERT INTO naive.signature VALUES ('A1')")
    assert agent.send("TABLE naive.told").rows, "the control"
    for statement in after:
        agent.send(statement)
    assert agent.send("TABLE naive.told").rows == [], "without a trace"

    agent.must(*before, SIGN, WORK)
    seen = sees_tier2(agent)
    for statement in after:
        agent.send(statement)
        seen |= sees_tier2(agent) if not statement.startswith("SELECT") else False
    assert not seen and not sees_tier2(agent)
    assert signatures(bound) == 0 and agent.send(WORK).sqlstate == "CS102"


def test_a_loop_that_signs_looks_and_takes_it_back_sees_nothing(bound: World, agent: Attacker) -> None:
    loop = """DO $$ BEGIN
        BEGIN
            {}
            RAISE NOTICE 'seen %', (SELECT string_agg({}, ' ') FROM {});
            RAISE 'back';
        EXCEPTION WHEN raise_exception THEN NULL; END; END $$"""
    control = loop.format("INSERT INTO naive.signature VALUES ('A1');", "mobile", "naive.told")
    assert "1380000" in agent.send(control).text, "the control"
    ours = f"PERFORM {SIGN.removeprefix('SELECT ')}; PERFORM {WORK.removeprefix('SELECT ')};"
    said = agent.send(loop.format(ours, "health", "agent.customer"))
    assert "seen" in said.text and "ill-" not in said.text
    assert signatures(bound) == 0


def test_one_connection_does_not_work_by_what_another_has_not_committed(bound: World, agent: Attacker) -> None:
    with bound.attacker("A1", at_work=False) as other:
        agent.must("BEGIN", SIGN, WORK)
        assert other.send(WORK.replace("SELECT", "SET lock_timeout = '300ms'; SELECT")).sqlstate == "CS102"
        assert not sees_tier2(other) and not sees_tier2(agent)
        agent.must("ROLLBACK")
        assert other.send(WORK).sqlstate == "CS102"
        agent.must("BEGIN", SIGN, "COMMIT")
        other.must(WORK)
        assert sees_tier2(other) and sees_tier2(agent), "the control"


MORE = "INSERT INTO pgcustsec_internal.agreement VALUES ('more', 'More', 365, true)"


@pytest.mark.parametrize("what", ["another version", "another agreement"])
def test_a_session_that_begins_as_more_is_asked_does_not_outlive_it(bound: World, agent: Attacker, what: str) -> None:
    """Whoever asks may have to wait for it, as a matrix that narrows a purpose does."""
    agent.must(SIGN, "BEGIN", WORK)
    ask = threading.Thread(
        target=publish if what == "another version" else lambda world: world.execute(MORE), args=[bound]
    )
    ask.start()
    ask.join(0.3)
    try:
        agent.must("COMMIT")
        ask.join()
        assert not sees_tier2(agent)
        assert agent.send(WORK).sqlstate == "CS102", "the control"
    finally:
        bound.execute("DELETE FROM pgcustsec_internal.agreement WHERE agreement_code = 'more'")


def test_who_has_a_transaction_open_keeps_nobody_waiting_for_ever(bound: World, agent: Attacker) -> None:
    """Publishing gives up, changes nothing, and says whom to end; what it must not do is leave that session out."""
    agent.must(SIGN, WORK, "BEGIN", opens(1))
    with pytest.raises(psycopg.errors.LockNotAvailable) as gave_up:
        publish(bound)
    assert "pg_terminate_backend" in (gave_up.value.diag.message_hint or "")
    assert sees_tier2(agent), "the control: nothing is published"
    agent.must("COMMIT")
    publish(bound)
    assert not sees_tier2(agent)


def test_what_was_prepared_and_a_second_connection_end_with_the_version(bound: World, agent: Attacker) -> None:
    agent.must(SIGN, WORK, opens(1), "SET plan_cache_mode = force_generic_plan", "PREPARE p AS TABLE agent.customer")
    with bound.attacker("A1", at_work=False) as other:
        agent.must("BEGIN")
        assert shown(agent, "EXECUTE p") == shown(other) == {1} and sees_tier2(other), "the control"
        publish(bound)
        for attacker in (agent, other):
            assert not sees_tier2(attacker) and shown(attacker) == set()
        assert shown(agent, "EXECUTE p") == set() and "ill-" not in agent.send("EXECUTE p").text
        assert "ill-" not in agent.copy_out("COPY (SELECT health FROM agent.customer) TO STDOUT").text


@pytest.mark.parametrize("level", ["REPEATABLE READ", "SERIALIZABLE"])
def test_a_snapshot_from_before_the_version_shows_nothing(bound: World, agent: Attacker, level: str) -> None:
    agent.must(SIGN, WORK, "INSERT INTO naive.signature VALUES ('A1')")
    agent.must(f"BEGIN ISOLATION LEVEL {level}", "SELECT 1", "SELECT count(*) FROM naive.signature")
    publish(bound)
    bound.execute("DELETE FROM naive.signature")
    assert agent.send("TABLE naive.told").rows, "the control"
    agent.must("SAVEPOINT s")
    loot = agent.send(TIER2)
    assert loot.sqlstate == "CS107" and "ill-" not in loot.text
    agent.must("ROLLBACK TO s")
    assert agent.send(WORK).sqlstate in ("CS102", "CS107")


# --- as another, and by other names ----------------------------------------------------------------------------------


def test_whoever_calls_signs_for_themselves_alone(bound: World, agent: Attacker) -> None:
    with bound.attacker("A2", at_work=False) as other:
        other.must("SELECT naive.signed_for('A1')")
        assert agent.send("TABLE naive.told").rows, "the control"
        other.send(f"SET ROLE {bound.role('agent')}")  # before 16 whoever is in a group may
        other.must(SIGN)
        for attack in (
            f"SET SESSION AUTHORIZATION {bound.role('a1')}",
            f"SET ROLE {bound.role('a1')}",
            "SELECT pgcustsec.sign_agreement('secrecy', 'x', 'A1')",
            "SELECT pgcustsec_internal._required_agreements('A1')",
        ):
            assert other.send(attack).sqlstate in ("42501", "42883"), attack
    assert agent.send(WORK).sqlstate == "CS102" and not sees_tier2(agent)
    assert signatures(bound) == 1


TABLES = {
    "agreement": "VALUES ('x', 'x', 1, false)",
    "agreement_text": "VALUES ('secrecy', 9, 'x', 'x', '-infinity')",
    "agreement_signature": "(staff_id, agreement_code, version, digest, valid_until)"
    " VALUES ('A1', 'secrecy', 1, 'x', 'infinity')",
}


def test_texts_signatures_and_who_must_sign_are_nobodys_to_write(bound: World, agent: Attacker) -> None:
    agent.must("INSERT INTO naive.signature VALUES ('A1')", "DELETE FROM naive.signature")
    for table, row in TABLES.items():
        for attack in (
            f"INSERT INTO pgcustsec_internal.{table} {row}",
            f"UPDATE pgcustsec_internal.{table} SET agreement_code = 'y'",
            f"DELETE FROM pgcustsec_internal.{table}",
            f"TRUNCATE pgcustsec_internal.{table}",
            f"TABLE pgcustsec_internal.{table}",
            f"COPY pgcustsec_internal.{table} TO STDOUT",
            f"ALTER TABLE pgcustsec_internal.{table} DISABLE TRIGGER ALL",
        ):
            assert agent.send(attack).refused, attack
    for attack in (
        "UPDATE pgcustsec_internal.department SET agreements = '{}'",
        "UPDATE pgcustsec_internal.staff SET active = true",
        "SET session_replication_role = replica",
        PUBLISH,
        "SELECT * FROM pgcustsec.agreements",
    ):
        assert agent.send(attack).refused, attack


def test_objects_of_ones_own_do_not_stand_in_for_texts_and_signatures(bound: World) -> None:
    """E1 may make temporary objects and has a schema."""
    names = ("agreement", "agreement_text", "agreement_signature", "signature", "staff", "session_access")
    with bound.attacker("E1", at_work=False) as maker:
        for place in ("pg_temp", "evil"):
            maker.must(*(f"CREATE TABLE {place}.{name} AS SELECT 'E1'::text AS staff_id" for name in names))
            for function, ever in (("clock_timestamp()", "-infinity"), ("_cleared_until(text)", "infinity")):
                maker.must(
                    f"CREATE FUNCTION {place}.{function} RETURNS timestamptz LANGUAGE sql RETURN '{ever}'::timestamptz"
                )
        for path in ("pg_temp, evil, pg_catalog", "evil, pg_catalog, agent", "evil, pg_temp, agent"):
            maker.must(f"SET search_path = {path}")
            assert maker.send("TABLE naive.told_by_path").rows, "the control"
            assert maker.send(WORK).sqlstate == "CS102"
            assert not sees_tier2(maker)
            for where in ("pgcustsec.", "pgcustsec_internal."):
                assert maker.send(f"CREATE TABLE {where}signature (staff_id text)").refused
        maker.must(SIGN, WORK)
        assert "ill-59" in maker.send("TABLE agent.customer").text, "the control"
        maker.must(
            *(f"DROP TABLE evil.{name}" for name in names),
            "DROP FUNCTION evil.clock_timestamp(), evil._cleared_until(text)",
        )


@pytest.mark.parametrize(
    "setting",
    [
        "TimeZone = 'Etc/GMT+12'",
        "DateStyle = 'German'",
        "standard_conforming_strings = off",
        "transform_null_equals = on",
    ],
)
def test_no_setting_makes_a_lapsed_signature_hold(bound: World, agent: Attacker, setting: str) -> None:
    bound.execute(
        "INSERT INTO pgcustsec_internal.agreement_signature (staff_id, agreement_code, version, digest, valid_until)"
        " SELECT 'A1', agreement_code, version, digest, clock_timestamp() - interval '1 s'"
        " FROM pgcustsec_internal.agreement_text"
    )
    agent.must(f"SET {setting}")
    assert agent.send(WORK).sqlstate == "CS102" and not sees_tier2(agent)
    agent.must(SIGN, WORK)
    assert sees_tier2(agent), "the control"


# --- beneath ----------------------------------------------------------------------------------------------------------

INTERNAL = (
    "agreements_of('A2')",
    "_required_agreements('A1')",
    "_agreed_until('A1', 'secrecy')",
    "_cleared_until('A1')",
    "_uncleared('A1')",
    "_limit_sessions()",
    "_begin_session(gen_random_uuid(), 'A1', session_user::text, '{agent}', 'work')",
    "_term_of('A1', '{agent}')",
)


def test_functions_beneath_are_nobodys_to_call(bound: World, agent: Attacker) -> None:
    """With USAGE, by somebody's mistake, the one that views call answers who supervises, and each about themselves."""

    def call(attacker: Attacker, function: str) -> Loot:
        return attacker.send(f"SELECT pgcustsec_internal.{function}")

    for function in INTERNAL:
        assert call(agent, function).refused, function
    bound.execute("GRANT USAGE ON SCHEMA pgcustsec_internal TO PUBLIC")
    try:
        for function in INTERNAL:
            assert call(agent, function).refused, function
        with bound.attacker("I1", at_work=False) as inspector:
            assert call(inspector, INTERNAL[0]).rows, "the control"
            for function in INTERNAL[1:]:
                assert call(inspector, function).refused, function
        bound.execute("GRANT EXECUTE ON FUNCTION pgcustsec_internal.agreements_of(text) TO {p}agent")
        assert call(agent, INTERNAL[0]).rows == []
        assert len(call(agent, "agreements_of('A1')").rows) == 1
    finally:
        bound.execute(
            "REVOKE EXECUTE ON FUNCTION pgcustsec_internal.agreements_of(text) FROM {p}agent",
            "REVOKE USAGE ON SCHEMA pgcustsec_internal FROM PUBLIC",
        )


def test_a_second_role_and_a_purpose_of_it_do_not_go_round_a_signature(bound: World) -> None:
    """D1 is an agent and a clerk."""
    bound.execute("UPDATE crm.customer SET owner_staff_id = 'D1' WHERE customer_id = 50")
    try:
        with bound.attacker("D1", at_work=False) as both:
            for purpose in ("work", "filing"):
                assert both.send(f"SELECT pgcustsec.start_session('{purpose}')").sqlstate == "CS102"
            for view in ("agent.customer", "clerk.customer"):
                assert "ill-" not in both.send(f"TABLE {view}").text
            both.must(SIGN, WORK)
            assert "ill-50" in both.send("TABLE agent.customer").text, "the control"
    finally:
        bound.execute("UPDATE crm.customer SET owner_staff_id = 'A3' WHERE customer_id = 50")
