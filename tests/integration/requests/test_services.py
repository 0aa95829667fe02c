"""Unattended services: no person, seen to by one, and nothing but standing requests (5.2.1, 5.3)."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import psycopg
import pytest

from pgcustsec.db import Connection
from pgcustsec.matrix.model import Access, Approval, Matrix, RequestKind, Role
from tests.cluster import Server
from tests.integration.clients.world import Broker, built, copy
from tests.integration.requests.office import (
    BJ,
    amend,
    apply,
    audited,
    call,
    file,
    login,
    seen,
    state,
    step,
    withdraw,
)
from tests.integration.requests.test_deputies import deputed
from tests.integration.requests.test_emergencies import URGENT, declared, hours_pass
from tests.work import sign_for_everyone

FILE = "SELECT pgcustsec.file_standing_request(%s, %s, %s, %s, %s::text[], %s::jsonb, %s::text[], %s, %s)"
CELLS = "SELECT name, mobile, email, health, age FROM customer WHERE customer_id = %s"
CLOSED = (None, "***", "***", None, 36)
FULL = ("王小明", "13812345678", "***", None, 36)

#: Two services of zhao's, M1: staff number, login.
SERVICES = (("A1", "dial"), ("A2", "bot"))


def serving(matrix: Matrix) -> Matrix:
    """The broker's matrix with diallers, a kind of request for them that managers file, and an emergency."""
    dialler = Role(
        "dialler",
        "sales",
        {"crm.customer": Access("crm.customer", ("all",), "none", "hidden")},
        service=True,
    )
    dialling = RequestKind(
        "dialling",
        "自动外呼",
        (Approval(role="legal_officer"),),
        30,
        ("sales_manager",),
        max_rows=2,
        standing=True,
    )
    selling = matrix.purposes["selling"]
    return replace(
        matrix,
        roles={**matrix.roles, "dialler": dialler},
        purposes={**matrix.purposes, "selling": replace(selling, roles=(*selling.roles, "dialler"))},
        requests={
            **matrix.requests,
            "dialling": dialling,
            "urgent": replace(URGENT, filed_by=("sales_agent", "sales_manager")),
        },
    )


def register(world: Broker) -> None:
    with world.connect(world.admin) as connection:
        for _, name in SERVICES:
            connection.execute(f"CREATE ROLE {world.login(name)} LOGIN".encode())
    for number, name in SERVICES:
        world.execute(
            "INSERT INTO pgcustsec_internal.staff"
            " (staff_id, full_name, login, department_code, branch_code, manager_id)"
            f" VALUES ('{number}', 'dialler', '{world.login(name)}', 'sales', 'BJ', 'M1')",
            f"INSERT INTO pgcustsec_internal.staff_role VALUES ('{number}', 'dialler')",
        )


@pytest.fixture(scope="module")
def served_broker(server: Server) -> Iterator[Broker]:
    with built(server) as world:
        served = replace(world, matrix=serving(world.matrix))
        apply(served, served.matrix)
        register(served)
        apply(served, served.matrix)
        with served.database.connect() as connection:
            sign_for_everyone(connection)
        yield served


@pytest.fixture
def broker(served_broker: Broker) -> Iterator[Broker]:
    with copy(served_broker) as world:
        yield world


@pytest.fixture
def dial(broker: Broker) -> Iterator[Connection]:
    """The service's own login, in its session."""
    with login(broker, "dial") as connection:
        connection.execute("SELECT pgcustsec.start_session('selling')")
        yield connection


def ask(
    broker: Broker,
    name: str = "zhao",
    *,
    kind: str | None = "dialling",
    service: str | None = "A1",
    purpose: str = "selling",
    relation: str = "crm.customer",
    columns: tuple[str, ...] = ("name", "mobile"),
    where: object = BJ,
    keys: list[str] | None = None,
    days: int | None = 3,
    a_day: int | None = None,
) -> Any:
    """File a standing request as *name*; its number, or the SQLSTATE."""
    predicate = json.dumps(where) if where is not None and keys is None else None
    with login(broker, name) as connection:
        return call(connection, FILE, kind, service, purpose, relation, list(columns), predicate, keys, days, a_day)


def approved(broker: Broker, **terms: Any) -> int:
    number = ask(broker, **terms)
    assert isinstance(number, int), number
    assert step(broker, "luo", number) == "approved"
    return number


def open_full(connection: psycopg.Connection[Any], number: int, key: object = 1) -> str | None:
    found = call(connection, "SELECT pgcustsec.open_full(%s, %s)", number, str(key))
    return found if isinstance(found, str) else None


def cells(connection: psycopg.Connection[Any], key: int = 1) -> tuple[Any, ...] | None:
    return connection.execute(CELLS, [key]).fetchone()


def start(broker: Broker, name: str = "dial") -> Any:
    """Begin a session; None, or the SQLSTATE."""
    with login(broker, name) as connection:
        found = call(connection, "SELECT pgcustsec.start_session('selling')")
        return found if isinstance(found, str) else None


def a_day_passes(broker: Broker) -> None:
    """What was recorded was recorded yesterday."""
    broker.execute(
        "ALTER TABLE pgcustsec_internal.audit DISABLE TRIGGER refuse_rewriting",
        "UPDATE pgcustsec_internal.audit SET at = at - interval '24 hours'",
        "ALTER TABLE pgcustsec_internal.audit ENABLE ALWAYS TRIGGER refuse_rewriting",
    )


# --- the service's work -----------------------------------------------------------------------------------------------


def test_a_service_reads_one_record_after_the_other_in_the_columns_named(broker: Broker, dial: Connection) -> None:
    number = ask(broker)
    assert (state(broker, number, of="zhao"), cells(dial), open_full(dial, number)) == ("filed", CLOSED, "CS302")
    assert step(broker, "luo", number) == "approved"
    assert cells(dial) == CLOSED, "an approval shows nothing by itself"
    assert open_full(dial, number) is None
    assert cells(dial) == FULL and cells(dial, 2) == (None, "***", "***", None, 41)
    assert open_full(dial, number, 2) is None
    assert cells(dial) == CLOSED and cells(dial, 2) == ("韩梅梅", "13712345678", "***", None, 41)
    assert open_full(dial, number, 3) == "CS309", "of another branch than it was asked for"
    assert open_full(dial, number, 99) == "CS201"
    dial.execute("SELECT pgcustsec.close_record('customer')")
    assert cells(dial, 2) == (None, "***", "***", None, 41)
    [(who, keys)] = broker.rows(
        "SELECT staff_id, array_agg(record_key ORDER BY audit_id) FROM pgcustsec_internal.audit"
        " WHERE kind = 'record_opened' AND about = %s GROUP BY 1",
        f"request {number}",
    )
    assert (who, keys) == ("A1", ["1", "2"])
    assert audited(broker, number)[:2] == [("request_filed", "M1", None), ("request_approved", "L1", "ok")]


def test_without_a_request_a_service_sees_tier_3_alone(broker: Broker, dial: Connection) -> None:
    rows = dial.execute(
        "SELECT mobile, email, id_card, bank_account, address, name, health, family, annual_income, note, birth_date"
        " FROM customer"
    ).fetchall()
    assert set(rows) == {("***",) * 5 + (None,) * 6} and len(rows) == 5
    for table in ("crm.customer", "policy", "claim", 'pgcustsec_extracts."dialler.customer"'):
        assert call(dial, f"SELECT count(*) FROM {table}") in ("42501", "42P01"), table


def test_it_opens_so_many_records_a_day_and_any_of_them_again(broker: Broker, dial: Connection) -> None:
    number = approved(broker)
    assert [open_full(dial, number, key) for key in (1, 2, 1, 2, 4)] == [None, None, None, None, "CS309"]
    assert cells(dial, 2) == ("韩梅梅", "13712345678", "***", None, 41), "what was open stays so"
    a_day_passes(broker)
    assert [open_full(dial, number, key) for key in (4, 5, 1)] == [None, None, "CS309"]


def test_what_is_rolled_back_showed_nothing_and_counts_for_nothing(broker: Broker, dial: Connection) -> None:
    number = approved(broker)
    for key in (1, 2, 4, 5):
        dial.execute("BEGIN")
        assert open_full(dial, number, key) is None
        assert call(dial, "SELECT mobile FROM customer WHERE customer_id = %s", key) == "***"
        dial.execute("ROLLBACK")
    assert [open_full(dial, number, key) for key in (1, 2, 4)] == [None, None, "CS309"]


def test_fewer_a_day_may_be_asked_for_and_more_keys_than_a_day(broker: Broker, dial: Connection) -> None:
    number = approved(broker, keys=["1", "2", "4", "5"], a_day=1)
    assert [open_full(dial, number, key) for key in (2, 1)] == [None, "CS309"]
    a_day_passes(broker)
    assert [open_full(dial, number, key) for key in (1, 3)] == [None, "CS309"]


def test_each_request_has_a_limit_of_its_own(broker: Broker, dial: Connection) -> None:
    first, second = approved(broker, a_day=1), approved(broker, a_day=1, columns=("mobile",))
    assert [open_full(dial, first), open_full(dial, second, 2), open_full(dial, first, 2)] == [None, None, "CS309"]
    assert cells(dial, 2) == (None, "13712345678", "***", None, 41)


def test_its_session_and_its_record_are_recorded_and_end(broker: Broker, dial: Connection) -> None:
    number = approved(broker)
    open_full(dial, number)
    dial.execute("SELECT pgcustsec.end_session()")
    assert (cells(dial), open_full(dial, number)) == (CLOSED, "CS005")
    with login(broker, "dial") as again:
        again.execute("SELECT pgcustsec.start_session('selling')")
        assert cells(again) == CLOSED, "another session opens anew"
        assert call(again, "SELECT pgcustsec.start_session('servicing')") == "CS007"


def test_the_end_of_the_term_and_a_word_of_its_manager_end_it_with_the_next_statement(
    broker: Broker, dial: Connection
) -> None:
    closed, lapsed = approved(broker), approved(broker)
    open_full(dial, closed)
    assert cells(dial) == FULL
    assert withdraw(broker, "zhao", closed) is None
    assert (cells(dial), open_full(dial, closed)) == (CLOSED, "CS302")
    open_full(dial, lapsed)
    hours_pass(broker, "3 days")
    assert (cells(dial), open_full(dial, lapsed)) == (CLOSED, "CS308")


def test_an_amendment_by_its_manager_is_approved_anew(broker: Broker, dial: Connection) -> None:
    number = approved(broker)
    assert amend(broker, "zhao", number, ["mobile"], where=BJ, keys=None, days=5) is None
    assert (open_full(dial, number), state(broker, number, of="zhao")) == ("CS302", "filed")
    assert step(broker, "luo", number) == "approved"
    assert open_full(dial, number) is None and cells(dial) == (None, *FULL[1:])
    assert amend(broker, "zhao", number, ["mobile"], where=BJ, keys=None, max_rows=3) == "CS309"


def test_it_makes_no_extract(broker: Broker, dial: Connection) -> None:
    number = approved(broker)
    assert call(dial, "SELECT pgcustsec.begin_extract(%s, 'plain')", number) == "42501"
    with broker.person("zhao") as zhao:
        assert call(zhao, "SELECT pgcustsec.begin_extract(%s, 'plain')", number) == "CS301"


# --- whose it is ------------------------------------------------------------------------------------------------------


def test_who_files_it_does_not_use_it_nor_does_another_service(broker: Broker, dial: Connection) -> None:
    number = approved(broker)
    with broker.person("zhao") as zhao:
        assert open_full(zhao, number) == "CS301"
    with broker.person("li") as li:
        assert open_full(li, number) == "CS301"
    assert start(broker, "bot") is None
    with login(broker, "bot") as bot:
        assert open_full(bot, number) == open_full(bot, 99) == "CS301"
        assert call(bot, "SELECT count(*) FROM pgcustsec.requests") == 0
    assert seen(broker, "dial", "request_id, state, requester, used_by") == [(number, "approved", "M1", "A1")]
    assert seen(broker, "zhao", "used_by") == [("A1",)] and seen(broker, "li") == []
    assert open_full(dial, number) is None


def test_a_persons_request_is_not_the_services(broker: Broker, dial: Connection) -> None:
    with broker.person("li") as li:
        number = file(li)
        for name in ("zhao", "luo"):
            step(broker, name, number)
        assert open_full(dial, number) == "CS301"
        assert open_full(li, number) is None
    assert cells(dial) == CLOSED


@pytest.mark.parametrize(
    ("terms", "code"),
    [
        ({"service": "A9"}, "CS202"),
        ({"service": None}, "CS202"),
        ({"service": ""}, "CS202"),
        ({"service": "M1"}, "CS202"),
        ({"service": "S1"}, "CS202"),
        ({"kind": "special"}, "CS202"),
        ({"kind": "urgent"}, "CS202"),
        ({"kind": "nothing"}, "CS202"),
        ({"kind": None}, "CS202"),
        ({"name": "li"}, "42501"),
        ({"name": "qin"}, "42501"),
        ({"name": "dial"}, "42501"),
        ({"relation": "crm.policy"}, "CS202"),
        ({"purpose": "servicing"}, "CS007"),
        ({"columns": ()}, "CS209"),
        ({"columns": ("secret",)}, "CS209"),
        ({"days": 31}, "CS307"),
        ({"days": None}, "CS306"),
        ({"a_day": 3}, "CS309"),
        ({"a_day": 0}, "CS309"),
        ({"a_day": -1}, "CS309"),
        ({"where": None}, "CS309"),
        ({"keys": []}, "CS309"),
        ({"where": [{"column": "mobile", "is": "=", "value": "1"}]}, "CS309"),
    ],
    ids=str,
)
def test_it_is_filed_for_a_service_of_ones_own_within_what_its_kind_allows(
    broker: Broker, terms: dict[str, Any], code: str
) -> None:
    assert ask(broker, **terms) == code
    assert seen(broker, "qin") == []


def test_nobody_files_one_for_themselves(broker: Broker) -> None:
    with login(broker, "zhao") as zhao:
        assert file(zhao, kind="dialling") == "CS202"
        assert file(zhao, kind="dialling", draft=True) == "CS202"


def test_the_manager_of_another_service_files_nothing_for_this_one(broker: Broker) -> None:
    broker.execute("UPDATE pgcustsec_internal.staff SET manager_id = 'S1' WHERE staff_id = 'A1'")
    assert ask(broker) == "CS202"
    assert isinstance(ask(broker, service="A2"), int)


# --- who answers for it -----------------------------------------------------------------------------------------------


def test_the_managers_agreements_count_for_the_service(broker: Broker, dial: Connection) -> None:
    number = approved(broker)
    assert open_full(dial, number) is None
    broker.execute(
        "INSERT INTO pgcustsec_internal.agreement_text (agreement_code, version, body, digest, in_force_from)"
        " VALUES ('confidentiality', 2, 'x', encode(sha256('x'), 'hex'), clock_timestamp())"
    )
    assert (cells(dial), open_full(dial, number)) == (CLOSED, "CS006"), "nobody has signed the new text"
    assert start(broker) == "CS102"
    with login(broker, "dial") as connection:
        reason = call(connection, "SELECT reason FROM pgcustsec.whoami()")
        assert "confidentiality" in reason
        assert call(connection, "SELECT pgcustsec.sign_agreement('confidentiality', 'x')") == "42501"
    with broker.person("zhao"):  # who signs what is missing
        pass
    assert start(broker) is None


WITHOUT = {
    "has left": "UPDATE pgcustsec_internal.staff SET active = false WHERE staff_id = 'M1'",
    "is not named": "UPDATE pgcustsec_internal.staff SET manager_id = NULL WHERE staff_id = 'A1'",
    "is suspended": "INSERT INTO pgcustsec_internal.suspension (kind, code, reason, suspended_by, in_flight)"
    " VALUES ('person', 'M1', 'leak', 'Q1', '{}')",
    "is suspended by role": "INSERT INTO pgcustsec_internal.suspension (kind, code, reason, suspended_by, in_flight)"
    " VALUES ('role', 'sales_manager', 'leak', 'Q1', '{}')",
}


@pytest.mark.parametrize("manager", WITHOUT)
def test_the_service_is_nobody_when_its_manager(broker: Broker, dial: Connection, manager: str) -> None:
    number = approved(broker)
    open_full(dial, number)
    assert cells(dial) == FULL
    broker.execute(WITHOUT[manager])
    assert cells(dial) is None
    assert open_full(dial, number) not in (None, "CS309")
    assert start(broker) in ("CS101", "CS104", "CS105")


def test_the_clock_that_suspends_its_manager_stops_the_service(broker: Broker, dial: Connection) -> None:
    number = approved(broker)
    open_full(dial, number)
    broker.execute("UPDATE pgcustsec_internal.staff SET manager_id = 'C1' WHERE staff_id = 'M1'")
    declared(broker, "zhao")
    hours_pass(broker, "3 hours 50 minutes")
    assert cells(dial) == FULL
    hours_pass(broker, "10 minutes")
    assert (cells(dial), start(broker)) == (None, "CS104")
    assert open_full(dial, number) == "CS104"
    with login(broker, "bot") as bot:
        assert call(bot, "SELECT count(*) FROM customer") == 0
        assert not call(bot, "SELECT cleared FROM pgcustsec.whoami()")


def test_a_suspension_of_the_service_stops_it_alone(broker: Broker, dial: Connection) -> None:
    number = approved(broker)
    open_full(dial, number)
    with login(broker, "qin") as qin:
        qin.execute("SELECT pgcustsec.suspend('person', 'A1', 'wrong numbers')")
    assert (cells(dial), open_full(dial, number)) == (None, "CS104")
    assert start(broker, "bot") is None
    with broker.person("zhao") as zhao:
        assert call(zhao, "SELECT count(*) FROM sales_manager.customer") > 0
    with login(broker, "qin") as qin:
        assert call(qin, "SELECT pgcustsec.rectify(1, 'another list')") == ""
    with login(broker, "luo") as luo:
        assert call(luo, "SELECT pgcustsec.reinstate(1, 'ok')") == ""
    assert cells(dial) == CLOSED and start(broker) is None
    assert open_full(dial, number) is None


def test_a_service_does_not_answer_for_a_service(broker: Broker) -> None:
    """A service signs nothing: whose manager is one has nobody whose agreements count."""
    number = approved(broker, service="A2")
    broker.execute("UPDATE pgcustsec_internal.staff SET manager_id = 'A1' WHERE staff_id = 'A2'")
    assert start(broker, "bot") == "CS101"
    with login(broker, "bot") as bot:
        assert call(bot, "SELECT count(*) FROM customer") == 0
        assert open_full(bot, number) is not None


def test_another_manager_answers_with_their_own_agreements(broker: Broker, dial: Connection) -> None:
    number = approved(broker)
    open_full(dial, number)
    broker.execute(
        "ALTER TABLE pgcustsec_internal.agreement_signature DISABLE TRIGGER refuse_rewriting",
        "DELETE FROM pgcustsec_internal.agreement_signature WHERE staff_id = 'C1'",
        "ALTER TABLE pgcustsec_internal.agreement_signature ENABLE ALWAYS TRIGGER refuse_rewriting",
        "UPDATE pgcustsec_internal.staff SET manager_id = 'C1' WHERE staff_id = 'A1'",
    )
    assert (cells(dial), start(broker)) == (CLOSED, "CS102")


def test_with_another_manager_what_was_asked_for_is_void_until_the_one_before_is_back(
    broker: Broker, dial: Connection
) -> None:
    waiting, done = ask(broker), approved(broker)
    open_full(dial, done)
    broker.execute("UPDATE pgcustsec_internal.staff SET manager_id = 'C1' WHERE staff_id = 'A1'")
    assert start(broker) is None, "chen has signed, and answers for it now"
    assert (cells(dial), open_full(dial, done)) == (CLOSED, "CS308")
    assert step(broker, "luo", waiting) in ("CS202", "CS308")
    assert amend(broker, "zhao", done, ["mobile"], where=BJ, keys=None) in ("CS202", "CS308")
    with login(broker, "qin") as qin:
        assert call(qin, WHO, "mobile") is None
    broker.execute("UPDATE pgcustsec_internal.staff SET manager_id = 'M1' WHERE staff_id = 'A1'")
    assert start(broker) is None and open_full(dial, done) is None
    assert cells(dial) == FULL


def test_who_answers_for_a_service_now_can_end_what_it_uses(broker: Broker, dial: Connection) -> None:
    """What the manager before them asked for ends with that manager, or is theirs to see and to close."""
    number = approved(broker)
    broker.execute("UPDATE pgcustsec_internal.staff SET manager_id = 'C1' WHERE staff_id = 'A1'")
    assert start(broker) is None, "chen has signed"
    used = open_full(dial, number) is None
    assert not used or seen(broker, "chen", "request_id") == [(number,)], "it reads by what nobody who answers sees"
    assert not used or withdraw(broker, "chen", number) is None


def test_a_service_whose_manager_is_back_begins_anew(broker: Broker, dial: Connection) -> None:
    """As whoever was suspended does: what was open when it came is not open when it is lifted."""
    number = approved(broker)
    open_full(dial, number)
    with login(broker, "qin") as qin:
        qin.execute("SELECT pgcustsec.suspend('person', 'M1', 'leak')")
        qin.execute("SELECT pgcustsec.rectify(1, 'explained')")
    assert cells(dial) is None
    with login(broker, "luo") as luo:
        luo.execute("SELECT pgcustsec.reinstate(1, 'ok')")
    assert cells(dial) == CLOSED
    assert start(broker) is None and open_full(dial, number) is None


def test_a_service_owes_no_agreement_and_is_listed_among_nobodys(broker: Broker) -> None:
    with login(broker, "qin") as qin:
        assert call(qin, "SELECT count(*) FROM pgcustsec.agreements WHERE staff_id LIKE 'A%'") == 0
        assert call(qin, "SELECT count(*) FROM pgcustsec.agreements WHERE staff_id = 'M1'") > 0, "the control"


# --- what a service is not --------------------------------------------------------------------------------------------


def test_a_person_who_is_given_a_service_role_has_nothing_of_their_other_roles(broker: Broker) -> None:
    with broker.person("li") as li:
        own = file(li)
        draft = file(li, draft=True)
        for name in ("zhao", "luo"):
            step(broker, name, own)
        assert open_full(li, own) is None
        assert call(li, "SELECT mobile FROM sales_agent.customer WHERE customer_id = 1") == "13812345678"
        broker.execute("INSERT INTO pgcustsec_internal.staff_role VALUES ('S1', 'dialler')")
        try:
            apply(broker, broker.matrix)
            for table in ("customer", "policy"):
                assert call(li, f"SELECT count(*) FROM sales_agent.{table}") == 0
            assert call(li, "SELECT roles FROM pgcustsec.whoami()") == ["dialler"]
            assert open_full(li, own) in ("CS202", "CS208")
            assert file(li) == "CS202"
            assert call(li, "SELECT pgcustsec.submit_request(%s)", draft) == "CS202"
            assert call(li, "SELECT pgcustsec.open_record('customer', '1', 'x')") not in ("", None)
            assert call(li, "SELECT count(*) FROM sales_agent.customer") == 0
        finally:
            broker.execute("DELETE FROM pgcustsec_internal.staff_role WHERE (staff_id, role_code) = ('S1', 'dialler')")
            apply(broker, broker.matrix)
        assert call(li, "SELECT count(*) FROM sales_agent.customer") > 0


def test_a_person_with_a_service_role_does_in_it_what_a_service_may_and_no_more(broker: Broker) -> None:
    """Their login may still call what their other role is let into; in the role of services that finds nothing."""
    number = approved(broker)
    broker.execute("INSERT INTO pgcustsec_internal.staff_role VALUES ('S1', 'dialler')")
    try:
        apply(broker, broker.matrix)
        with login(broker, "li") as li:
            li.execute("SELECT pgcustsec.start_session('selling')")
            assert call(li, "SELECT count(*) FROM dialler.customer") == 5, "the control: at work as a dialler"
            for table in ("customer", "dialler.customer", "crm.customer"):
                for statement in (
                    f"SELECT count(*) FROM pgcustsec.find('{table}', 'mobile', '13912345678')",
                    f"SELECT pgcustsec.open_record('{table}', '3', 'x')",
                    f"SELECT pgcustsec.show_record('{table}', '3', 'mobile', 'x')",
                ):
                    found = call(li, statement)
                    assert isinstance(found, str) and found[:2] in ("CS", "42"), (statement, found)
            assert open_full(li, number) == "CS301"
            assert call(li, "SELECT pgcustsec.name_deputy('S2', now(), now() + interval '1 day')") != ""
    finally:
        broker.execute("DELETE FROM pgcustsec_internal.staff_role WHERE (staff_id, role_code) = ('S1', 'dialler')")
        apply(broker, broker.matrix)


def test_a_service_decides_nothing_though_it_holds_a_role_that_does(broker: Broker) -> None:
    number = ask(broker, service="A2")
    with login(broker, "li") as li:
        other = file(li)
    step(broker, "zhao", other)
    broker.execute("INSERT INTO pgcustsec_internal.staff_role VALUES ('A1', 'legal_officer')")
    try:
        apply(broker, broker.matrix)
        assert step(broker, "dial", number) not in ("approved", "in approval")
        assert step(broker, "dial", other) not in ("approved", "in approval")
        assert seen(broker, "zhao", "deciders", number) == [(["L1"],)]
        with login(broker, "dial") as dial:
            assert call(dial, "SELECT count(*) FROM pgcustsec.suspensions") == 0
            assert call(dial, "SELECT pgcustsec.suspend('person', 'S2', 'x')") == "CS601"
    finally:
        broker.execute(
            "DELETE FROM pgcustsec_internal.staff_role WHERE (staff_id, role_code) = ('A1', 'legal_officer')"
        )
        apply(broker, broker.matrix)


def test_nor_does_a_deputy_of_whom_became_a_service(broker: Broker) -> None:
    number = ask(broker)
    deputed(broker, "luo", "U1")
    assert seen(broker, "zhao", "deciders", number) == [(["L1", "U1"],)], "the control"
    broker.execute("INSERT INTO pgcustsec_internal.staff_role VALUES ('L1', 'dialler')")
    assert seen(broker, "zhao", "deciders", number) == [([],)]
    assert step(broker, "ouyang", number) == "CS301"


def test_a_service_decides_nothing_as_the_manager_of_somebody(broker: Broker) -> None:
    broker.execute(
        "UPDATE pgcustsec_internal.staff SET manager_id = 'A1' WHERE staff_id = 'S2'",
    )
    with login(broker, "wang") as wang:
        number = file(wang, keys=["3"])
    assert step(broker, "dial", number) == "42501"
    assert seen(broker, "wang", "deciders") == [([],)], "so it waits for a person"


def test_a_role_that_becomes_a_service_takes_its_holders_other_roles_at_once(broker: Broker) -> None:
    """By apply alone: nobody is registered or changed after it."""
    person = replace(broker.matrix.roles["dialler"], service=False)
    roles = {**broker.matrix.roles, "dialler": person}
    kinds = {name: kind for name, kind in broker.matrix.requests.items() if name != "dialling"}
    try:
        apply(broker, replace(broker.matrix, roles=roles, requests=kinds))
        broker.execute("INSERT INTO pgcustsec_internal.staff_role VALUES ('S1', 'dialler')")
        apply(broker, replace(broker.matrix, roles=roles, requests=kinds))
        with broker.person("li") as li:
            assert call(li, "SELECT count(*) FROM sales_agent.customer") > 0
            assert call(li, "SELECT count(*) FROM dialler.customer") == 5
            apply(broker, broker.matrix)
            assert call(li, "SELECT count(*) FROM sales_agent.customer") == 0
            assert call(li, "SELECT roles FROM pgcustsec.whoami()") == ["dialler"]
    finally:
        broker.execute("DELETE FROM pgcustsec_internal.staff_role WHERE (staff_id, role_code) = ('S1', 'dialler')")
        apply(broker, broker.matrix)


def test_a_service_whose_role_is_no_service_any_more_uses_nothing_that_was_standing(
    broker: Broker, dial: Connection
) -> None:
    number = approved(broker)
    open_full(dial, number)
    person = replace(broker.matrix.roles["dialler"], service=False)
    try:
        apply(broker, replace(broker.matrix, roles={**broker.matrix.roles, "dialler": person}))
        assert cells(dial) in (None, CLOSED)
        assert open_full(dial, number) is not None
        assert start(broker) == "CS102", "a person signs for themselves"
    finally:
        apply(broker, broker.matrix)


@pytest.mark.parametrize("change", ["gone", "not standing", "rows"])
def test_another_kind_in_the_matrix_voids_what_was_approved(broker: Broker, dial: Connection, change: str) -> None:
    number = approved(broker)
    open_full(dial, number)
    kinds = dict(broker.matrix.requests)
    if change == "gone":
        del kinds["dialling"]
    else:
        terms: dict[str, Any] = {"standing": False} if change == "not standing" else {"max_rows": 100}
        kinds["dialling"] = replace(kinds["dialling"], **terms)
    try:
        apply(broker, replace(broker.matrix, requests=kinds))
        assert cells(dial) == CLOSED
        assert open_full(dial, number) in ("CS302", "CS308")
        if change == "not standing":
            assert step(broker, "luo", number) == "CS202"
        if change == "rows":
            assert step(broker, "luo", number) == "approved" and open_full(dial, number) is None
    finally:
        apply(broker, broker.matrix)


# --- what is said about it --------------------------------------------------------------------------------------------

WHY = "SELECT shown FROM pgcustsec.explain_access('A1', 'crm.customer', '1', %s)"
WHO = (
    "SELECT role, staff, through FROM pgcustsec.who_may_see('crm.customer', %s)"
    " WHERE through LIKE '%%request %%' ORDER BY staff"
)


def test_what_is_explained_is_what_the_service_sees(broker: Broker, dial: Connection) -> None:
    with login(broker, "qin") as qin:
        assert call(qin, WHY, "mobile") == "hidden"
        number = approved(broker)
        assert qin.execute(WHO.encode(), ["mobile"]).fetchall() == [
            ("dialler", "A1", f"request {number}, approved by L1")
        ]
        assert qin.execute(WHO.encode(), ["email"]).fetchall() == []
        open_full(dial, number)
        for column, shown in (("name", "shown"), ("mobile", "shown"), ("email", "hidden"), ("health", "hidden")):
            assert call(qin, WHY, column) == shown, column
        assert cells(dial) == FULL
        broker.execute(WITHOUT["has left"])
        assert call(qin, WHY, "mobile") == "no row"
        assert qin.execute(WHO.encode(), ["mobile"]).fetchall() == []
        everybody = "SELECT count(*) FROM pgcustsec.who_may_see('crm.customer', 'gender') WHERE staff = 'A1'"
        assert call(qin, everybody) == 0
        [(why,)] = qin.execute(
            "SELECT why FROM pgcustsec.explain_access('A1', 'crm.customer', '1', 'mobile')"
        ).fetchall()
        assert why != "the person has left", "it is not A1 who left, but who answers for it"


def test_no_person_is_said_to_see_what_the_service_may(broker: Broker, dial: Connection) -> None:
    number = approved(broker)
    open_full(dial, number)
    with login(broker, "qin") as qin:
        found = {
            call(qin, f"SELECT shown FROM pgcustsec.explain_access('{who}', 'crm.customer', '1', 'mobile')")
            for who in ("M1", "A2")
        }
    assert found == {"hidden"}


def run(broker: Broker, name: str, *arguments: str, code: int = 0) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "pgcustsec", *arguments, "-d", broker.database.conninfo(broker.login(name))],
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    assert done.returncode == code, done.stdout + done.stderr
    assert "Traceback" not in done.stderr and "a fault of ours" not in done.stderr
    return " ".join((done.stdout if code == 0 else done.stderr).split())


FILING = (
    *("request", "file", "dialling", "crm.customer", "--purpose", "selling"),
    *("--column", "mobile", "--days", "3", "--where", "branch_code=BJ", "--max-rows", "2"),
)


def test_a_standing_request_from_its_filing_to_its_use_by_command(broker: Broker, dial: Connection) -> None:
    shown = run(broker, "zhao", *FILING, "--service", "A1")
    assert "1, dialling: filed" in shown and "the service A1" in shown and "2 a day at most" in shown
    [asked] = json.loads(run(broker, "luo", "request", "list", "--mine-to-decide", "--format", "json"))
    assert (asked["requester"], asked["used_by"], asked["role"]) == ("M1", "A1", "dialler")
    assert "A1" in run(broker, "luo", "request", "show", "1"), "who approves reads for which service"
    run(broker, "luo", "request", "approve", "1", "--comment", "the list of March")
    assert open_full(dial, 1) is None
    assert [one["state"] for one in json.loads(run(broker, "dial", "request", "list", "--format", "json"))] == [
        "approved"
    ]


@pytest.mark.parametrize(
    ("name", "arguments", "code", "words"),
    [
        ("zhao", (*FILING, "--service", "A9"), 3, "a service that you answer for"),
        ("zhao", FILING, 3, "a service that you answer for"),
        ("zhao", (*FILING, "--service", "A1", "--draft"), 2, "no draft"),
        ("li", (*FILING, "--service", "A1"), 3, "may not"),
        ("dial", (*FILING, "--service", "A1"), 3, "may not"),
    ],
    ids=lambda one: " ".join(one[-2:]) if isinstance(one, tuple) else None,
)
def test_what_is_refused_is_said_plainly(
    broker: Broker, name: str, arguments: tuple[str, ...], code: int, words: str
) -> None:
    assert words in run(broker, name, *arguments, code=code)
