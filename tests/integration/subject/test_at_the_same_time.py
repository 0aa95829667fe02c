"""Holds, sales, sweeps and other erasures while a customer is erased; and being killed at it (4.3)."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager

import psycopg
import pytest

from tests.integration.clients.world import Broker
from tests.integration.retention.world import batch_of, more, supervisor
from tests.integration.subject.wishes import assert_gone, assert_whole, certificates, erase, granted, state

WAITING = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
HOLD = "SELECT pgcustsec.place_hold('crm.customer', {}, 'lawsuit', NULL, now() + interval '1 day')"
BY_KEY = HOLD.format("'{1001}', NULL")
BY_CONDITIONS = HOLD.format("""NULL, '[{"column": "customer_id", "is": "=", "value": 1001}]'""")


def answer(connection: psycopg.Connection[object], statement: str) -> str:
    try:
        connection.execute(statement.encode())
    except psycopg.Error as error:
        return str(error.sqlstate)
    return "done"


@contextmanager
def beside(broker: Broker, what: Callable[[], str]) -> Iterator[Future[str]]:
    """Do *what* in a thread; the block begins when it waits for a lock."""
    with ThreadPoolExecutor(1) as pool, broker.database.connect() as watcher:
        future = pool.submit(what)
        deadline = time.monotonic() + 10
        while watcher.execute(WAITING).fetchall() == [(0,)] and not future.done() and time.monotonic() < deadline:
            time.sleep(0.005)
        yield future


@pytest.mark.parametrize("hold", [BY_KEY, BY_CONDITIONS], ids=["by key", "by conditions"])
def test_a_hold_that_is_being_placed_is_not_passed_over(broker: Broker, hold: str) -> None:
    with broker.person("chen") as chen, supervisor(broker) as qin:
        number = granted(broker, chen, 1001)
        qin.execute("BEGIN")
        qin.execute(hold.encode())
        assert erase(chen, number) == "55P03"
        qin.execute("COMMIT")
        assert erase(chen, number) == "CS501"
    assert_whole(broker, 1001)


@pytest.mark.parametrize("hold", [BY_KEY, BY_CONDITIONS], ids=["by key", "by conditions"])
def test_a_hold_waits_for_who_erases_a_customer_that_it_covers(broker: Broker, hold: str) -> None:
    with broker.person("chen") as chen, supervisor(broker) as qin:
        number = granted(broker, chen, 1001)
        chen.execute("BEGIN")
        assert erase(chen, number) == "erased"
        with beside(broker, lambda: answer(qin, hold)) as placed:
            assert not placed.done()
            chen.execute("COMMIT")
        assert placed.result() == "done"
    assert_gone(broker, 1001)


SELL = """
INSERT INTO crm.policy (customer_id, product, starts_on, ends_on) VALUES (1001, 'life', '2026-12-01', '2027-12-31')
"""


def test_a_policy_that_is_being_sold_keeps_its_customer(broker: Broker) -> None:
    with broker.person("chen") as chen, broker.database.connect() as seller:
        number = granted(broker, chen, 1001)
        seller.execute("BEGIN")
        seller.execute(SELL)
        assert erase(chen, number) == "55P03"
        seller.execute("COMMIT")
        assert erase(chen, number) == "CS507"
    assert broker.rows("SELECT count(*) FROM crm.policy WHERE customer_id = 1001") == [(3,)]


def test_no_policy_is_sold_to_who_is_being_erased(broker: Broker) -> None:
    with broker.person("chen") as chen, broker.database.connect() as seller:
        number = granted(broker, chen, 1001)
        chen.execute("BEGIN")
        assert erase(chen, number) == "erased"
        with beside(broker, lambda: answer(seller, SELL)) as sold:
            assert not sold.done()
            chen.execute("COMMIT")
        assert sold.result() == "23503"
    assert_gone(broker, 1001)


def test_of_two_who_fulfil_one_wish_one_does(broker: Broker) -> None:
    with broker.person("chen") as chen, broker.person("chen") as again:
        number = granted(broker, chen, 1001)
        chen.execute("BEGIN")
        assert erase(chen, number) == "erased"
        with beside(broker, lambda: erase(again, number)) as second:
            assert not second.done()
            chen.execute("COMMIT")
        assert second.result() == "CS302"
    assert certificates(broker) == [(number, 1)]


def test_of_two_wishes_for_one_customer_one_is_fulfilled(broker: Broker) -> None:
    with broker.person("chen") as chen, broker.person("chen") as again:
        first, second = granted(broker, chen, 1001), granted(broker, chen, 1001, 1002)
        chen.execute("BEGIN")
        assert erase(chen, first) == "erased"
        with beside(broker, lambda: erase(again, second)) as other:
            assert not other.done()
            chen.execute("COMMIT")
        assert other.result() == "CS201"
    assert certificates(broker) == [(first, 1)]
    assert state(broker, second) == "approved"


def test_while_a_sweep_runs_somebody_else_is_erased_and_nobody_twice(broker: Broker) -> None:
    more(broker, 1011, 1012)
    with broker.person("chen") as chen, broker.database.connect(user=broker.admin) as sweeper:
        number = granted(broker, chen, 1001)
        sweeper.execute("BEGIN")
        assert batch_of(sweeper) == (2, 0, 0)
        assert erase(chen, number) == "erased"
        sweeper.execute("COMMIT")
        chen.execute("BEGIN")
        assert erase(chen, granted(broker, broker.person("chen"), 1002)) == "erased"
        assert batch_of(sweeper) == (0, 0, 0), "an erasure keeps no sweep waiting"
        chen.execute("COMMIT")
    assert_gone(broker, 1001, 1002, 1011, 1012)
    assert len(certificates(broker)) == 3


#: How many certificates of one customer each whose request says so, who of them are there, and who of those is whole.
STATE = """
SELECT (SELECT count(*) FROM pgcustsec_internal.certificate AS c
        JOIN pgcustsec_internal.request_event AS e ON e.request_id = c.request_id AND e.kind = 'erased'
        WHERE c.subjects = 1),
    (SELECT count(*) FROM pgcustsec_internal.certificate),
    (SELECT count(*) FROM pgcustsec_internal.request_event AS e WHERE e.kind = 'erased'),
    count(*), count(*) FILTER (WHERE (
        SELECT count(DISTINCT p.policy_id) = 2 AND count(d.claim_id) = 3 FROM crm.policy AS p
        JOIN crm.claim AS d USING (policy_id) WHERE p.customer_id = k.customer_id))
FROM crm.customer AS k WHERE customer_id = ANY (%s)
"""


def check(broker: Broker, keys: list[int]) -> int:
    """Of one moment: whoever is certified is gone, whoever is there is whole; how many are gone."""
    [(right, certified, erased, left, whole)] = broker.rows(STATE, keys)
    assert right == certified == erased == len(keys) - left
    assert left == whole
    return int(certified)


def killed(broker: Broker, number: int, after: float) -> str:
    """Fulfil the request over a connection that is ended so many seconds later; what came of it, or `killed`."""

    def erasing() -> str:
        try:
            return erase(chen, number)
        except psycopg.Error:
            return "killed"

    with ThreadPoolExecutor(1) as pool, broker.database.connect() as killer:
        chen = broker.database.connect(user=broker.login("chen"))
        with contextlib.closing(chen):
            future = pool.submit(erasing)
            time.sleep(after)
            killer.execute("SELECT pg_terminate_backend(%s, 5000)", [chen.info.backend_pid])
            told = future.result()
    return told if told in ("erased", "CS302") else "killed"


def test_killed_at_any_moment_nothing_is_gone_without_certificate_nor_the_reverse(broker: Broker) -> None:
    keys = list(range(1001, 1011))
    with broker.person("chen") as chen:
        numbers = [granted(broker, chen, key) for key in keys]
        begun = time.monotonic()
        assert erase(chen, numbers[0]) == "erased"
        takes = time.monotonic() - begun
    told = []
    for number in numbers[1:]:
        # From before it has begun to after it is done, as long as the first one took.
        for step in range(7):
            told.append(killed(broker, number, takes * step / 5))
            check(broker, keys)
    assert told.count("killed") > 5
    with broker.person("chen") as chen:
        for number in numbers:
            assert erase(chen, number) in ("erased", "CS302")
    assert check(broker, keys) == len(keys)
    assert_gone(broker, *keys)
