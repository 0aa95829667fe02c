"""
An unattended service that wants more than its standing requests, and people who want what it has
(hardening 3, 5, 11, 13, 14, 19, 20, 21; 5.2.1, 5.3).

Beside it `naive`: a service as one would do it who does not know better, whose records a day are counted and then
written down, by the caller's day, and whose view asks for a role that a login is a member of.
"""

from __future__ import annotations

import threading
import uuid
from collections.abc import Iterator
from dataclasses import replace

import psycopg
import pytest

from pgcustsec.client import mint
from pgcustsec.compile.api import SERVING
from pgcustsec.matrix.model import Access, Approval, Matrix, RequestKind, Role
from pgcustsec.migrate import apply_matrix
from tests.attack.opened_world import fresh, opened_matrix, opened_world, shown_in, true_in
from tests.attack.requests_world import decide
from tests.attack.world import Attacker, World
from tests.cluster import Server
from tests.signing import make_key
from tests.work import work

ROWS = "TABLE dialler.customer"

NAIVE = """
CREATE TABLE naive.used (staff_id text, customer_id integer, on_day date);
CREATE FUNCTION naive.use(key integer) RETURNS text LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
    IF (SELECT count(*) FROM naive.used WHERE staff_id = naive.me() AND on_day = current_date) >= 2 THEN
        RETURN 'spent';
    END IF;
    PERFORM pg_sleep(0.3);
    INSERT INTO naive.used VALUES (naive.me(), key, current_date);
    RETURN (SELECT c.mobile FROM naive.customer AS c WHERE c.customer_id = key);
END $$;
CREATE TABLE naive.standing (requester text, used_by text, mobile text);
INSERT INTO naive.standing VALUES ('D1', 'T1', '13800000001');
CREATE FUNCTION naive.serves() RETURNS text[] LANGUAGE sql STABLE SECURITY DEFINER RETURN
    ARRAY(SELECT s.staff_id FROM pgcustsec_internal.staff AS s
        WHERE s.login = session_user OR s.manager_id = (SELECT naive.me()));
CREATE VIEW naive.standing_for WITH (security_barrier) AS
    SELECT * FROM naive.standing WHERE used_by = ANY (naive.serves());
GRANT SELECT ON naive.standing_for TO PUBLIC;
GRANT EXECUTE ON FUNCTION naive.use(integer), naive.serves() TO PUBLIC
"""


def serving_matrix(prefix: str) -> Matrix:
    """Diallers see all customers; agents who answer for one file its requests, of two records a day at most."""
    matrix = opened_matrix(prefix)
    dialler = Role(
        "dialler",
        "sales",
        {"crm.customer": Access("crm.customer", ("all",), "none", "hidden")},
        service=True,
    )
    dialling = RequestKind(
        "dialling", "Dialling", (Approval(role="inspector"),), 5, ("agent",), max_rows=2, standing=True
    )
    return replace(
        matrix,
        roles={**matrix.roles, "dialler": dialler},
        purposes={**matrix.purposes, **work(["agent", "inspector", "dialler"])},
        requests={**matrix.requests, "dialling": dialling},
        applications={"web": replace(matrix.applications["web"], roles=("agent", "dialler"))},
    )


@pytest.fixture(scope="module")
def _serving_world(server: Server) -> Iterator[World]:
    """Services T1 and T2, which D1 answers for; roles are the cluster's, so it is a world of its own."""
    with opened_world(server) as built, built.copy() as copy:
        with copy.database.connect() as superuser:
            apply_matrix(superuser, serving_matrix(copy.prefix))
        for service in ("T1", "T2"):
            login = copy.role(service.lower())
            copy.execute(
                f"CREATE ROLE {login} LOGIN",
                "INSERT INTO pgcustsec_internal.staff"
                " (staff_id, full_name, login, department_code, branch_code, manager_id)"
                f" VALUES ('{service}', '{service}', '{login}', 'sales', 'BJ', 'D1')",
                f"INSERT INTO pgcustsec_internal.staff_role VALUES ('{service}', 'dialler')",
            )
        with copy.database.connect() as superuser:
            apply_matrix(superuser, serving_matrix(copy.prefix))
        copy.execute(NAIVE)
        yield copy


@pytest.fixture
def serving(_serving_world: World) -> World:
    fresh(_serving_world)
    _serving_world.execute("DELETE FROM pgcustsec_internal.session_access", "TRUNCATE naive.used")
    return _serving_world


@pytest.fixture
def service(serving: World) -> Iterator[Attacker]:
    """T1, in its session."""
    with serving.attacker("T1", options="-c statement_timeout=20s") as attacker:
        yield attacker


def ask(service: str = "T1", *, most: int = 2, columns: str = "{mobile}", below: int = 61) -> str:
    where = f'[{{"column": "customer_id", "is": "<", "value": "{below}"}}]'
    return (
        f"SELECT pgcustsec.file_standing_request('dialling', '{service}', 'work', 'crm.customer', '{columns}',"
        f" '{where}', NULL, 3, {most})"
    )


def approved(world: World, service: str = "T1", *, most: int = 2) -> int:
    """Filed by who answers for the service, approved by the inspector."""
    with world.attacker("D1") as manager:
        number = int(manager.send(ask(service, most=most)).value)
    with world.attacker("I1", at_work=False) as inspector:
        assert inspector.send(decide(number)).value == "approved"
    return number


def full(number: object, key: object = 1) -> str:
    return f"SELECT pgcustsec.open_full({number}, '{key}') IS NOT NULL"


def tried(connection: psycopg.Connection[tuple[object, ...]], statement: str, into: list[object]) -> None:
    try:
        into.extend(connection.execute(statement.encode()).fetchone() or ())
        connection.commit()
    except psycopg.Error as error:
        into.append(error.sqlstate)


# --- its budget -------------------------------------------------------------------------------------------------------


def test_two_openings_at_once_do_not_both_take_the_last_of_the_day(serving: World, service: Attacker) -> None:
    number = approved(serving, most=1)
    login = serving.role("t1")
    naive: list[object] = []
    found: list[object] = []
    with (
        serving.database.connect(user=login, autocommit=False) as first,
        serving.database.connect(user=login, autocommit=False) as second,
    ):
        service.send("SELECT naive.use(1)")
        both = [threading.Thread(target=tried, args=[one, "SELECT naive.use(2)", naive]) for one in (first, second)]
        for one in both:
            one.start()
        for one in both:
            one.join()
        assert naive == ["13800000002"] * 2, "the control"
        first.execute(full(number, 1).encode())
        other = threading.Thread(target=tried, args=[second, full(number, 2), found])
        other.start()
        other.join(0.3)
        assert found == [], "it waits"
        first.commit()
        other.join()
    assert found == ["CS309"]
    assert true_in(service.send(ROWS).text) == {1}


def test_many_at_once_open_no_more_than_the_day_has(serving: World, service: Attacker) -> None:
    number = approved(serving)
    found: list[object] = []

    def opens_each(connection: psycopg.Connection[tuple[object, ...]], first: int) -> None:
        for key in range(first, 21, 2):
            tried(connection, full(number, key), found)

    login = serving.role("t1")
    with serving.database.connect(user=login) as one, serving.database.connect(user=login) as two:
        threads = [
            threading.Thread(target=opens_each, args=[one, 1]),
            threading.Thread(target=opens_each, args=[two, 2]),
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert sorted(found, key=str) == ["CS309"] * 18 + [True, True]


TAKING_BACK = {
    "a rollback": ("BEGIN", "{open}", "{read}", "ROLLBACK", "{read}"),
    "a savepoint": ("BEGIN", "SAVEPOINT s", "{open}", "{read}", "ROLLBACK TO s", "{read}", "COMMIT", "{read}"),
    "an error": ("BEGIN", "{open}", "{read}", "SELECT 1 / 0", "ROLLBACK", "{read}"),
    "a cursor": ("BEGIN", "{open}", "DECLARE c CURSOR WITH HOLD FOR TABLE dialler.customer", "FETCH ALL FROM c",
                 "ROLLBACK", "{read}"),
}  # fmt: skip


@pytest.mark.parametrize("how", TAKING_BACK)
def test_what_is_taken_back_showed_nothing(serving: World, service: Attacker, how: str) -> None:
    number = approved(serving, most=1)
    service.must("BEGIN")
    assert "13800000009" in service.send("SELECT naive.use(9)").text, "the control: seen, and not counted"
    service.must("ROLLBACK")
    for key in range(1, 5):
        for statement in TAKING_BACK[how]:
            loot = service.send(statement.replace("{open}", full(number, key)).replace("{read}", ROWS))
            assert true_in(loot.text) == set(), statement
    service.must(full(number, 7))
    assert true_in(service.send(ROWS).text) == {7}


def test_a_transaction_that_opens_many_shows_the_last_and_pays_for_all(serving: World, service: Attacker) -> None:
    number = approved(serving)
    service.must("BEGIN", full(number, 1), full(number, 2))
    assert true_in(service.send(ROWS).text) == set()
    service.must("COMMIT")
    assert true_in(service.send(ROWS).text) == {2}
    assert service.send(full(number, 3)).sqlstate == "CS309"
    loop = (
        "DO $$ BEGIN FOR i IN 1..20 LOOP BEGIN"
        f" PERFORM pgcustsec.open_full({number}, i::text); COMMIT;"
        " RAISE NOTICE '%', (SELECT string_agg(mobile, ' ') FROM dialler.customer);"
        " EXCEPTION WHEN OTHERS THEN NULL; END; END LOOP; END $$"
    )
    assert true_in(service.send(loop).text) <= {1, 2}


def test_its_day_is_nobodys_time_zone(serving: World, service: Attacker) -> None:
    number = approved(serving, most=1)
    service.must(full(number, 1))
    service.send("SELECT naive.use(1), naive.use(2)")
    zones = ("Pacific/Kiritimati", "Etc/GMT+12")
    naive = ""
    for zone in zones:
        service.must(f"SET timezone = '{zone}'")
        naive += service.send("SELECT naive.use(3)").text
        assert service.send(full(number, 2)).sqlstate == "CS309", zone
    assert "13800000003" in naive, "the control: in one of the two it is another day"


@pytest.mark.parametrize("isolation", ["REPEATABLE READ", "SERIALIZABLE"])
def test_an_older_snapshot_neither_opens_nor_shows(serving: World, service: Attacker, isolation: str) -> None:
    number = approved(serving)
    service.must(f"BEGIN ISOLATION LEVEL {isolation}", "TABLE pgcustsec.requests")
    assert service.send(full(number)).sqlstate == "CS107"
    service.must("ROLLBACK", full(number), f"BEGIN ISOLATION LEVEL {isolation}")
    assert true_in(service.send(ROWS).text) == set()
    service.must("ROLLBACK")
    assert true_in(service.send(ROWS).text) == {1}


# --- whose it is ------------------------------------------------------------------------------------------------------


def test_nobody_but_the_service_uses_what_was_approved_for_it(serving: World, service: Attacker) -> None:
    number = approved(serving)
    service.must(full(number))
    assert true_in(service.send(ROWS).text) == {1}, "the control"
    for person in ("D1", "A1", "I1", "T2"):
        with serving.attacker(person) as other:
            if person == "D1":
                assert true_in(other.send("TABLE naive.standing_for").text) == {1}, "the control"
            loot = other.send(full(number))
            assert loot.sqlstate in ("CS301", "42501"), (person, loot.error)
            for read in (ROWS, "TABLE agent.customer", "TABLE clerk.customer"):
                assert true_in(other.send(read).text) == set(), person
            other.send("SELECT set_config('session_authorization', %s, false)", [serving.role("t1")])
            other.send(f"SET ROLE {serving.role('t1')}")
            assert true_in(other.send(ROWS).text) == set(), person


def test_a_service_uses_no_other_services_and_no_persons_request(serving: World, service: Attacker) -> None:
    others = approved(serving, "T2")
    with serving.attacker("A1") as agent:
        persons = agent.send(
            "SELECT pgcustsec.file_request('special', 'work', 'crm.customer', '{mobile}', NULL, '{1}', 3)"
        ).value
        with serving.attacker("I1", at_work=False) as inspector:
            inspector.must(decide(persons))
        agent.must(full(persons))
        assert true_in(agent.send("TABLE agent.customer").text) == {1}, "the control"
    for number in (others, persons, 0, -1, 2**62):
        assert service.send(full(number)).sqlstate == "CS301", number
    assert service.send("SELECT * FROM pgcustsec.requests WHERE used_by <> 'T1'").rows == []
    assert true_in(service.send(ROWS).text) == set()


def test_a_service_files_nothing_for_itself_and_nobody_for_anothers(serving: World, service: Attacker) -> None:
    for statement in (
        ask(),
        ask("T2"),
        ask().replace("file_standing_request('dialling', 'T1'", "file_request('special'"),
    ):
        assert service.send(statement).error, statement
    with serving.attacker("A1") as agent:
        assert agent.send(ask()).sqlstate == "CS202", "of the kind, but not its manager"
        assert agent.send(ask("A1")).sqlstate == agent.send(ask("A2")).sqlstate == "CS202"
    with serving.attacker("D1") as manager:
        assert manager.send(ask("D1")).sqlstate == "CS202", "no person"
        assert manager.send(ask(most=3)).sqlstate == "CS309"
        number = manager.send(ask()).value
        assert manager.send(decide(number)).sqlstate == "CS303"
    assert service.send(decide(number)).refused


# --- everything that it may send --------------------------------------------------------------------------------------


def test_it_may_call_what_it_serves_by_and_nothing_else(serving: World, service: Attacker) -> None:
    found = service.connection.execute(
        "SELECT p.proname::text, pg_get_function_identity_arguments(p.oid), n.nspname::text"
        " FROM pg_proc AS p JOIN pg_namespace AS n ON n.oid = p.pronamespace"
        " WHERE n.nspname IN ('pgcustsec', 'pgcustsec_views', 'pgcustsec_keys', 'pgcustsec_vault',"
        " 'pgcustsec_extracts') AND has_function_privilege(p.oid, 'EXECUTE')"
        " AND has_schema_privilege(n.oid, 'USAGE')"
    ).fetchall()
    assert {name for name, _, _ in found} - {"version"} == {name for name, _ in SERVING}
    [(others,)] = service.connection.execute(
        "SELECT count(*) FROM pg_proc AS p JOIN pg_namespace AS n ON n.oid = p.pronamespace"
        " WHERE n.nspname = 'pgcustsec' AND NOT has_function_privilege(p.oid, 'EXECUTE')"
    ).fetchall()
    assert others > 25, "the control: there are others"


def test_every_function_called_gives_it_nothing(serving: World, service: Attacker) -> None:
    """With no arguments that mean anything, with those of others, and with what is likely to be there."""
    number = approved(serving, "T2")
    with serving.database.connect() as superuser:
        functions = superuser.execute(
            "SELECT p.proname::text, ARRAY(SELECT format_type(t, NULL) FROM unnest(p.proargtypes) AS t)"
            " FROM pg_proc AS p WHERE p.pronamespace = 'pgcustsec'::regnamespace AND p.prorettype <> 'trigger'::regtype"
        ).fetchall()
    likely = {
        "bigint": str(number),
        "text": "'crm.customer'",
        "name": "'mobile'",
        "regclass": "'dialler.customer'",
        "integer": "1",
        "jsonb": "'[]'",
        "text[]": "'{1}'",
        "boolean": "false",
        "timestamp with time zone": "now()",
        "uuid": "gen_random_uuid()",
    }
    for name, arguments in functions:
        if name in ("end_session", "start_session"):
            continue
        for values in (
            [f"NULL::{one}" for one in arguments],
            [f"{likely[one]}::{one}" if one in likely else f"NULL::{one}" for one in arguments],
        ):
            loot = service.send(f"SELECT * FROM pgcustsec.{name}({', '.join(values)})")
            assert shown_in(loot.text) == set(), name
            assert loot.error or name in dict(SERVING) or name == "version", name
    assert true_in(service.send(ROWS).text) == set()


READS = (
    ROWS,
    "SELECT mobile, name, health FROM dialler.customer WHERE customer_id < 4",
    "SELECT count(*) FROM dialler.customer WHERE mobile LIKE '138%'",
    "SELECT * FROM dialler.customer AS c, LATERAL (SELECT c.mobile OFFSET 0) AS x",
    "SELECT * FROM agent.customer",
    "SELECT * FROM clerk.customer",
    "SELECT * FROM crm.customer",
    'SELECT * FROM pgcustsec_vault."crm.customer"',
    'SELECT * FROM pgcustsec_extracts."dialler.customer"',
    'SELECT * FROM pgcustsec_extracts."agent.customer"',
    'SELECT * FROM pgcustsec_views."dialler.customer"',
    "SELECT * FROM pgcustsec_internal.standing",
    "SELECT * FROM pgcustsec.access_log",
    "SELECT * FROM pgcustsec.suspensions",
    "UPDATE dialler.customer SET health = 'x' RETURNING *",
    "INSERT INTO dialler.customer (customer_id) VALUES (99) RETURNING *",
    "DELETE FROM dialler.customer RETURNING *",
)


def test_whatever_it_reads_and_writes_it_sees_the_one_record_that_is_open(serving: World, service: Attacker) -> None:
    for read in READS:
        loot = service.send(read)
        assert shown_in(loot.text) == set() and "ill-" not in loot.text, read
    service.must(full(approved(serving)))
    for read in READS:
        loot = service.send(read)
        assert shown_in(loot.text) <= {1} and "ill-" not in loot.text and "王" not in loot.text, read
    assert true_in(service.copy_out(f"COPY ({ROWS}) TO STDOUT").text) == {1}


# --- who answers for it, who it is ------------------------------------------------------------------------------------

STOPS = {
    "its manager has left": (
        "UPDATE {i}.staff SET active = false WHERE staff_id = 'D1'",
        "UPDATE {i}.staff SET active = true WHERE staff_id = 'D1'",
    ),
    "it has none": (
        "UPDATE {i}.staff SET manager_id = NULL WHERE staff_id = 'T1'",
        "UPDATE {i}.staff SET manager_id = 'D1' WHERE staff_id = 'T1'",
    ),
    "it was taken away": (
        "UPDATE {i}.staff SET active = false WHERE staff_id = 'T1'",
        "UPDATE {i}.staff SET active = true WHERE staff_id = 'T1'",
    ),
    "its role went": (
        "DELETE FROM {i}.staff_role WHERE staff_id = 'T1'",
        "INSERT INTO {i}.staff_role VALUES ('T1', 'dialler')",
    ),
}


@pytest.mark.parametrize("why", STOPS)
def test_an_open_transaction_and_a_prepared_plan_are_nobodys_when(serving: World, service: Attacker, why: str) -> None:
    number = approved(serving)
    service.must(full(number), "SET plan_cache_mode = force_generic_plan", "PREPARE p AS TABLE dialler.customer")
    service.must("BEGIN")
    assert true_in(service.send("EXECUTE p").text) == {1}, "the control"
    stop, again = (one.format(i="pgcustsec_internal") for one in STOPS[why])
    serving.execute(stop)
    try:
        assert service.send("EXECUTE p").rows == service.send(ROWS).rows == []
        assert service.send(full(number)).error
        service.send("ROLLBACK")
        assert service.send(ROWS).rows == []
        assert service.send("SELECT pgcustsec.start_session('work')").error
    finally:
        serving.execute(again)


def test_a_token_speaks_for_a_service_in_its_own_role_at_most(serving: World, service: Attacker) -> None:
    """And for a person who was given a service role, in no other role of theirs."""
    number = approved(serving)
    service.must(full(number))
    key = make_key(serving.database, serving.role("web"))
    serving.execute("GRANT {p}agent, {p}dialler TO {p}web")
    sent = {}
    try:
        with serving.attacker("web", at_work=False) as web:

            def rows(staff: str, role: str) -> str:
                token = mint(key, staff=staff, role=role, purpose="work", session=uuid.uuid4())
                sent[staff, role] = web.send(f"SELECT pgcustsec.register_session('{token}')")
                web.must(f"SET pgcustsec.token = '{token}'")
                found = web.send(f"TABLE {role}.customer")
                web.send(full(number))
                after = web.send(f"TABLE {role}.customer")
                web.must("RESET pgcustsec.token")
                return found.text + after.text

            assert "ill-1" in rows("A1", "agent"), "the control"
            assert rows("T1", "agent") == "", "it holds no such role"
            assert true_in(rows("T2", "dialler")) == set(), "another service's request"
            serving.execute("INSERT INTO pgcustsec_internal.staff_role VALUES ('A1', 'dialler')")
            assert rows("A1", "agent") == ""
            assert sent["A1", "agent"].error
            assert true_in(rows("A1", "dialler")) == set()
    finally:
        serving.execute(
            "DELETE FROM pgcustsec_internal.staff_role WHERE (staff_id, role_code) = ('A1', 'dialler')",
            "REVOKE {p}agent, {p}dialler FROM {p}web",
        )


def test_an_application_does_for_a_service_nothing_that_it_does_for_people(serving: World, service: Attacker) -> None:
    """Its login is let into both roles, so it may call what agents call; the token says for whom."""
    number = approved(serving)
    key = make_key(serving.database, serving.role("web"))
    serving.execute("GRANT {p}agent, {p}dialler TO {p}web")
    try:
        with serving.attacker("web", at_work=False) as web:

            def speak(staff: str, role: str) -> None:
                token = mint(key, staff=staff, role=role, purpose="work", session=uuid.uuid4())
                web.must(f"SELECT pgcustsec.register_session('{token}')", f"SET pgcustsec.token = '{token}'")

            find = "SELECT * FROM pgcustsec.find('customer', 'mobile', '13800000001')"
            speak("A1", "agent")
            assert web.send(find).rows, "the control"
            speak("T1", "dialler")
            assert len(web.send(ROWS).rows) == 60, "the control: it works as the service"
            for attack in (
                find,
                find.replace("'customer'", "'dialler.customer'"),
                "SELECT pgcustsec.open_record('customer', '1', 'x')",
                "SELECT pgcustsec.show_record('customer', '1', 'mobile', 'x')",
                ask(),
                ask().replace("file_standing_request('dialling', 'T1'", "file_request('special'"),
                f"SELECT pgcustsec.begin_extract({number}, 'plain')",
                f"SELECT pgcustsec.withdraw_request({number})",
                f"SELECT pgcustsec.amend_request({number}, '{{mobile}}', NULL, '{{1}}', 3)",
                decide(number),
                "SELECT pgcustsec.name_deputy('A1', now(), now() + interval '1 day')",
                "UPDATE dialler.customer SET health = 'x'",
            ):
                loot = web.send(attack)
                assert loot.error, (attack, loot.rows)
                assert shown_in(loot.text) == set(), attack
    finally:
        serving.execute("REVOKE {p}agent, {p}dialler FROM {p}web")


def test_a_service_decides_for_nobody_as_their_deputy(serving: World, service: Attacker) -> None:
    with serving.attacker("A1") as agent:
        number = agent.send(
            "SELECT pgcustsec.file_request('special', 'work', 'crm.customer', '{mobile}', NULL, '{1}', 3)"
        ).value
    serving.execute(
        "INSERT INTO pgcustsec_internal.staff (staff_id, full_name, login, department_code, branch_code)"
        " VALUES ('I9', 'I9', NULL, 'sales', 'BJ') ON CONFLICT DO NOTHING",
    )
    with serving.attacker("I1", at_work=False) as inspector:
        named = inspector.send("SELECT pgcustsec.name_deputy('T1', now() - interval '1 min', now() + interval '1 day')")
        if not named.error:
            serving.execute(
                "INSERT INTO pgcustsec_internal.deputy_event (deputy_id, kind, staff_id)"
                f" VALUES ({named.value}, 'approved', 'I9')"
            )
        assert service.send(decide(number)).refused
        deciders = inspector.send("SELECT deciders FROM pgcustsec.requests WHERE request_id = %s", [number]).value
        assert deciders == ["I1"], "nor is anybody told to wait for it"
