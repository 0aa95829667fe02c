"""Past its term a row shows to nobody, before any sweep: to no role, by no road, nor what hangs on it (4.3)."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest

from pgcustsec.db import Connection
from tests.integration.clients.world import Broker
from tests.integration.retention.world import past_term, until

#: Person, the views of their role, and how its rows tell whose they are.
SEES = {
    "li": ("customer", "policy"),
    "zhao": ("customer", "policy", "assignment"),
    "chen": ("customer", "policy", "claim", "attachment"),
    "sun": ("customer",),
    "ouyang": ("customer",),
}
OF = {
    "customer": "customer_id = 1",
    "policy": "customer_id = 1",
    "assignment": "customer_id = 1",
    "attachment": "customer_id = 1",
    "claim": "claim_id = 1",
}


def count(connection: Connection, view: str) -> int:
    [(rows,)] = connection.execute(f"SELECT count(*) FROM {view} WHERE {OF[view]}".encode()).fetchall()
    connection.commit()
    return int(rows)


@pytest.fixture
def known(broker: Broker) -> Broker:
    """Customer 1 has one of everything."""
    broker.execute("INSERT INTO crm.attachment (customer_id, media_type, caption) VALUES (1, 'text/plain', 'letter')")
    return broker


def shows(broker: Broker) -> dict[tuple[str, str], int]:
    found: dict[tuple[str, str], int] = {}
    for name, views in SEES.items():
        with broker.person(name) as person:
            found |= {(name, view): count(person, view) for view in views}
    return found


def test_a_row_past_its_term_and_what_hangs_on_it_show_to_nobody(known: Broker) -> None:
    before = shows(known)
    assert set(before.values()) == {1}, "the control: everybody sees it"
    past_term(known, 1)
    assert set(shows(known).values()) == {0}
    assert known.rows("SELECT count(*) FROM crm.customer WHERE customer_id = 1") == [(1,)], "it is there all the same"


def test_a_prospect_past_its_term_is_in_no_pool(known: Broker) -> None:
    with known.person("li") as li:
        assert li.execute("SELECT customer_id FROM customer WHERE owner_staff_id IS NULL ORDER BY 1").fetchall() == [
            (2,),
            (5,),
        ]
        past_term(known, 2)
        assert li.execute("SELECT customer_id FROM customer WHERE owner_staff_id IS NULL").fetchall() == [(5,)]


def test_it_shows_again_when_a_policy_is_sold(known: Broker) -> None:
    past_term(known, 1)
    known.execute("INSERT INTO crm.policy (customer_id, product, starts_on, ends_on) VALUES (1, 'life', now(), NULL)")
    with known.person("li") as li:
        assert count(li, "customer") == 1 and count(li, "policy") == 2


def test_the_term_passes_within_a_session(known: Broker) -> None:
    """From one statement to the next of one transaction, without anybody writing."""
    known.execute(
        "UPDATE crm.policy SET ends_on = '2001-01-01' WHERE customer_id = 1",
        "UPDATE crm.customer SET last_contact_at = clock_timestamp() - interval '87600 hours' + interval '0.7 seconds'"
        " WHERE customer_id = 1",
    )
    with known.person("li") as li:
        li.execute("PREPARE mine AS SELECT count(*) FROM customer WHERE customer_id = 1")
        li.execute("DECLARE c CURSOR WITH HOLD FOR SELECT customer_id FROM customer")
        assert li.execute("EXECUTE mine").fetchall() == [(1,)], "not yet"
        li.execute("SELECT pg_sleep_until(%s)", [until(known, 1)])
        assert li.execute("EXECUTE mine").fetchall() == [(0,)]
        # A cursor keeps what it began with, as with a suspension.
        assert (1,) in li.execute("FETCH ALL FROM c").fetchall()


def test_an_old_snapshot_shows_nothing_that_is_past_its_term(known: Broker) -> None:
    """Rows are those of the snapshot, and so are their dates; the term is compared with the clock of the statement."""
    known.execute(
        "UPDATE crm.policy SET ends_on = '2001-01-01' WHERE customer_id = 1",
        "UPDATE crm.customer SET last_contact_at = clock_timestamp() - interval '87600 hours' + interval '0.7 seconds'"
        " WHERE customer_id = 1",
    )
    with known.person("sun") as sun, sun.transaction():
        sun.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        assert sun.execute("SELECT count(*) FROM customer WHERE customer_id = 1").fetchall() == [(1,)]
        sun.execute("SELECT pg_sleep_until(%s)", [until(known, 1)])
        assert sun.execute("SELECT count(*) FROM customer WHERE customer_id = 1").fetchall() == [(0,)]


def refusal(connection: Connection, statement: str, *parameters: Any) -> tuple[str | None, str]:
    """The SQLSTATE and the words of the refusal."""
    with pytest.raises(psycopg.Error) as error:
        connection.execute(statement.encode(), parameters or None)
    connection.rollback()
    return error.value.sqlstate, (error.value.diag.message_primary or "").replace("99999", "1")


@pytest.mark.parametrize(
    ("name", "statement"),
    [
        ("li", "SELECT pgcustsec.open_record('crm.customer', '{}', 'call')"),
        ("chen", "SELECT pgcustsec.show_record('crm.customer', '{}', 'mobile', 'call')"),
        ("chen", "INSERT INTO claim (policy_id, diagnosis, filed_on) VALUES ({}, 'x', now())"),
    ],
)
def test_it_is_refused_as_what_is_not_there(known: Broker, name: str, statement: str) -> None:
    past_term(known, 1)
    with known.person(name) as person:
        assert refusal(person, statement.format(1)) == refusal(person, statement.format(99999))


def test_it_is_not_found_by_its_number(known: Broker) -> None:
    find = "SELECT * FROM pgcustsec.find('crm.customer', 'mobile', '13812345678')"
    with known.person("li") as li:
        assert len(li.execute(find).fetchall()) == 1
        past_term(known, 1)
        assert li.execute(find).fetchall() == []


def test_it_is_changed_by_nobody_who_works_with_views(known: Broker) -> None:
    past_term(known, 1)
    before = until(known, 1)
    with known.person("li") as li:
        assert li.execute("UPDATE customer SET last_contact_at = now() WHERE customer_id = 1").rowcount == 0
    with known.person("chen") as chen:
        assert chen.execute("UPDATE customer SET email = 'a@b.example' WHERE customer_id = 1").rowcount == 0
        assert chen.execute("UPDATE claim SET amount = 1 WHERE claim_id = 1").rowcount == 0
    assert until(known, 1) == before


def test_a_record_that_was_open_is_not_any_more(known: Broker) -> None:
    with known.person("li") as li:
        li.execute("SELECT pgcustsec.open_record('crm.customer', '1', 'call')")
        li.commit()
        assert li.execute("SELECT mobile FROM customer WHERE customer_id = 1").fetchall() == [("138****5678",)]
        past_term(known, 1)
        assert li.execute("SELECT mobile FROM customer WHERE customer_id = 1").fetchall() == []


def approved(broker: Broker) -> int:
    """A request of li's for the numbers of customers 1 and 4, approved."""
    with broker.person("li") as li:
        [(number,)] = li.execute(
            "SELECT pgcustsec.file_request('special', 'selling', 'crm.customer', '{name,mobile}', NULL, '{1,4}', 3)"
        ).fetchall()
    for name in ("zhao", "luo"):
        with broker.database.connect(user=broker.login(name)) as approver:
            approver.execute("SELECT pgcustsec.decide_request(%s, 'approve', 'needed')", [number])
    return int(number)


def test_an_extract_of_a_request_that_was_approved_before_leaves_it_out(known: Broker) -> None:
    number = approved(known)
    read = 'SELECT mobile FROM pgcustsec_extracts."sales_agent.customer"'
    with known.person("li") as li:
        past_term(known, 1)
        [(extract,)] = li.execute("SELECT pgcustsec.begin_extract(%s, 'plain')", [number]).fetchall()
        li.commit()
        assert li.execute(read).fetchall() == [(None,)], "customer 4, who has no number"
    assert known.rows("SELECT integers FROM pgcustsec_internal.extract WHERE extract_id = %s", extract) == [([4],)]


def test_an_extract_that_was_begun_before_reads_it_no_more(known: Broker) -> None:
    number = approved(known)
    read = 'SELECT mobile FROM pgcustsec_extracts."sales_agent.customer" ORDER BY 1'
    with known.person("li") as li:
        li.execute("SELECT pgcustsec.begin_extract(%s, 'plain')", [number])
        li.commit()
        assert li.execute(read).fetchall() == [("13812345678",), (None,)]
        past_term(known, 1)
        assert li.execute(read).fetchall() == [(None,)]


def test_why_a_cell_shows_says_no_more_of_it(known: Broker) -> None:
    past_term(known, 1)
    asked = "SELECT * FROM pgcustsec.explain_access('S1', 'crm.customer', %s, 'mobile')"
    with known.person("li") as li:
        here, gone = (li.execute(asked, [key]).fetchall() for key in ("1", "99999"))
    assert here == gone
