"""A value that must be one record's alone is, though only the vault has it; no error tells it (5.2.1, hardening 10)."""

from __future__ import annotations

import re

import psycopg
import pytest

from tests.integration.writes.world import Broker, overtaken, refusal, words

COMPANY, CARD = "红星机械厂", "110101199003070019"
TAKEN = [
    ("INSERT INTO agent.customer (owner_staff_id, company) VALUES ('S1', %s)", COMPANY),
    ("INSERT INTO agent.customer (owner_staff_id, id_card) VALUES ('S1', %s)", CARD),
    ("UPDATE keeper.customer SET company = %s WHERE customer_id = 4", COMPANY),
]


def _tells_nothing(error: psycopg.Error, *values: str) -> None:
    said = words(error)
    for value in values:
        assert value not in said
    assert not re.search(r"\\x[0-9a-f]{8}|blind\b|_idx|pgcustsec_vault|Key \(|[0-9a-f]{16}", said), said
    assert error.diag.message_detail is None
    assert error.diag.constraint_name is None


@pytest.mark.parametrize("statement, value", TAKEN)
def test_a_value_that_is_taken_is_refused_and_not_told(broker: Broker, statement: str, value: str) -> None:
    with broker.person("chen" if "keeper" in statement else "li") as connection:
        error = refusal(connection, statement, [value])
    assert error.sqlstate == "CS404"
    _tells_nothing(error, value)
    broker.assert_in_step()


def test_another_spelling_is_the_same_value(broker: Broker) -> None:
    with broker.person("li") as li:
        li.execute("INSERT INTO agent.customer (owner_staff_id, id_card) VALUES ('S1', '11010119900307043x')")
        error = refusal(
            li, "INSERT INTO agent.customer (owner_staff_id, id_card) VALUES ('S1', %s)", ["11010119900307043X"]
        )
    assert error.sqlstate == "CS404"


def test_ones_own_value_is_not_taken_by_oneself(broker: Broker) -> None:
    with broker.person("li") as li:
        li.execute("UPDATE agent.customer SET company = %s, name = '王大明' WHERE customer_id = 1", [" " + COMPANY])
    assert broker.row('SELECT company FROM pgcustsec_vault."crm.customer" WHERE customer_id = 1') == (" " + COMPANY,)


def test_a_value_is_free_again_when_its_record_is_gone(broker: Broker) -> None:
    with broker.person("li") as li:
        insert = "INSERT INTO agent.customer (owner_staff_id, company) VALUES ('S1', '长江船务行')"
        li.execute(insert)
        assert refusal(li, insert).sqlstate == "CS404"
        li.execute("DELETE FROM agent.customer WHERE company IS NOT NULL AND customer_id > 5")
        assert li.execute(insert).rowcount == 1
    broker.assert_in_step()


def test_many_rows_cannot_take_one_value_in_one_statement(broker: Broker) -> None:
    with broker.person("li") as li:
        error = refusal(
            li,
            "INSERT INTO agent.customer (owner_staff_id, company) SELECT 'S1', '长江船务行' FROM generate_series(1, 2)",
        )
        assert error.sqlstate == "CS404"
        li.execute("INSERT INTO agent.customer (owner_staff_id) VALUES ('S1')")
        error = refusal(li, "UPDATE agent.customer SET company = '长江船务行' WHERE owner_staff_id = 'S1'")
    assert error.sqlstate == "CS404"
    _tells_nothing(error, "长江")
    broker.assert_in_step()


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO keeper.customer (owner_staff_id, company) VALUES ('S4', '长江船务行')",
        "UPDATE keeper.customer SET company = '长江船务行' WHERE customer_id = 4",
    ],
)
def test_of_two_who_take_a_value_at_once_the_second_is_refused(broker: Broker, statement: str) -> None:
    with broker.person("li") as li, broker.person("chen") as chen:
        li.execute("BEGIN; UPDATE agent.customer SET company = '长江船务行' WHERE customer_id = 1")
        error = overtaken(chen, li, statement)
    assert error is not None
    assert error.sqlstate == "CS404"
    _tells_nothing(error, "长江")
    broker.assert_in_step()
