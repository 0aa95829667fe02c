"""What nobody works on goes back to the pool by itself (4.2, 4.3)."""

from __future__ import annotations

import psycopg
import pytest

from tests.integration.clients.world import Broker
from tests.integration.pool.conftest import aged, claim, claims, holder, recycle


def test_a_prospect_without_progress_goes_back_and_its_holder_serves_it_no_longer(broker: Broker) -> None:
    with broker.person("li") as li:
        assert claim(li, 2) is None
        assert recycle(broker) == 0
        aged(broker, 29, 2)
        assert recycle(broker) == 0
        aged(broker, 31, 2)
        assert recycle(broker) == 1
        assert li.execute("SELECT owner_staff_id, health FROM customer WHERE customer_id = 2").fetchall() == [
            (None, None)
        ]
        assert claim(li, 2) == "CS504"
    assert broker.rows("SELECT claimed_at FROM crm.customer WHERE customer_id = 2") == [(None,)]
    assert claims(broker) == [("S1", "2", True, "recycled")]
    with broker.person("qin") as qin:
        assert qin.execute(
            "SELECT staff_id, login, customer_key, about FROM pgcustsec.access_log WHERE kind = 'prospect_recycled'"
        ).fetchall() == [(None, broker.admin, "crm.customer 2", "held by S1")]


@pytest.mark.parametrize("progress", ["claimed_at", "last_contact_at"])
def test_the_later_of_claim_and_progress_counts(broker: Broker, progress: str) -> None:
    with broker.person("li") as li:
        assert claim(li, 2) is None
    aged(broker, 31, 2)
    broker.as_owner(f"UPDATE crm.customer SET {progress} = now() - interval '1 day' WHERE customer_id = 2")
    assert recycle(broker) == 0
    broker.as_owner(f"UPDATE crm.customer SET {progress} = NULL WHERE customer_id = 2")
    assert recycle(broker) == 1


def test_who_bought_is_never_recycled_and_the_claim_ends(broker: Broker) -> None:
    with broker.person("li") as li:
        assert claim(li, 2) is None
    aged(broker, 99, 2, 1)
    broker.as_owner("UPDATE crm.customer SET status = 'customer' WHERE customer_id = 2")
    assert recycle(broker) == 0
    assert (holder(broker, 2), holder(broker, 1)) == ("S1", "S1")
    assert claims(broker) == [("S1", "2", True, "bought")]


def test_a_claim_ends_when_the_row_is_in_other_hands_or_gone(broker: Broker) -> None:
    with broker.person("li") as li:
        assert (claim(li, 2), claim(li, 5)) == (None, None)
    broker.as_owner("UPDATE crm.customer SET owner_staff_id = 'S2' WHERE customer_id = 2")
    broker.rows("DELETE FROM crm.customer WHERE customer_id = 5 RETURNING 1")
    assert recycle(broker) == 0
    assert claims(broker) == [("S1", "2", True, "reassigned"), ("S1", "5", True, "gone")]


def test_the_term_of_a_prospect_without_dates_begins_with_the_first_recycling(broker: Broker) -> None:
    with broker.person("li") as li:
        li.execute("INSERT INTO customer (status, owner_staff_id, branch_code) VALUES ('prospect', 'S1', 'BJ')")
    assert recycle(broker) == 0
    [(key, dated)] = broker.rows(
        "SELECT customer_id, now() - claimed_at < interval '1 minute' FROM crm.customer WHERE customer_id > 5"
    )
    assert dated
    aged(broker, 31, key)
    assert recycle(broker) == 1


def test_progress_in_the_future_is_none(broker: Broker) -> None:
    with broker.person("li") as li:
        assert claim(li, 2) is None
        li.execute("UPDATE customer SET last_contact_at = '2999-01-01' WHERE customer_id = 2")
    broker.as_owner("UPDATE crm.customer SET claimed_at = now() - interval '31 days' WHERE customer_id = 2")
    assert recycle(broker) == 1


def test_batches_leave_what_others_have_locked_for_the_next_time(broker: Broker) -> None:
    with broker.person("li") as li:
        assert (claim(li, 2), claim(li, 5)) == (None, None)
    aged(broker, 31, 2, 5)
    with broker.database.connect(autocommit=False) as other:
        other.execute("SELECT FROM crm.customer WHERE customer_id = 2 FOR UPDATE")
        assert recycle(broker) == 1
        assert (holder(broker, 2), holder(broker, 5)) == ("S1", None)
    assert recycle(broker, batch=1) == 1
    assert recycle(broker, batch=1) == 0


def test_recycling_is_for_administrators(broker: Broker) -> None:
    for login in ("li", "zhao", "qin"):
        with broker.person(login) as person, pytest.raises(psycopg.errors.InsufficientPrivilege):
            person.execute("SELECT pgcustsec.recycle('crm.customer')")
    with broker.connect(broker.admin) as admin:
        if broker.modern:  # before 16 an administrator has what pgcustsec_owner has
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                admin.execute("SELECT pgcustsec.recycle('crm.customer')")
        admin.execute("SET ROLE pgcustsec_owner")
        with pytest.raises(psycopg.Error) as raised:
            admin.execute("SELECT pgcustsec.recycle('crm.policy')")
    assert raised.value.sqlstate == "CS208"


def test_supervisors_see_what_is_overdue_by_branch_and_holder_and_no_customer(broker: Broker) -> None:
    with broker.person("li") as li:
        assert (claim(li, 2), claim(li, 5)) == (None, None)
    aged(broker, 40, 2)
    broker.as_owner(
        "INSERT INTO crm.customer (status, owner_staff_id, branch_code) VALUES ('prospect', '王小明', 'SH')"
    )
    with broker.person("qin") as qin:
        rows = qin.execute(
            "SELECT relation, branch_code, staff_id, full_name, held, overdue, undated,"
            " round(extract(epoch FROM now() - oldest) / 86400) FROM pgcustsec.pool_checks ORDER BY branch_code"
        ).fetchall()
        assert rows == [
            ("crm.customer", "BJ", "S1", "N. S1", 2, 1, 0, 40),
            ("crm.customer", "SH", None, None, 1, 0, 1, None),
        ]
    with broker.person("li") as li, pytest.raises(psycopg.errors.InsufficientPrivilege):
        li.execute("TABLE pgcustsec.pool_checks")
