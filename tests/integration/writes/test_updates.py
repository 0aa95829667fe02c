"""UPDATE and DELETE through a view: what changes, what stays, what comes back (3.1, 5.3)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.integration.writes.world import Broker, refusal, words

VAULT = 'SELECT name, company, mobile, id_card FROM pgcustsec_vault."crm.customer" WHERE customer_id = %s'


@pytest.mark.parametrize(
    "column, value",
    [
        ("status", "lost"),
        ("health", "well"),
        ("family", '{"children": 3}'),
        ("tags", "{c}"),
        ("mood", "bad"),
        ("birth_date", "1991-01-01"),
        ("score", "2.25"),
        ("visits", "9"),
        ("made_on", "2026-01-01 00:00:00+00"),
        ("name", "张三丰"),
        ("company", "长江船务行"),
        ('"last word"', "no"),
    ],
)
def test_an_update_returns_what_the_view_then_shows(broker: Broker, column: str, value: str) -> None:
    with broker.person("li") as li:
        before = li.execute("SELECT * FROM agent.customer WHERE customer_id = 1").fetchall()
        returned = li.execute(
            f"UPDATE agent.customer SET {column} = %s WHERE customer_id = 1 RETURNING *".encode(), [value]
        ).fetchall()
        assert returned == li.execute("SELECT * FROM agent.customer WHERE customer_id = 1").fetchall()
        assert returned != before
    broker.assert_in_step()


def test_a_new_name_goes_to_the_vault_and_its_mask_to_the_table(broker: Broker) -> None:
    with broker.person("li") as li:
        assert li.execute(
            "UPDATE agent.customer SET name = '欧阳锋' WHERE customer_id = 1 RETURNING name"
        ).fetchall() == [("欧阳*",)]
    assert broker.row(VAULT, 1) == ("欧阳锋", "红星机械厂", "13812345678", "110101199003070019")
    assert broker.row("SELECT name, mobile FROM crm.customer WHERE customer_id = 1") == ("欧阳*", "138****5678")
    broker.assert_in_step()


def test_a_mask_written_back_as_it_was_read_leaves_the_true_value(broker: Broker) -> None:
    """3.1: what an ORM does that saves every column."""
    with broker.person("li") as li:
        columns, row = _read(li, "agent.customer", 1)
        sets = ", ".join(f"{column} = %s" for column in columns)
        row[columns.index("health")] = "better"
        row[columns.index("family")] = '{"children": 2}'
        li.execute(f"UPDATE agent.customer SET {sets} WHERE customer_id = 1".encode(), row)
    assert broker.row(VAULT, 1) == ("王小明", "红星机械厂", "13812345678", "110101199003070019")
    assert broker.row("SELECT health FROM crm.customer WHERE customer_id = 1") == ("better",)
    assert [change[2] for change in broker.history()] == ["health"]
    broker.assert_in_step()


def _read(connection: Any, view: str, key: int) -> tuple[list[str], list[Any]]:
    cursor = connection.execute(f"SELECT * FROM {view} WHERE customer_id = %s".encode(), [key])
    names = ['"last word"' if c.name == "last word" else c.name for c in cursor.description]
    [row] = cursor.fetchall()
    kept = [(n, v) for n, v in zip(names, row, strict=True) if n not in ("customer_id", "twice")]
    return [n for n, _ in kept], [v for _, v in kept]


@pytest.mark.parametrize(
    "value, state",
    [
        ("王*", "CS401"),
        ("***", "CS401"),
        ("王**\u200b", "CS401"),
        ("王＊＊", "CS405"),
        ("  ", "CS405"),
        ("", "CS405"),
        ("13812345678", "CS405"),
        ("a\tb", "CS405"),
    ],
)
def test_another_mask_or_no_name_at_all_is_refused(broker: Broker, value: str, state: str) -> None:
    with broker.person("li") as li:
        error = refusal(li, "UPDATE agent.customer SET name = %s WHERE customer_id = 1", [value])
    assert error.sqlstate == state
    assert not value.strip() or value not in words(error)
    assert broker.row(VAULT, 1)[0] == "王小明"


def test_an_update_that_changes_nothing_shows_what_is_stored(broker: Broker) -> None:
    """Equal is not alike: 1.5 and 1.50, and the answer is what stands in the table."""
    with broker.person("li") as li:
        [(shown,)] = li.execute("SELECT score::text FROM agent.customer WHERE customer_id = 1").fetchall()
        returned = li.execute(
            "UPDATE agent.customer SET family = '{\"children\": 2.0}', score = 1.5 WHERE customer_id = 1"
            " RETURNING family::text, score::text"
        ).fetchall()
        assert returned == [('{"children": 2}', shown)]
    assert broker.history() == []


def test_json_which_has_no_equality_is_compared_as_it_is_written(broker: Broker) -> None:
    with broker.person("li") as li:
        changed = li.execute(
            "UPDATE agent.policy SET terms = '{\"a\": 1}', period = '[2026-01-01,2026-02-01)' WHERE policy_id = 1"
            " RETURNING terms::text, period::text"
        ).fetchall()
        listed = "UPDATE agent.policy SET papers = ARRAY['[1]', '2']::json[] WHERE policy_id = 1 RETURNING papers::text"
        assert li.execute(listed).fetchall() == [("{[1],2}",)]
    assert changed == [('{"a": 1}', "[2026-01-01,2026-02-01)")]
    assert broker.row("SELECT terms::text FROM crm.policy WHERE policy_id = 1") == ('{"a": 1}',)


def test_many_rows_change_at_once(broker: Broker) -> None:
    with broker.person("li") as li:
        li.execute(
            "INSERT INTO agent.customer (owner_staff_id, name, mobile)"
            " SELECT 'S1', '张三', (13700000000 + i)::text FROM generate_series(1, 500) AS i"
        )
        done = li.execute("UPDATE agent.customer SET name = '李四', health = 'h' WHERE owner_staff_id = 'S1'")
        assert done.rowcount == 501
    assert broker.row("SELECT count(*) FROM pgcustsec_vault.\"crm.customer\" WHERE name = '李四'") == (501,)
    assert len([change for change in broker.history() if change[0] == "changed"]) == 1002
    broker.assert_in_step()


def test_a_row_out_of_scope_is_not_there_to_be_written(broker: Broker) -> None:
    with broker.person("li") as li:
        for statement in (
            "UPDATE agent.customer SET status = 'x' WHERE customer_id = 2",
            "DELETE FROM agent.customer WHERE customer_id = 2",
            "UPDATE agent.claim SET diagnosis = 'x' WHERE policy_id = 2",
            "DELETE FROM agent.policy WHERE policy_id = 2",
        ):
            assert li.execute(statement.encode()).rowcount == 0, statement
    broker.assert_in_step()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE agent.customer SET owner_staff_id = 'S2' WHERE customer_id = 1",
        "UPDATE agent.claim SET policy_id = 2 WHERE policy_id = 1",
        "UPDATE agent.code SET code = 'x' WHERE false OR customer_id = 1",
    ],
)
def test_a_row_is_not_moved_out_of_scope(broker: Broker, statement: str) -> None:
    with broker.person("li") as li:
        if "code SET" in statement:
            assert li.execute(statement.encode()).rowcount == 1, "the control: a key may change within the scope"
        else:
            assert refusal(li, statement).sqlstate == "42501"
    broker.assert_in_step()


def test_a_prospect_of_the_pool_is_claimed_and_only_then_seen(broker: Broker) -> None:
    with broker.person("li") as li:
        [row] = li.execute(
            "UPDATE agent.customer SET owner_staff_id = 'S1' WHERE customer_id = 3 RETURNING name, health"
        ).fetchall()
    assert row == ("韩**", "unknown")


def test_a_deleted_row_takes_its_true_values_along(broker: Broker) -> None:
    with broker.person("li") as li:
        before = li.execute("SELECT * FROM agent.claim WHERE policy_id = 1").fetchall()
        assert li.execute("DELETE FROM agent.claim WHERE policy_id = 1 RETURNING *").fetchall() == before
        assert li.execute("DELETE FROM agent.policy WHERE policy_id = 1").rowcount == 1
    assert broker.row('SELECT count(*) FROM pgcustsec_vault."crm.claim" WHERE plate IS NOT NULL') == (0,)
    assert broker.history("crm.policy") == [("removed", "1", None, None, None)]
    broker.assert_in_step()


def test_key_and_partition_change_and_the_true_value_stays_with_its_row(broker: Broker) -> None:
    with broker.person("li") as li:
        moved = li.execute(
            "UPDATE agent.visit SET seen_on = '2026-07-07', visit_id = 40 WHERE visit_id = 1 RETURNING visit_id, phone"
        ).fetchall()
        assert moved == [(40, "***")]
        li.execute("UPDATE agent.policy SET policy_id = 500 WHERE policy_id = 1 AND false")
        li.execute("DELETE FROM agent.claim WHERE policy_id = 1")
        li.execute("UPDATE agent.policy SET policy_id = 500 WHERE policy_id = 1")
    assert broker.row("SELECT tableoid::regclass::text FROM crm.visit WHERE visit_id = 40") == ("crm.visit_2026",)
    assert broker.row('SELECT seen_on::text, phone FROM pgcustsec_vault."crm.visit" WHERE visit_id = 40') == (
        "2026-07-07",
        "13812345678",
    )
    assert broker.row('SELECT account FROM pgcustsec_vault."crm.policy" WHERE policy_id = 500') == ("6222021234567890",)
    broker.assert_in_step()


def test_who_changes_a_key_and_a_name_at_once_leaves_one_record_in_the_history(broker: Broker) -> None:
    with broker.person("li") as li:
        li.execute("UPDATE agent.code SET code = 'K9', expires_on = '2027-01-01' WHERE customer_id = 1")
    [(operation, key, column, old, new)] = broker.history("crm.code")
    assert (operation, key, column, old, new) == ("changed", "C1", "expires_on", "2026-12-31", "2027-01-01")


def test_truncate_takes_the_vaults_rows_along_or_does_nothing(broker: Broker) -> None:
    with broker.connect() as connection:
        connection.execute(f"SET ROLE {broker.owner}".encode())
        assert refusal(connection, "TRUNCATE crm.code").sqlstate == "0A000"
        assert refusal(connection, "TRUNCATE crm.code CASCADE").sqlstate == "42501"
    broker.assert_in_step()
    broker.execute("TRUNCATE crm.code CASCADE")
    assert broker.row('SELECT count(*) FROM pgcustsec_vault."crm.code"') == (0,)


def test_an_update_of_a_row_that_still_has_its_true_values_seals_it(unsealed: Broker) -> None:
    assert unsealed.row("SELECT name FROM crm.customer WHERE customer_id = 1") == ("王小明",)
    with unsealed.person("li") as li:
        [row] = li.execute(
            "UPDATE agent.customer SET status = 'lost' WHERE customer_id = 1 RETURNING name, mobile"
        ).fetchall()
        assert row == ("王**", "***")
        li.execute("UPDATE agent.claim SET diagnosis = 'x' WHERE policy_id = 1")
        li.execute("UPDATE agent.visit SET remark = 'x', seen_on = '2026-08-08' WHERE visit_id = 1")
        li.execute("UPDATE agent.policy SET product = 'x' WHERE policy_id = 1")
    assert unsealed.row("SELECT name, mobile FROM crm.customer WHERE customer_id = 1") == ("王**", "138****5678")
    assert unsealed.row(VAULT, 1) == ("王小明", "红星机械厂", "13812345678", "110101199003070019")
    assert unsealed.row('SELECT seen_on::text, phone FROM pgcustsec_vault."crm.visit"') == ("2026-08-08", "13812345678")
    assert unsealed.row('SELECT plate, proof FROM pgcustsec_vault."crm.claim"') == ("京A12345", b"\x01")
    assert unsealed.row('SELECT account FROM pgcustsec_vault."crm.policy"') == ("6222021234567890",)


def test_a_row_that_is_deleted_before_it_was_sealed_is_gone(unsealed: Broker) -> None:
    with unsealed.person("li") as li:
        assert li.execute("DELETE FROM agent.claim WHERE policy_id = 1").rowcount == 1
    assert unsealed.row("SELECT count(*) FROM crm.claim WHERE policy_id = 1") == (0,)
