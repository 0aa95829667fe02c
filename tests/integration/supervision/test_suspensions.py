"""Suspension of a person, role or department: no row of any tier, from the next statement on (4.2, 5.1)."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from uuid import uuid4

import psycopg
import pytest

from pgcustsec.client import SigningKey, mint
from pgcustsec.db import Connection
from pgcustsec.supervise import suspend as bar
from tests.integration.clients.world import Broker
from tests.integration.extracts.approved import approved, asked
from tests.integration.supervision.office import (
    SUSPEND,
    administrator,
    apply,
    at_work,
    login,
    looks,
    rectify,
    refusal,
    reinstate,
    shell,
    shows,
    suspend,
    value,
    why,
    work,
)
from tests.signing import make_key

# --- what it takes ----------------------------------------------------------------------------------------------------


def test_a_person_sees_no_row_from_the_next_statement_on_prepared_or_not(broker: Broker) -> None:
    every = "SELECT customer_id, gender FROM customer"
    with broker.person("li") as li, broker.person("wang") as wang:
        li.execute("SELECT pgcustsec.open_record('customer', '1', 'call')")
        li.execute("SET plan_cache_mode = force_generic_plan; PREPARE mine AS SELECT gender FROM customer")
        with li.transaction():
            assert shows(li) == "tier 1"
            assert len(li.execute(every, prepare=True).fetchall()) == len(li.execute("EXECUTE mine").fetchall()) == 4
            suspend(broker, "person", "S1")
            assert shows(li) == "nothing"
            for statement in (every, "EXECUTE mine", "TABLE policy", "SELECT customer_id FROM customer LIMIT 1"):
                assert li.execute(statement.encode(), prepare=statement == every).fetchall() == [], statement
            with li.cursor().copy("COPY (SELECT * FROM customer) TO STDOUT") as copy:
                assert list(copy) == []
        assert "suspended" in why(li)[0] and "rectify" in why(li)[1]
        assert shows(wang, "wang") == "tier 2", "it is nobody else's"


def test_a_suspended_person_writes_nothing(broker: Broker) -> None:
    insert = "INSERT INTO customer (status, owner_staff_id, branch_code, name) VALUES ('customer', 'S1', 'BJ', '新')"
    update = "UPDATE customer SET note = 'called' WHERE customer_id = 1"
    with broker.person("li") as li:
        for statement in (insert, update):
            with li.transaction(force_rollback=True):
                assert li.execute(statement.encode()).rowcount == 1, "the control"
        before = broker.snapshot()
        suspend(broker, "person", "S1")
        assert refusal(li, insert) == "42501"
        assert li.execute(update.encode()).rowcount == 0
        with pytest.raises(psycopg.Error), li.cursor().copy("COPY customer (status, branch_code) FROM STDIN") as copy:
            copy.write_row(("customer", "BJ"))
        assert broker.snapshot() == before


@pytest.mark.parametrize(
    ("kind", "code", "state"),
    [("person", "S1", "CS104"), ("role", "sales_agent", "CS105"), ("department", "sales", "CS106")],
)
def test_openings_searches_requests_and_extracts_are_refused_with_the_reason(
    broker: Broker, kind: str, code: str, state: str
) -> None:
    with broker.person("li") as li:
        request = approved(broker, li, "customer_id mobile", keys=["1"])
        again = approved(broker, li, "mobile", keys=["1"])
        waits = asked(li, "mobile", keys=["1"])
        li.execute("SELECT pgcustsec.begin_extract(%s, 'plain')", [request])
        extract = 'SELECT * FROM pgcustsec_extracts."sales_agent.customer"'
        assert len(li.execute(extract).fetchall()) == 1
        suspend(broker, kind, code)
        assert li.execute(extract).fetchall() == []
        for call in (
            "open_record('customer', '1', 'call')",
            "find('customer', 'mobile', '13812345678')",
            "start_session('selling')",
            "file_request('special', 'selling', 'crm.customer', '{mobile}', NULL, '{1}', 3)",
            f"amend_request({waits}, '{{name}}', NULL, '{{1}}', 3)",
            f"open_full({again}, '1')",
            f"begin_extract({again}, 'plain')",
        ):
            assert refusal(li, f"SELECT pgcustsec.{call}") == state, call
        assert refusal(li, "CALL pgcustsec.show_record('customer', '1', 'call')") == state
        assert shows(li) == "nothing"


def test_a_role_is_suspended_for_all_who_hold_it_and_in_that_role_alone(broker: Broker) -> None:
    broker.execute("INSERT INTO pgcustsec_internal.staff_role VALUES ('M1', 'sales_agent')")
    at_work(broker, "li", "wang", "zhao", "chen")
    assert set(looks(broker, "li", "wang", "zhao", "chen").values()) == {"tier 2"}
    suspend(broker, "role", "sales_agent")
    assert looks(broker, "li", "wang", "zhao", "chen") == {
        "li": "nothing",
        "wang": "nothing",
        "zhao": "tier 2",
        "chen": "tier 2",
    }
    with login(broker, "zhao") as zhao, login(broker, "li") as li:
        assert "role sales_agent is suspended" in why(li)[0]
        assert value(zhao, "SELECT roles FROM pgcustsec.whoami()") == ["sales_manager"]


def test_a_department_is_suspended_for_its_staff_and_for_its_roles(broker: Broker) -> None:
    """chen is in service and holds a role of sales besides; sun is in sales and holds a role of the data centre."""
    broker.execute(
        "INSERT INTO pgcustsec_internal.staff_role VALUES ('C1', 'sales_agent')",
        "UPDATE pgcustsec_internal.staff SET department_code = 'sales' WHERE staff_id = 'D1'",
    )
    at_work(broker, "li", "wang", "zhao", "chen")
    with login(broker, "sun") as sun, login(broker, "chen") as chen:
        work(chen, "servicing")
        assert value(sun, "SELECT count(*) FROM customer") == 5
        suspend(broker, "department", "sales")
        assert value(sun, "SELECT count(*) FROM customer") == 0
    assert looks(broker, "li", "wang", "zhao", "chen") == {
        "li": "nothing",
        "wang": "nothing",
        "zhao": "nothing",
        "chen": "tier 2",
    }
    held = broker.rows(
        "SELECT role_code FROM pgcustsec_internal.standing WHERE staff_id = 'C1' AND known_as !~ '^token '"
    )
    assert held == [("service_agent",)]


@pytest.fixture
def web(broker: Broker, application: str) -> Iterator[tuple[Connection, dict[str, str], SigningKey]]:
    """Tokens of the application for li and wang, registered."""
    key = make_key(broker.database, application)
    tokens = {name: token(key, staff) for name, staff in (("li", "S1"), ("wang", "S2"))}
    with broker.database.connect(user=application) as connection:
        for one in tokens.values():
            connection.execute("SELECT pgcustsec.register_session(%s)", [one])
        yield connection, tokens, key


def token(key: SigningKey, staff: str) -> str:
    return mint(key, staff=staff, role="sales_agent", purpose="selling", session=uuid4())


def by_token(connection: Connection, spoken: str, name: str) -> str:
    with connection.transaction():
        connection.execute("SELECT set_config('pgcustsec.token', %s, true)", [spoken])
        return shows(connection, name)


def test_a_token_of_a_suspended_person_is_nobodys_and_the_application_serves_the_others(
    broker: Broker, web: Any
) -> None:
    connection, tokens, key = web
    assert by_token(connection, tokens["li"], "li") == "tier 2"
    with login(broker, "qin") as qin:
        made = bar(qin, "person", "S1", "list passed on")
    assert (made.in_flight["sessions"], made.ended) == (1, 0)
    assert by_token(connection, tokens["li"], "li") == "nothing"
    assert refusal(connection, "SELECT pgcustsec.register_session(%s)", token(key, "S1"))
    assert by_token(connection, tokens["wang"], "wang") == "tier 2"


def test_an_application_is_told_that_the_person_is_suspended(broker: Broker, web: Any) -> None:
    connection, _, key = web
    suspend(broker, "person", "S1")
    assert refusal(connection, "SELECT pgcustsec.register_session(%s)", token(key, "S1")) == "CS104"


def test_sessions_of_who_has_no_login_are_in_flight_too(broker: Broker, web: Any) -> None:
    broker.execute("UPDATE pgcustsec_internal.staff SET login = NULL WHERE staff_id = 'S1'")
    connection, _, key = web
    connection.execute("SELECT pgcustsec.register_session(%s)", [token(key, "S1")])
    suspend(broker, "person", "S1")
    [(flight,)] = broker.rows("SELECT in_flight FROM pgcustsec_internal.suspension")
    assert flight["sessions"] >= 1


@pytest.mark.one_server
def test_an_application_without_a_token_sees_nothing_in_a_suspended_role(copied: Broker) -> None:
    crm_web = replace(copied.matrix.applications["crm_web"], anonymous="tier3", roles=("sales_agent",))
    name = copied.login("crm_web")
    with copied.connect(copied.admin) as administrator:
        administrator.execute(f"CREATE ROLE {name} LOGIN".encode())
    try:
        apply(copied, replace(copied.matrix, applications={"crm_web": crm_web}))
        with copied.database.connect(user=name) as connection:
            count = "SELECT count(*) FROM sales_agent.customer"
            assert value(connection, count) > 0
            number = suspend(copied, "role", "sales_agent")
            assert value(connection, count) == 0
            rectify(copied, number, by="li")
            reinstate(copied, number)
            assert value(connection, count) > 0
    finally:
        copied.execute(f"DROP OWNED BY {name}", f"DROP ROLE {name}")


# --- what is under way ------------------------------------------------------------------------------------------------


def test_connections_are_ended_by_default_and_what_was_under_way_is_said(broker: Broker) -> None:
    with broker.person("li") as li, broker.person("wang") as wang, login(broker, "li") as second:
        li.execute("SELECT pgcustsec.open_record('customer', '1', 'call')")
        said = shell(broker, "qin", "suspend", "department", "sales", "--reason", "leak", "--reference", "QA-14").out
        assert "there were 3 connections, 1 open records, 2 sessions" in said and "3 connections ended" in said
        for connection in (li, wang, second):
            with pytest.raises(psycopg.OperationalError):
                connection.execute("SELECT 1")
    [(flight, reference)] = broker.rows("SELECT in_flight, reference FROM pgcustsec_internal.suspension")
    assert flight == {"connections": 3, "sessions": 2, "open records": 1} and reference == "QA-14"
    assert looks(broker, "li") == {"li": "nothing"}, "and they come in again for nothing"


def test_kept_connections_go_on_with_what_a_cursor_began_and_with_nothing_else(broker: Broker) -> None:
    with broker.person("li") as li:
        li.execute("BEGIN; DECLARE c CURSOR FOR SELECT gender FROM customer ORDER BY customer_id")
        said = shell(broker, "qin", "suspend", "person", "S1", "--reason", "leak", "--keep-connections")
        assert "ended" not in said.out
        assert len(li.execute("FETCH ALL FROM c").fetchall()) == 4, "as supervision.md states"
        assert shows(li) == "nothing"
        number = value(li, "SELECT substring(reason FROM 'suspension (\\d+)')::int FROM pgcustsec.whoami()")
        with login(broker, "qin") as qin:
            assert value(qin, "SELECT pgcustsec.end_connections(%s)", number) == 1
        with pytest.raises(psycopg.OperationalError):
            li.execute("SELECT 1")


def test_where_connections_cannot_be_ended_the_suspension_stands_and_says_so(broker: Broker) -> None:
    with broker.person("li") as li:
        broker.execute("REVOKE pg_signal_backend FROM pgcustsec_owner")
        try:
            said = shell(broker, "qin", "suspend", "person", "S1", "--reason", "leak")
        finally:
            broker.execute("GRANT pg_signal_backend TO pgcustsec_owner")
        assert "no connection was ended" in said.err and "GRANT pg_signal_backend" in said.err
        assert shows(li) == "nothing"


# --- who suspends whom ------------------------------------------------------------------------------------------------


def test_only_who_supervises_suspends_and_for_a_stated_reason(broker: Broker) -> None:
    for name in ("li", "zhao", "chen", "sun", "ouyang", *administrator(broker)):
        with login(broker, name) as person:
            assert refusal(person, SUSPEND, "person", "S2") == "42501", name
    with login(broker, "qin") as qin:
        for kind, code, reason, state in (
            ("person", "S1", " ", "CS206"),
            ("person", "S1", None, "CS206"),
            ("person", "S99", "x", "CS208"),
            ("person", "sales", "x", "CS208"),
            ("role", "S1", "x", "CS208"),
            ("branch", "BJ", "x", "CS208"),
            (None, "S1", "x", "CS208"),
            ("person", None, "x", "CS208"),
        ):
            assert refusal(qin, "SELECT pgcustsec.suspend(%s, %s, %s)", kind, code, reason) == state, (kind, code)
        qin.execute(SUSPEND, ["person", "S1"])
        assert refusal(qin, SUSPEND, "person", "S1") == "CS304"


LAST = [("person", "L1"), ("role", "legal_officer"), ("department", "legal")]


@pytest.mark.parametrize(("kind", "code"), LAST)
def test_the_last_supervisor_who_could_lift_it_is_not_suspended(broker: Broker, kind: str, code: str) -> None:
    with login(broker, "qin") as qin:
        with qin.transaction(force_rollback=True):
            qin.execute(SUSPEND, [kind, code])
        broker.execute("UPDATE pgcustsec_internal.staff SET login = NULL WHERE staff_id = 'K1'")
        assert refusal(qin, SUSPEND, kind, code) == "CS605", "han cannot come in"
        assert broker.rows("SELECT count(*) FROM pgcustsec_internal.suspension") == [(0,)]
    with login(broker, "luo") as luo:
        assert value(luo, "SELECT count(*) FROM pgcustsec.suspensions") == 0


def test_who_is_concerned_themselves_could_not_lift_it(broker: Broker) -> None:
    broker.execute(
        "UPDATE pgcustsec_internal.staff SET login = NULL WHERE staff_id = 'K1'",
        "INSERT INTO pgcustsec_internal.staff_role VALUES ('L1', 'sales_agent')",
    )
    with login(broker, "qin") as qin:
        assert refusal(qin, SUSPEND, "role", "sales_agent") == "CS605"


def test_a_supervisor_may_suspend_themselves_and_another_lifts_it(broker: Broker) -> None:
    with login(broker, "qin") as qin:
        number = int(value(qin, SUSPEND, "person", "Q1"))
        assert refusal(qin, SUSPEND, "person", "S1") == "CS601"
        assert refusal(qin, "SELECT pgcustsec.reinstate(%s, 'x')", number) == "CS601"
        qin.execute("SELECT pgcustsec.rectify(%s, 'training')", [number])
        reinstate(broker, number)
        assert value(qin, "SELECT count(*) FROM pgcustsec.suspensions") == 1


@pytest.mark.one_server
@pytest.mark.one_server
def test_the_command_says_what_it_did_also_of_who_suspends_themselves(broker: Broker) -> None:
    assert "person Q1" in shell(broker, "qin", "suspend", "person", "Q1", "--reason", "leak").out


def test_two_supervisors_at_once_suspend_somebody_once(broker: Broker) -> None:
    with login(broker, "qin", autocommit=False) as qin, login(broker, "han") as han:
        qin.execute(SUSPEND, ["person", "S1"])
        states = at_once(qin, han, SUSPEND, "person", "S1")
    assert states == ["CS304"]


def test_two_supervisors_at_once_lift_it_once(broker: Broker) -> None:
    number = suspend(broker, "person", "S1")
    rectify(broker, number, by="li")
    with login(broker, "luo", autocommit=False) as luo, login(broker, "han") as han:
        luo.execute("SELECT pgcustsec.reinstate(%s, 'x')", [number])
        states = at_once(luo, han, "SELECT pgcustsec.reinstate(%s, 'x')", number)
    assert states == ["CS208"]


def at_once(first: Connection, second: Connection, statement: str, *parameters: object) -> list[str | None]:
    """Send it over *second* while *first* has its own open, commit that, and return how it ended."""
    states: list[str | None] = []

    def run() -> None:
        try:
            second.execute(statement.encode(), parameters)
            states.append(None)
        except psycopg.Error as error:
            states.append(error.sqlstate)

    other = threading.Thread(target=run)
    other.start()
    other.join(0.3)
    first.commit()
    other.join()
    return states
