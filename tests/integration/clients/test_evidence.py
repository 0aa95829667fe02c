"""Supervisors read who changed what (5.1); who made a change adds the customer's word to it (3.1)."""

from __future__ import annotations

import psycopg
import pytest

from pgcustsec.db import Connection
from tests.integration.clients.world import Broker

HISTORY = (
    "SELECT relation, record_key, operation, column_name, old_value, new_value, staff_id, word"
    " FROM pgcustsec.change_history"
)


def refused(connection: Connection, statement: str) -> str | None:
    with pytest.raises(psycopg.Error) as caught:
        connection.execute(statement.encode())
    return caught.value.sqlstate


@pytest.fixture
def changed(broker: Broker) -> Broker:
    """li has changed the note of customer 1, which she serves."""
    with broker.person("li") as li:
        li.execute("UPDATE customer SET note = 'moved house' WHERE customer_id = 1")
    return broker


def test_who_supervises_reads_the_history_and_sees_no_customer(changed: Broker) -> None:
    with changed.person("qin") as inspector:
        [row] = inspector.execute(HISTORY).fetchall()
        assert row[:4] == ("crm.customer", "1", "changed", "note")
        assert row[5:] == ("moved house", "S1", None)
        assert refused(inspector, "SELECT * FROM crm.customer") == "42501"
        assert refused(inspector, "SELECT * FROM pgcustsec_internal.change") == "42501"


@pytest.mark.parametrize("login", ["li", "wang", "zhao", "chen", "sun"])
def test_nobody_else_reads_the_history(changed: Broker, login: str) -> None:
    with changed.person(login) as person:
        assert refused(person, HISTORY) == "42501"


def test_a_group_without_the_persons_own_role_reads_nothing_of_it(changed: Broker) -> None:
    """Somebody let li's login into the inspectors' group: the grant is there, the person's role is not."""
    changed.database.execute(f"GRANT {changed.group('quality_inspector')} TO {changed.login('li')}")
    try:
        with changed.person("li") as li:
            assert li.execute(HISTORY).fetchall() == []
    finally:
        changed.database.execute(f"REVOKE {changed.group('quality_inspector')} FROM {changed.login('li')}")


def test_who_made_a_change_finds_its_number_and_records_the_customers_word(changed: Broker) -> None:
    with changed.person("li") as li:
        [(number, relation, key, column, confirmed)] = li.execute(
            "SELECT change_id, relation, record_key, column_name, confirmed FROM pgcustsec.my_changes()"
        ).fetchall()
        assert (relation, key, column, confirmed) == ("crm.customer", "1", "note", False)
        li.execute("SELECT pgcustsec.confirm_change(%s, %s)", [number, "电话回访确认"])
        assert li.execute("SELECT confirmed FROM pgcustsec.my_changes()").fetchall() == [(True,)]
    with changed.person("qin") as inspector:
        assert inspector.execute("SELECT word FROM pgcustsec.change_history").fetchall() == [("电话回访确认",)]


def test_nobody_confirms_anothers_change_nor_without_a_word(changed: Broker) -> None:
    [(number,)] = changed.rows("SELECT change_id FROM pgcustsec_internal.change")
    with changed.person("wang") as other:
        assert other.execute("SELECT * FROM pgcustsec.my_changes()").fetchall() == []
        assert refused(other, f"SELECT pgcustsec.confirm_change({number}, 'yes')") == "CS201"
    with changed.person("li") as li:
        for word in ("''", "'  '", "NULL"):
            assert refused(li, f"SELECT pgcustsec.confirm_change({number}, {word})") == "CS206"
        assert refused(li, f"SELECT pgcustsec.confirm_change({number + 1}, 'yes')") == "CS201"
    with changed.person("sun") as analyst:
        assert refused(analyst, f"SELECT pgcustsec.confirm_change({number}, 'yes')") == "42501", "writes nothing"
    assert changed.rows("SELECT * FROM pgcustsec_internal.change_confirmation") == []
