"""Taking prospects out of the shared pool, and giving them back (4.2)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import psycopg
import pytest

from tests.integration.clients.world import Broker
from tests.integration.pool.conftest import aged, claim, claims, holder, recycle, refused, release, terms
from tests.work import begin_work

SEEN = "SELECT customer_id, health FROM customer ORDER BY customer_id"


def test_who_claims_a_prospect_serves_it_from_then_on(broker: Broker) -> None:
    with broker.person("li") as li, broker.person("wang") as wang:
        assert (2, None) in li.execute(SEEN).fetchall()
        [(until,)] = li.execute("SELECT pgcustsec.claim('customer', '2')").fetchall()
        assert (2, "unknown") in li.execute(SEEN).fetchall()
        assert wang.execute(SEEN).fetchall() == [(3, "well"), (5, None)]
    assert abs(until - datetime.now(UTC) - timedelta(days=30)) < timedelta(minutes=1)
    assert holder(broker, 2) == "S1"
    [(fresh,)] = broker.rows("SELECT now() - claimed_at < interval '1 minute' FROM crm.customer WHERE customer_id = 2")
    assert fresh
    assert claims(broker) == [("S1", "2", True, None)]


@pytest.mark.parametrize("relation", ["customer", "crm.customer", "sales_agent.customer"])
def test_a_table_is_named_as_in_queries_or_as_in_the_matrix(broker: Broker, relation: str) -> None:
    with broker.person("li") as li:
        assert claim(li, 2, relation) is None
        assert release(li, 2, relation) is None


def test_what_is_given_back_is_in_the_pool_again_and_its_holder_serves_it_no_longer(broker: Broker) -> None:
    with broker.person("li") as li, broker.person("wang") as wang:
        assert claim(li, 2) is None
        assert release(li, 2) is None
        assert (2, None) in li.execute(SEEN).fetchall()
        assert (2, None) in wang.execute(SEEN).fetchall()
        assert claim(wang, 2) is None
    assert broker.rows("SELECT claimed_at IS NULL FROM crm.customer WHERE customer_id = 5") == [(True,)]
    assert claims(broker) == [("S1", "2", True, "released"), ("S2", "2", True, None)]


def test_only_its_holder_gives_a_prospect_back(broker: Broker) -> None:
    with broker.person("li") as li, broker.person("wang") as wang:
        assert claim(li, 2) is None
        assert {release(wang, 2), release(wang, 5), release(wang, 99), release(wang, "x")} == {"CS505"}
        assert release(li, 1) == "CS505", "who bought is no prospect: their manager decides who serves them"
    assert holder(broker, 2) == "S1"


@pytest.mark.parametrize("key", ["1", "3", "99", "", "x", "2; DROP TABLE crm.customer"])
def test_what_is_not_in_the_pool_is_not_claimed_whatever_it_is(broker: Broker, key: str) -> None:
    """One's own customer, another's, none at all: one answer."""
    with broker.person("li") as li:
        with pytest.raises(psycopg.Error) as raised:
            li.execute("SELECT pgcustsec.claim('customer', %s)", [key])
        assert raised.value.sqlstate == "CS502"
        assert raised.value.diag.message_primary == (
            "no such prospect in the shared pool of crm.customer, or somebody is taking it now (4.2)"
        )
    assert claims(broker) == []


@pytest.mark.parametrize("login", ["zhao", "chen", "sun", "qin"])
def test_who_does_not_see_the_pool_takes_nothing_out_of_it(broker: Broker, login: str) -> None:
    with broker.person(login) as person:
        assert claim(person, 2) == "42501"
        assert release(person, 2) == "42501"


def test_a_table_without_a_pool_is_told(broker: Broker) -> None:
    with broker.person("li") as li:
        assert {claim(li, 1, name) for name in ("policy", "crm.claim", "nothing", "", "a.b.c", "'")} == {"CS208"}


def test_a_person_claims_in_a_session_and_in_read_committed_only(broker: Broker) -> None:
    with broker.person("li") as li:
        li.execute("SELECT pgcustsec.end_session()")
        assert claim(li, 2) == "CS005"
        begin_work(li)
        li.execute("SET default_transaction_isolation = 'repeatable read'")
        assert claim(li, 2) == "CS107"
        li.execute("RESET default_transaction_isolation")
        li.execute("BEGIN")
        li.execute("SELECT pgcustsec.end_session(); SELECT pgcustsec.start_session('selling')")
        assert claim(li, 2) in ("CS005", "CS006"), "a session counts once it is committed"
        li.execute("ROLLBACK")
        assert claim(li, 2) is None


def test_who_is_suspended_or_has_left_claims_nothing(broker: Broker) -> None:
    with broker.person("li") as li, broker.person("qin") as qin:
        qin.execute("SELECT pgcustsec.suspend('person', 'S1', 'list passed on')")
        assert claim(li, 2) == "CS104"
        assert release(li, 2) == "CS104"
    with broker.person("wang") as wang:
        broker.rows("UPDATE pgcustsec_internal.staff SET active = false WHERE staff_id = 'S2' RETURNING 1")
        assert claim(wang, 2) == "CS001"


def test_nobody_holds_more_prospects_than_the_limit_and_customers_do_not_count(broker: Broker) -> None:
    terms(broker, claim_limit=1)
    with broker.person("li") as li:
        assert claim(li, 2) is None, "1 and 4 have bought"
        assert claim(li, 5) == "CS503"
        assert release(li, 2) is None
        assert claim(li, 5) is None
        broker.as_owner("UPDATE crm.customer SET status = 'customer' WHERE customer_id = 5")
        terms(broker, cool_down_days=0)
        assert claim(li, 2) is None, "5 has bought"


def test_a_prospect_that_one_made_oneself_counts(broker: Broker) -> None:
    terms(broker, claim_limit=1)
    with broker.person("li") as li:
        li.execute("INSERT INTO customer (status, owner_staff_id, branch_code) VALUES ('prospect', 'S1', 'BJ')")
        assert claim(li, 2) == "CS503"


def test_who_had_a_prospect_waits_before_claiming_it_again(broker: Broker) -> None:
    with broker.person("li") as li, broker.person("wang") as wang:
        assert claim(li, 2) is None
        assert release(li, 2) is None
        assert claim(li, 2) == "CS504"
        assert claim(wang, 2) is None
        assert release(wang, 2) is None
        assert claim(li, 2) == "CS504", "also when somebody else had it since"
        terms(broker, cool_down_days=0)
        assert claim(li, 2) is None


def test_who_came_to_a_prospect_without_claiming_waits_as_well(broker: Broker) -> None:
    broker.as_owner("UPDATE crm.customer SET owner_staff_id = 'S1' WHERE customer_id IN (2, 5)")
    with broker.person("li") as li:
        assert release(li, 2) is None
        assert claim(li, 2) == "CS504"
    aged(broker, 31, 5)
    assert recycle(broker) == 1
    with broker.person("li") as li:
        assert claim(li, 5) == "CS504"
    assert claims(broker) == [("S1", "2", False, "released"), ("S1", "5", False, "recycled")]


def test_a_row_that_was_freed_without_the_pool_is_not_claimed_at_once_by_who_had_it(broker: Broker) -> None:
    with broker.person("li") as li, broker.person("wang") as wang:
        assert claim(li, 2) is None
        broker.as_owner("UPDATE crm.customer SET owner_staff_id = NULL WHERE customer_id = 2")
        assert claim(li, 2) == "CS504"
        assert claims(broker) == [("S1", "2", True, None)]
        assert claim(wang, 2) is None
    assert claims(broker) == [("S1", "2", True, "reassigned"), ("S2", "2", True, None)]


def test_a_claim_spends_an_opening_and_is_written_down(broker: Broker) -> None:
    with broker.person("li") as li:
        before = li.execute("SELECT spent FROM pgcustsec.my_budget() WHERE what = 'openings'").fetchall()
        assert claim(li, 2) is None
        assert claim(li, 3) == "CS502"
        after = li.execute("SELECT spent FROM pgcustsec.my_budget() WHERE what = 'openings'").fetchall()
        assert release(li, 2) is None
    assert after[0][0] - before[0][0] == 1, "what is refused costs nothing"
    with broker.person("qin") as qin:
        written = qin.execute(
            "SELECT kind, staff_id, role_code, relation, record_key, customer_key, purpose FROM pgcustsec.access_log"
            " WHERE kind LIKE 'prospect%' ORDER BY audit_id"
        ).fetchall()
    row = ("S1", "sales_agent", "crm.customer", "2", "crm.customer 2", "selling")
    assert written == [("prospect_claimed", *row), ("prospect_released", *row)]


def test_a_spent_budget_ends_claiming_too(broker: Broker) -> None:
    broker.rows("UPDATE pgcustsec_internal.role SET openings_per_day = 1 WHERE role_code = 'sales_agent' RETURNING 1")
    with broker.person("li") as li:
        assert claim(li, 2) is None
        assert claim(li, 5) == "CS204"
    assert holder(broker, 5) is None


def test_opening_searching_and_writing_go_on_as_before(broker: Broker) -> None:
    with broker.person("li") as li:
        assert claim(li, 2) is None
        assert li.execute("SELECT pgcustsec.find('customer', 'mobile', '13712345678')").fetchall() == [("2",)]
        li.execute("SELECT pgcustsec.open_record('customer', '2', 'first call')")
        assert li.execute("SELECT mobile FROM customer WHERE customer_id = 2").fetchall() == [("137****5678",)]
        li.execute("UPDATE customer SET note = 'called', last_contact_at = now() WHERE customer_id = 2")
        assert release(li, 2) is None
        assert refused(li, "UPDATE customer SET note = 'again' WHERE customer_id = 2") == "CS402"


def test_base_table_and_vault_stay_in_step(broker: Broker) -> None:
    before = broker.snapshot()
    with broker.person("li") as li:
        assert claim(li, 2) is None
    after = broker.snapshot()
    changed = {cell for cell in before if before[cell] != after[cell]}
    assert changed == {("customer", 2, "owner_staff_id"), ("customer", 2, "claimed_at")}
    broker.assert_in_step()
