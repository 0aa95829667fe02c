"""Terms that are worked out anew, batch by batch, after a rule of the matrix has changed (4.3)."""

from __future__ import annotations

import contextlib
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import psycopg
import pytest

from pgcustsec.errors import Refused
from pgcustsec.migrate import apply_matrix
from pgcustsec.retention import restamp, sweep
from tests.integration.clients.world import Broker
from tests.integration.retention.world import (
    CUSTOMER,
    apply,
    more,
    restamped,
    rule,
    supervisor,
    sweep_once,
    swept,
    there,
    until,
    with_rules,
)

#: What differs between versions is in the sweeps; here it is the same statement.
pytestmark = pytest.mark.one_server


def keeping(broker: Broker, days: int) -> None:
    """Apply the matrix with another term for prospects."""
    prospects = replace(rule(broker.matrix, "unsold_prospect"), keep_days=days)
    apply(broker, with_rules(broker.matrix, prospects, rule(broker.matrix, "former_customer")))


def test_a_changed_rule_gives_every_row_another_term(broker: Broker) -> None:
    more(broker, 1001, 1010)
    keeping(broker, 100_000 // 10)
    before = until(broker, 1001)
    assert restamped(broker) == 12, "ten, and prospects 2 and 5"
    assert until(broker, 1001) == before + timedelta(days=10_000 - 730)
    assert restamped(broker) == 0


def test_a_rule_that_keeps_longer_saves_who_was_due(broker: Broker) -> None:
    more(broker, 1001, 1003)
    keeping(broker, 20_000)
    assert swept(broker).destroyed == 0 and 1001 in there(broker)


def test_a_rule_that_keeps_longer_saves_them_though_nothing_was_worked_out(broker: Broker) -> None:
    """A batch by the function alone looks again itself."""
    more(broker, 1001, 1003)
    keeping(broker, 20_000)
    assert sweep_once(broker) == (0, 0, 3)


def test_a_rule_that_keeps_shorter_is_in_force_with_the_next_run(broker: Broker) -> None:
    more(broker, 1001, 1003, contact="2026-11-01")
    keeping(broker, 1)
    assert swept(broker).destroyed == 5, "prospects 2 and 5 are due as well"


def batch(broker: Broker, size: int) -> tuple[int, int, bool]:
    with broker.database.connect() as connection:
        [row] = connection.execute(
            "SELECT seen, changed, done FROM pgcustsec.restamp('crm.customer', %s)", [size]
        ).fetchall()
    return row[0], row[1], row[2]


def test_batches_go_on_where_the_last_one_ended(broker: Broker) -> None:
    more(broker, 1001, 1010)
    keeping(broker, 800)
    assert [batch(broker, 4) for _ in range(4)] == [(4, 1, False), (4, 4, False), (4, 4, False), (3, 3, True)]
    assert batch(broker, 4) == (0, 0, True)


def test_a_batch_that_was_broken_off_is_done_again(broker: Broker) -> None:
    more(broker, 1001, 1010)
    keeping(broker, 800)
    batch(broker, 5)
    with broker.database.connect() as connection, connection.transaction(force_rollback=True):
        connection.execute("SELECT pgcustsec.restamp('crm.customer', 5)")
    connection = broker.database.connect()
    with pytest.raises(psycopg.OperationalError), connection.transaction():
        connection.execute("SELECT pgcustsec.restamp('crm.customer', 5)")
        broker.execute(f"SELECT pg_terminate_backend({connection.info.backend_pid})")
        connection.execute("SELECT")
    assert restamped(broker) == 10
    assert {until(broker, one) for one in range(1001, 1011)} == {until(broker, 1001)}


def test_rules_that_change_again_begin_anew(broker: Broker) -> None:
    more(broker, 1001, 1010)
    keeping(broker, 800)
    batch(broker, 12)
    keeping(broker, 900)
    assert restamped(broker) == 12
    assert until(broker, 1001) == until(broker, 1010)


def test_rules_that_change_back_leave_nobody_between(broker: Broker) -> None:
    more(broker, 1001, 1010)
    before = until(broker, 1010)
    keeping(broker, 800)
    batch(broker, 12)
    keeping(broker, 730)
    restamped(broker)
    assert until(broker, 1001) == until(broker, 1010) == before


def test_a_row_that_was_being_written_when_the_rules_changed_has_the_new_term(broker: Broker) -> None:
    """Its writer began by the old rules, and commits after everybody else was worked out anew."""
    with broker.database.connect() as late:
        with late.transaction():
            late.execute(
                "INSERT INTO crm.customer (customer_id, status, last_contact_at) OVERRIDING SYSTEM VALUE"
                " VALUES (1001, 'prospect', '2020-01-01 00:00+00')"
            )
            try:
                with broker.connect(broker.admin) as connection:
                    connection.execute("SET lock_timeout = '500ms'")
                    prospects = replace(rule(broker.matrix, "unsold_prospect"), keep_days=800)
                    apply_matrix(
                        connection, with_rules(broker.matrix, prospects, rule(broker.matrix, "former_customer"))
                    )
            except Refused:
                return
            with suppress(Refused):
                restamped(broker)
        restamped(broker)
    assert until(broker, 1001) == datetime(2020, 1, 1, tzinfo=UTC) + timedelta(days=800)


def test_rows_that_others_hold_are_waited_for_and_said(broker: Broker) -> None:
    more(broker, 1001, 1003)
    keeping(broker, 800)
    with broker.database.connect() as other, other.transaction(), broker.connect(broker.admin) as connection:
        other.execute("SELECT FROM crm.customer WHERE customer_id = 1002 FOR UPDATE")
        with pytest.raises(Refused):
            restamp(connection, lock_timeout="100ms")
    assert restamped(broker) == 5


def test_one_row_in_somebodys_editor_stops_no_sweep_of_others(broker: Broker) -> None:
    """Terms are worked out first where rules changed; that customer 5 is locked is no reason to destroy nobody."""
    more(broker, 1001, 1003)
    with broker.database.connect() as other, other.transaction():
        other.execute("SELECT FROM crm.customer WHERE customer_id = 5 FOR UPDATE")
        keeping(broker, 800)
        with broker.connect(broker.admin) as connection, contextlib.suppress(Refused):
            sweep(connection, [CUSTOMER], lock_timeout="100ms")
        assert [one for one in there(broker) if one > 1000] == []


def test_a_plan_that_ends_terms_says_that_rows_show_again(broker: Broker) -> None:
    """Whoever is past their term and not destroyed yet, or held, shows to all roles when the rules are gone."""
    more(broker, 1001, 1003)
    with broker.person("sun") as sun:
        query = "SELECT FROM customer WHERE customer_id > 1000"
        assert sun.execute(query).fetchall() == []
        with broker.connect(broker.admin) as connection:
            plan = apply_matrix(connection, with_rules(broker.matrix))
        assert len(sun.execute(query).fetchall()) == 3, "the control"
    assert plan.access != ()


def test_who_may_not_sweep_works_out_no_terms(broker: Broker) -> None:
    for name in ("li", "zhao", "sun", "ouyang"):
        with broker.database.connect(user=broker.login(name)) as connection:
            for call in ("restamp('crm.customer')", "sweep('crm.customer')"):
                with pytest.raises(psycopg.errors.InsufficientPrivilege):
                    connection.execute(f"SELECT pgcustsec.{call}")
    with supervisor(broker) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute("SELECT pgcustsec.sweep('crm.customer')")
