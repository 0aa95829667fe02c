"""Two who write one row at once: neither overwrites what they have not seen (3.1)."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.integration.writes.world import Broker, overtaken, refusal


def test_an_update_that_was_overtaken_is_refused_and_not_lost(broker: Broker) -> None:
    """A trigger computes with the row as it was read; PostgreSQL's own UPDATE would read it again."""
    with broker.person("li") as li, broker.person("li") as other:
        other.execute("BEGIN; UPDATE agent.customer SET visits = visits + 1, health = 'b' WHERE customer_id = 1")
        error = overtaken(li, other, "UPDATE agent.customer SET visits = visits + 1 WHERE customer_id = 1")
        assert error is not None
        assert error.sqlstate == "40001"
        assert li.execute("UPDATE agent.customer SET visits = visits + 1 WHERE customer_id = 1").rowcount == 1
    assert broker.row("SELECT visits, health FROM crm.customer WHERE customer_id = 1") == (5, "b")


def test_the_history_never_tells_an_old_value_that_was_none(broker: Broker) -> None:
    with broker.person("li") as li, broker.person("li") as other:
        other.execute("BEGIN; UPDATE agent.customer SET health = 'b' WHERE customer_id = 1")
        error = overtaken(li, other, "UPDATE agent.customer SET health = 'c' WHERE customer_id = 1")
    assert error is not None
    assert error.sqlstate == "40001"
    assert broker.history() == [("changed", "1", "health", "asthma", "b")]


def test_two_who_change_different_columns_do_not_disturb_each_other(broker: Broker) -> None:
    with broker.person("li") as li, broker.person("li") as other:
        other.execute("BEGIN; UPDATE agent.customer SET name = '张三' WHERE customer_id = 1")
        assert (
            overtaken(li, other, "UPDATE agent.customer SET health = 'c', company = '一二行' WHERE customer_id = 1")
            is None
        )
    assert broker.row("SELECT name, health, company FROM crm.customer WHERE customer_id = 1") == ("张*", "c", "一**")
    broker.assert_in_step()


def test_of_two_who_rename_at_once_the_second_is_refused(broker: Broker) -> None:
    with broker.person("li") as li, broker.person("li") as other:
        other.execute("BEGIN; UPDATE agent.customer SET name = '张三' WHERE customer_id = 1")
        error = overtaken(li, other, "UPDATE agent.customer SET name = '李四' WHERE customer_id = 1")
    assert error is not None
    assert error.sqlstate == "40001"
    assert broker.row('SELECT name FROM pgcustsec_vault."crm.customer" WHERE customer_id = 1') == ("张三",)
    broker.assert_in_step()


def test_of_two_who_claim_a_prospect_the_second_gets_nothing(broker: Broker) -> None:
    with broker.person("li") as li, broker.person("wang") as wang:
        wang.execute("BEGIN; UPDATE agent.customer SET owner_staff_id = 'S2' WHERE customer_id = 3")
        overtaken(li, wang, "UPDATE agent.customer SET owner_staff_id = 'S1' WHERE owner_staff_id IS NULL")
    assert broker.row("SELECT owner_staff_id FROM crm.customer WHERE customer_id = 3") == ("S2",)


def test_a_row_that_was_deleted_meanwhile_is_not_updated(broker: Broker) -> None:
    with broker.person("li") as li, broker.person("li") as other:
        other.execute("BEGIN; DELETE FROM agent.claim WHERE policy_id = 1")
        assert overtaken(li, other, "UPDATE agent.claim SET diagnosis = 'x' WHERE policy_id = 1") is None
        assert li.execute("SELECT * FROM agent.claim").fetchall() == []
    assert [change[0] for change in broker.history("crm.claim")] == ["removed"]
    broker.assert_in_step()


def test_a_row_that_became_another_meanwhile_is_not_deleted(broker: Broker) -> None:
    with broker.person("li") as li, broker.person("li") as other:
        other.execute("BEGIN; UPDATE agent.claim SET filed_on = '2026-05-05' WHERE policy_id = 1")
        error = overtaken(li, other, "DELETE FROM agent.claim WHERE filed_on = '2026-02-03'")
    assert error is not None
    assert error.sqlstate == "40001"
    assert broker.row("SELECT count(*) FROM crm.claim WHERE policy_id = 1") == (1,)


def test_a_statement_that_meets_a_row_twice_is_refused(broker: Broker) -> None:
    with broker.person("li") as li:
        statement = (
            "UPDATE agent.customer AS c SET health = s.h FROM (VALUES ('x'), ('y')) AS s (h) WHERE c.customer_id = 1"
        )
        assert refusal(li, statement).sqlstate == "40001"
    assert broker.history() == []


@pytest.mark.parametrize(
    "write",
    [
        "INSERT INTO agent.customer (owner_staff_id, name) VALUES ('S1', '张三')",
        "UPDATE agent.customer SET name = '张三' WHERE customer_id = 1",
    ],
)
def test_a_new_key_and_a_write_do_not_wait_for_each_other(broker: Broker, write: str) -> None:
    """Both lock the key first and the vault then: the other way round one of them would end as a deadlock."""
    with broker.person("li") as li, broker.connect() as rekeying, ThreadPoolExecutor() as threads:
        rekeying.execute("BEGIN; LOCK TABLE pgcustsec_keys.blind_index_key IN ACCESS EXCLUSIVE MODE")
        sent = threads.submit(li.execute, write.encode())
        waiting = "SELECT EXISTS (SELECT FROM pg_catalog.pg_locks WHERE pid = %s AND NOT granted)"
        while rekeying.execute(waiting, [li.info.backend_pid]).fetchall() != [(True,)]:
            assert not sent.done()
        rekeying.execute('LOCK TABLE pgcustsec_vault."crm.customer" IN SHARE ROW EXCLUSIVE MODE NOWAIT; COMMIT')
        assert sent.result().rowcount == 1
    broker.assert_in_step()
