# ruff: noqa: E501 - a statement of SQL reads best on its line
"""Customers who are anonymised at the end of their term: counted on, and nobody's any more (4.3)."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from typing import Any

import pytest

from pgcustsec.errors import PgcustsecError
from pgcustsec.matrix.model import Basis, Column, Matrix
from tests.integration.clients.world import Broker
from tests.integration.retention.world import (
    CHILDREN,
    CUSTOMER,
    LONG_AGO,
    apply,
    batch_of,
    left_of_anybody,
    more,
    orphans,
    past_term,
    restamped,
    rule,
    supervisor,
    sweep_once,
    swept,
    there,
    with_rules,
)

KEPT = "SELECT gender, age, branch_code FROM crm.customer WHERE customer_id > 5000 ORDER BY customer_id"


def test_the_demos_own_rule_anonymises_its_own_customers(as_delivered: Broker) -> None:
    """And destroys the prospects of the same batch."""
    past_term(as_delivered, 1, 2, 3, 4, 5)
    assert sweep_once(as_delivered) == (2, 3, 0)
    as_delivered.execute("UPDATE crm.customer SET note = note")


@pytest.fixture
def former(broker: Broker) -> Broker:
    """Customers 1001 to 1012: six men of 30 in BJ, five women of 40 in SH, and a woman of 41."""
    more(broker, 1001, 1012, status="customer")
    broker.execute(
        "UPDATE crm.customer SET gender = '女', age = 40, branch_code = 'SH' WHERE customer_id > 1006",
        "UPDATE crm.customer SET age = 41 WHERE customer_id = 1012",
    )
    return broker


def test_nothing_leads_back_to_whom_a_row_was_about(former: Broker) -> None:
    assert sweep_once(former) == (0, 12, 0)
    assert left_of_anybody(former) == set()
    assert orphans(former) == []
    assert [one for one in there(former) if 1000 < one < 5000] == [], "every key is new"
    for child in CHILDREN:
        key = "policy_id > 2000" if child in ("crm.policy", "crm.claim") else "customer_id > 1000"
        assert former.rows(f"SELECT FROM {child} WHERE {key}") == []
    assert former.rows('SELECT FROM pgcustsec_vault."crm.customer" WHERE customer_id > 1000') == []


@pytest.mark.one_server
def test_true_values_go_too_of_columns_that_the_matrix_seals_no_more(former: Broker) -> None:
    table = former.matrix.tables[CUSTOMER]
    plain = {name: Column(name, 3) for name in table.columns}
    apply(former, replace(former.matrix, tables={**former.matrix.tables, CUSTOMER: replace(table, columns=plain)}))
    kept = 'SELECT FROM pgcustsec_vault."crm.customer" AS v JOIN crm.customer AS t USING (customer_id) WHERE {}'
    assert former.rows(kept.format("customer_id BETWEEN 1001 AND 1012")) != [], "the control"
    assert sweep_once(former) == (0, 12, 0)
    assert former.rows(kept.format("customer_id > 1000")) == []


def test_all_but_what_is_kept_is_blank(former: Broker) -> None:
    sweep_once(former)
    known = former.matrix.tables[CUSTOMER].columns
    for column in set(known) - {"customer_id", "gender", "age", "branch_code"}:
        found = former.rows(f"SELECT DISTINCT {column}::text FROM crm.customer WHERE customer_id > 5000")
        # Tier 3 and a CHECK to meet: the status stays.
        due = [("customer",)] if column == "status" else [(None,)]
        assert found in (due, [("",)]) or (column == "created_at" and "9999" in str(found)), column


@pytest.mark.one_server
def test_columns_that_the_matrix_does_not_know_are_blank_as_well(former: Broker) -> None:
    former.as_owner(
        "ALTER TABLE crm.customer ADD COLUMN remark text DEFAULT 'kan-1001-remark', ADD COLUMN code integer NOT NULL DEFAULT 7"
    )
    apply(former, former.matrix)
    sweep_once(former)
    assert former.rows("SELECT DISTINCT remark, code FROM crm.customer WHERE customer_id > 5000") == [(None, 0)]


def test_of_what_is_kept_the_rare_goes_too(former: Broker) -> None:
    sweep_once(former)
    kept = former.rows(KEPT)
    assert sorted(kept, key=str) == sorted(
        [("男", 30, "BJ")] * 6 + [("女", 40, "SH")] * 5 + [(None, None, None)], key=str
    )


@pytest.mark.one_server
def test_few_stay_few_whatever_the_batch(former: Broker) -> None:
    """Batches of four: of each there are too few, each time."""
    while any(sweep_once(former, 4)):
        pass
    assert set(former.rows(KEPT)) == {(None, None, None)}


@pytest.mark.one_server
def test_no_combination_is_ever_kept_of_which_there_are_fewer_than_five(former: Broker) -> None:
    sizes = iter((5, 6, 1, 3, 8, 2, 20))
    first = 1101
    for round_ in range(3):
        more(former, first, first + 9, status="customer")
        former.execute(
            f"UPDATE crm.customer SET age = 30 + mod(customer_id, {round_ + 2}) WHERE customer_id BETWEEN {first} AND {first + 9}"
        )
        sweep_once(former, next(sizes))
        first += 10
    while any(sweep_once(former, next(sizes, 50))):
        pass
    few = "SELECT gender, age, branch_code, count(*) FROM crm.customer WHERE customer_id > 5000 AND age IS NOT NULL GROUP BY 1, 2, 3 HAVING count(*) < 5"
    assert former.rows(few) == []
    assert former.rows("SELECT count(*) FROM crm.customer WHERE age IS NOT NULL AND customer_id > 5000") > [(0,)]


@pytest.mark.one_server
def test_two_sweeps_at_once_count_together(former: Broker) -> None:
    with former.database.connect() as one, former.database.connect() as other:
        with one.transaction():
            batch_of(one, 6)
        with other.transaction():
            batch_of(other, 6)
    assert sorted({row[1] for row in former.rows(KEPT) if row[1]}) in ([30], [30, 40], [40])
    few = "SELECT age FROM crm.customer WHERE customer_id > 5000 AND age IS NOT NULL GROUP BY 1 HAVING count(*) < 5"
    assert former.rows(few) == []


@pytest.mark.one_server
def test_a_certificate_of_one_does_not_tell_whose_row_it_was(former: Broker) -> None:
    """A digest of one number is tried out in no time: of rows that are still there none is kept."""
    while any(sweep_once(former, 1)):
        pass
    digests = former.rows("SELECT DISTINCT keys_digest FROM pgcustsec_internal.certificate WHERE action = 'anonymised'")
    assert digests == [("",)]


@pytest.mark.parametrize("by_command", [False, True])
def test_new_keys_do_not_follow_the_order_of_the_old(broker: Broker, by_command: bool) -> None:
    """Who knew the keys would else count along: the n-th new row is the n-th of the old ones."""
    more(broker, 1001, 1020, status="customer")
    pattern = [30 + bit for bit in (0, 1, 1, 0, 1, 0, 0, 0, 1, 1, 0, 1, 1, 1, 0, 0, 1, 0, 1, 0)]
    broker.execute(f"UPDATE crm.customer SET age = (ARRAY{pattern})[customer_id - 1000] WHERE customer_id > 1000")
    swept(broker) if by_command else sweep_once(broker)
    found = [row[1] for row in broker.rows(KEPT)]
    assert sorted(found) == sorted(pattern)
    assert found != pattern and found != pattern[::-1]


def test_a_second_sweep_leaves_them_alone(former: Broker) -> None:
    sweep_once(former)
    before = former.rows("SELECT ctid, xmin::text, * FROM crm.customer ORDER BY customer_id")
    assert sweep_once(former) == (0, 0, 0)
    assert former.rows("SELECT ctid, xmin::text, * FROM crm.customer ORDER BY customer_id") == before
    with supervisor(former) as connection:
        assert connection.execute("SELECT rule, action, subjects FROM pgcustsec.certificates").fetchall() == [
            ("former_customer", "anonymised", 12)
        ]


@pytest.mark.one_server
def test_they_are_in_nobodys_pool_and_served_by_nobody(former: Broker) -> None:
    sweep_once(former)
    with former.person("li") as li:
        assert li.execute("SELECT FROM customer WHERE customer_id > 5000").fetchall() == []
    with former.person("sun") as sun:
        assert len(sun.execute("SELECT age FROM customer WHERE customer_id > 5000").fetchall()) == 12


def kept(matrix: Matrix, *keep: str, **terms: Any) -> Matrix:
    return with_rules(matrix, replace(rule(matrix, "former_customer"), keep=keep, **terms))


@pytest.mark.one_server
def test_a_rule_that_keeps_the_date_it_counts_from_is_refused_or_ends(former: Broker) -> None:
    """What stays due is anonymised over and over, and the sweep never ends."""
    counted = kept(former.matrix, "status", "last_contact_at", basis=Basis(("last_contact_at",)))
    try:
        apply(former, counted)
        restamped(former)
        former.execute(f"UPDATE crm.customer SET last_contact_at = '{LONG_AGO}' WHERE customer_id > 1000")
    except PgcustsecError:
        return
    assert sweep_once(former) == (0, 12, 0)
    assert sweep_once(former) == (0, 0, 0)


@pytest.mark.parametrize(
    "column",
    [
        "code text NOT NULL UNIQUE DEFAULT md5(random()::text)",
        "code integer NOT NULL DEFAULT 7 CHECK (code > 0)",
        "code integer NOT NULL DEFAULT 7 REFERENCES crm.code",
    ],
    ids=["unique", "check", "reference"],
)
@pytest.mark.one_server
def test_a_column_that_cannot_be_blank_is_said_before_anything_is_due(former: Broker, column: str) -> None:
    """By apply, not by the first sweep years after, which then destroys nobody any more."""
    former.as_owner("CREATE TABLE crm.code (code integer PRIMARY KEY)")
    former.as_owner("INSERT INTO crm.code VALUES (7)")
    former.as_owner(f"ALTER TABLE crm.customer ADD COLUMN {column}")
    try:
        apply(former, former.matrix)
    except PgcustsecError:
        return
    assert sweep_once(former) == (0, 12, 0)


@pytest.mark.one_server
def test_prospects_go_though_customers_of_the_same_batch_cannot(as_delivered: Broker) -> None:
    """One rule that the table refuses stops no other."""
    more(as_delivered, 1001, 1003)
    more(as_delivered, 1011, 1013, status="customer")
    as_delivered.as_owner("ALTER TABLE crm.customer ADD CHECK (status <> '')")
    with contextlib.suppress(PgcustsecError):
        swept(as_delivered)
    assert not {1001, 1002, 1003} & set(there(as_delivered))
