"""A cell that is not seen is not written, and clearing one that is seen must be said (3.1)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pgcustsec.matrix.model import Column
from pgcustsec.migrate import apply_matrix
from tests.integration.writes.world import POLICY, Broker, overtaken, refusal, words

STORED = "SELECT name, health, family::text, mobile FROM crm.customer WHERE customer_id = %s"


@pytest.mark.parametrize(
    "login, view, key, column, value",
    [
        ("li", "agent.customer", 3, "health", "well"),
        ("li", "agent.customer", 3, "name", "张三"),
        ("li", "agent.customer", 3, "tags", "{x}"),
        ("li", "agent.customer", 3, "mobile", "13711112222"),
        ("li", "agent.customer", 1, "mobile", "13711112222"),
        ("li", "agent.customer", 1, "photo", "\\x01"),
        ("sun", "clerk.customer", 1, "name", "张三"),
        ("sun", "clerk.customer", 1, "health", "well"),
        ("sun", "clerk.customer", 1, "mobile", "13711112222"),
        ("qian", "reviser.customer", 1, "health", "well"),
        ("qian", "reviser.customer", 1, "name", "张三"),
        ("li", "agent.visit", 3, "remark", "x"),
    ],
)
def test_a_change_of_what_is_hidden_is_refused(
    broker: Broker, login: str, view: str, key: int, column: str, value: str
) -> None:
    name = "visit_id" if view.endswith("visit") else "customer_id"
    table = f"crm.{view.split('.')[1]}"
    before = broker.rows(f"SELECT t FROM {table} AS t ORDER BY 1")
    with broker.person(login) as connection:
        error = refusal(connection, f"UPDATE {view} SET {column} = %s WHERE {name} = %s", [value, key])
    assert error.sqlstate == "CS402"
    assert f"{table}.{column}" in words(error)
    assert broker.rows(f"SELECT t FROM {table} AS t ORDER BY 1") == before
    broker.assert_in_step()


@pytest.mark.parametrize(
    "login, view, key",
    [("li", "agent.customer", 3), ("sun", "clerk.customer", 1), ("qian", "reviser.customer", 1)],
)
def test_what_is_hidden_may_be_written_back_as_it_was_read(broker: Broker, login: str, view: str, key: int) -> None:
    before = broker.row(STORED, key)
    with broker.person(login) as connection:
        [(name, health, mobile)] = connection.execute(
            f"SELECT name, health, mobile FROM {view} WHERE customer_id = %s".encode(), [key]
        ).fetchall()
        assert (name, health, mobile) == (None, None, "***")
        changed = "visits = 5" if login != "sun" else "status = 'busy'"
        allowed = "" if login == "qian" else ", mobile = '***'"
        done = connection.execute(
            f"UPDATE {view} SET name = NULL, health = NULL{allowed}, {changed} WHERE customer_id = %s".encode(), [key]
        )
        assert done.rowcount == 1
    assert broker.row(STORED, key) == before
    broker.assert_in_step()


def test_a_value_read_hidden_and_saved_when_it_shows_does_no_harm(broker: Broker) -> None:
    """An ORM loads a hidden NULL, the row comes into scope, the ORM saves: NULL over a value must be said."""
    with broker.person("li") as li:
        [(name, health)] = li.execute("SELECT name, health FROM agent.customer WHERE customer_id = 3").fetchall()
        broker.execute("UPDATE crm.customer SET owner_staff_id = 'S1' WHERE customer_id = 3")
        for column, value in (("name", name), ("health", health)):
            error = refusal(li, f"UPDATE agent.customer SET {column} = %s WHERE customer_id = 3", [value])
            assert error.sqlstate == "CS403"
    assert broker.row(STORED, 3)[:2] == ("韩**", "unknown")


def test_a_value_that_stops_showing_while_it_is_written_is_not_written(broker: Broker) -> None:
    """OLD shows it still; the table's row, locked by then, is judged as it is now."""
    with broker.person("li") as li, broker.connect() as other:
        other.execute("BEGIN; UPDATE crm.customer SET owner_staff_id = NULL, status = 'prospect' WHERE customer_id = 1")
        error = overtaken(li, other, "UPDATE agent.customer SET health = 'x' WHERE customer_id = 1")
    assert error is not None
    assert error.sqlstate in ("CS402", "40001")
    assert broker.row(STORED, 1)[1] == "asthma"


@pytest.mark.parametrize("column", ["health", "family", "name", "company", '"last word"'])
def test_clearing_must_be_said_and_counts_in_that_transaction_only(broker: Broker, column: str) -> None:
    broker.execute("UPDATE crm.customer SET \"last word\" = 'no' WHERE customer_id = 1")
    clear = f"UPDATE agent.customer SET {column} = NULL WHERE customer_id = 1"
    with broker.person("li") as li:
        error = refusal(li, clear)
        assert error.sqlstate == "CS403"
        assert column.strip('"') in (error.diag.message_hint or "")
        with li.transaction():
            li.execute(f"SET LOCAL pgcustsec.clear = '{column.strip(chr(34))}'".encode())
            assert li.execute(clear.encode()).rowcount == 1
        assert broker.row(f"SELECT {column} FROM crm.customer WHERE customer_id = 1") == (None,)
        li.execute(
            f"UPDATE agent.customer SET {column} = %s WHERE customer_id = 1".encode(),
            ["8" if column == "family" else "张三"],
        )
        assert refusal(li, clear).sqlstate == "CS403"
    broker.assert_in_step()
    if column in ("name", "company"):
        assert broker.row(f'SELECT {column} FROM pgcustsec_vault."crm.customer" WHERE customer_id = 1') == ("张三",)


@pytest.mark.parametrize("null", ["NULL", "'null'", "' null '", "E'\\n null\\t'"])
def test_the_null_of_json_clears_however_it_is_spelt(broker: Broker, null: str) -> None:
    policy = broker.matrix.tables[POLICY]
    terms = replace(policy, columns={**policy.columns, "terms": Column("terms", 2)})
    with broker.connect(broker.admin) as admin:
        apply_matrix(admin, replace(broker.matrix, tables={**broker.matrix.tables, POLICY: terms}))
    with broker.person("li") as li:
        assert refusal(li, f"UPDATE agent.policy SET terms = {null} WHERE policy_id = 1").sqlstate == "CS403"
        assert li.execute("UPDATE agent.policy SET terms = '\"null\"' WHERE policy_id = 1").rowcount == 1


@pytest.mark.parametrize("said", ["name,health", " name , health ", "health,name,other", "health, name"])
def test_several_columns_are_cleared_as_the_hint_says(broker: Broker, said: str) -> None:
    with broker.person("li") as li, li.transaction():
        li.execute("SELECT set_config('pgcustsec.clear', %s, true)", [said])
        li.execute("UPDATE agent.customer SET name = NULL, health = NULL WHERE customer_id = 1")
    assert broker.row(STORED, 1)[:2] == (None, None)
    broker.assert_in_step()


@pytest.mark.parametrize("said", ["", "nam", "name.health", "*", "all", "NAME,HEALTH", "crm.customer.name"])
def test_only_the_columns_named_are_cleared(broker: Broker, said: str) -> None:
    with broker.person("li") as li:
        li.execute("BEGIN")
        li.execute("SELECT set_config('pgcustsec.clear', %s, true)", [said])
        assert (
            refusal(li, "UPDATE agent.customer SET name = NULL, health = NULL WHERE customer_id = 1").sqlstate
            == "CS403"
        )
        li.execute("ROLLBACK")
        li.execute("BEGIN")
        li.execute("SET LOCAL pgcustsec.clear = 'name'")
        error = refusal(li, "UPDATE agent.customer SET name = NULL, health = NULL WHERE customer_id = 1")
        assert "crm.customer.health" in (error.diag.message_primary or "")
        li.execute("ROLLBACK")


def test_said_or_not_a_hidden_value_is_not_cleared(broker: Broker) -> None:
    with broker.person("li") as li, li.transaction():
        li.execute("SET LOCAL pgcustsec.clear = 'name,health,mobile'")
        assert li.execute("UPDATE agent.customer SET name = NULL, health = NULL WHERE customer_id = 3").rowcount == 1
        with li.transaction(force_rollback=True):
            assert refusal(li, "UPDATE agent.customer SET mobile = NULL WHERE customer_id = 1").sqlstate == "CS402"
    assert broker.row(STORED, 3)[:2] == ("韩**", "unknown")


def test_tier_3_is_cleared_without_a_word(broker: Broker) -> None:
    with broker.person("li") as li:
        li.execute("UPDATE agent.customer SET score = NULL WHERE customer_id = 1")
    assert broker.row("SELECT score FROM crm.customer WHERE customer_id = 1") == (None,)
