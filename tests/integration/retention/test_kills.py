"""Sweeps that are killed again and again: what is gone is certified, what is there is whole, at every moment (4.3)."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import subprocess
import sys
import threading
import time

import psycopg
import pytest

from pgcustsec.errors import PgcustsecError
from tests.integration.clients.world import Broker
from tests.integration.retention.partitioned import Parts
from tests.integration.retention.world import ORPHANS, batch_of, left_of_anybody, more, there

FIRST, LAST = 1001, 1400
KILLS = 110

#: How many are certified, how many of these customers are there, and what is not whole, of one moment.
STATE = f"""
SELECT (SELECT coalesce(sum(subjects), 0) FROM pgcustsec_internal.certificate),
    (SELECT count(*) FROM crm.customer WHERE customer_id BETWEEN {FIRST} AND {LAST}),
    (SELECT coalesce(sum((counts ->> 'crm.claim')::integer), 0) FROM pgcustsec_internal.certificate),
    (SELECT count(*) FROM crm.claim WHERE diagnosis LIKE 'kan-%%'),
    (SELECT count(DISTINCT record_key) FROM pgcustsec_internal.change
        WHERE relation = 'crm.customer' AND num_nonnulls(old_value, new_value, reason) > 0),
    ARRAY(SELECT o::text FROM ({ORPHANS}) AS o)
"""


def check(broker: Broker) -> int:
    """One snapshot: what is certified is gone, what is there is whole. How many are gone."""
    customers = LAST - FIRST + 1
    [(certified, present, claims, filed, remembered, orphans)] = broker.rows(STATE)
    assert certified == customers - present
    assert claims == 3 * customers - filed
    assert remembered == present
    assert orphans == []
    return int(certified)


def sweeping(broker: Broker, pids: list[int], stop: threading.Event, seed: int) -> None:
    """Sweep in small batches, anew after each kill, until nothing is left or it is enough."""
    chance = random.Random(seed)
    while not stop.is_set():
        try:
            with broker.database.connect(user=broker.admin) as connection:
                pids.append(connection.info.backend_pid)
                while not stop.is_set() and any(batch_of(connection, chance.choice((1, 2, 3)))):
                    pass
                if not stop.is_set():
                    time.sleep(0.01)
        except psycopg.OperationalError:
            continue


def test_a_hundred_kills_leave_nothing_half_done(broker: Broker) -> None:
    more(broker, FIRST, LAST)
    chance = random.Random(15)
    pids: list[int] = []
    stop = threading.Event()
    threads = [threading.Thread(target=sweeping, args=(broker, pids, stop, seed)) for seed in range(2)]
    for thread in threads:
        thread.start()
    killed, gone = 0, set()
    try:
        with broker.database.connect() as killer:
            while killed < KILLS:
                time.sleep(chance.random() * 0.03)
                if pids:
                    [(hit,)] = killer.execute("SELECT pg_terminate_backend(%s)", [pids.pop()]).fetchall()
                    killed += hit
                gone.add(check(broker))
    finally:
        stop.set()
        for thread in threads:
            thread.join()
    assert len(gone) > 5, "it went on between kills"
    with broker.database.connect() as connection:
        while any(batch_of(connection, 100)):
            pass
    assert check(broker) == LAST - FIRST + 1
    assert left_of_anybody(broker) == set() and there(broker) == [1, 2, 3, 4, 5]


@pytest.mark.one_server
def test_a_command_that_is_killed_goes_on_with_the_next_one(broker: Broker) -> None:
    more(broker, FIRST, LAST)
    command = [
        *(sys.executable, "-m", "pgcustsec", "retention", "run", "--batch", "2"),
        *("-d", broker.database.conninfo(broker.admin)),
    ]
    for _ in range(3):
        before = check(broker)
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        deadline = time.monotonic() + 20
        while check(broker) == before and time.monotonic() < deadline:
            time.sleep(0.01)
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        assert LAST - FIRST + 1 > check(broker) > before, "it was amid its work"
    done = subprocess.run([*command[:-4], *command[-2:]], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert check(broker) == LAST - FIRST + 1


DAYS = 24

#: Days that are there as partitions, as tables, and on record as dropped; customers there, and certified.
DROPPING = """
SELECT (SELECT count(*) FROM pg_partition_tree('crm.customer') AS p WHERE p.relid::text LIKE 'crm.day%%'),
    (SELECT count(*) FROM pg_class AS c WHERE c.relname LIKE 'day%%' AND c.relkind = 'r'),
    (SELECT count(*) FROM pgcustsec_internal.audit WHERE about LIKE 'partition crm.day%%'),
    (SELECT count(*) FROM crm.customer), (SELECT coalesce(sum(subjects), 0) FROM pgcustsec_internal.certificate)
"""


def test_a_drop_that_is_killed_is_done_wholly_or_not_at_all(parts: Parts) -> None:
    """Each partition is there, with its table, or is dropped and on record; whoever is gone is certified."""
    parts.swept()
    for day in range(DAYS):
        parts.execute(
            f"SET ROLE {parts.owner}; CREATE TABLE crm.day{day} PARTITION OF crm.customer"
            f" FOR VALUES FROM (date '2019-01-01' + {day}) TO (date '2019-01-02' + {day})",
            "INSERT INTO crm.customer (customer_id, came_on)"
            f" SELECT i, date '2019-01-01' + {day} FROM generate_series(1, 2) AS i",
        )
    parts.apply()
    killed, left = 0, set[int]()
    for amid in (0, 1, 4, 9, 15):
        stop = threading.Event()
        thread = threading.Thread(target=killing, args=(parts, stop, amid))
        thread.start()
        with contextlib.suppress(PgcustsecError, psycopg.OperationalError):
            parts.swept()
        stop.set()
        thread.join()
        attached = check_days(parts)
        killed += attached > 0
        left.add(attached)
    assert killed > 1 and len(left) > 2, "it was amid its work"
    parts.swept()
    assert check_days(parts) == 0


def check_days(parts: Parts) -> int:
    """One snapshot: what is dropped is on record, and who is gone is certified. How many days are there."""
    [(attached, tables, dropped, customers, certified)] = parts.rows(DROPPING)
    assert (attached, attached + dropped) == (tables, DAYS)
    assert customers + certified == 2 * DAYS
    return int(attached)


def killing(parts: Parts, stop: threading.Event, amid: int) -> None:
    """Kill the administrator's backend once so many days are dropped."""
    kill = (
        f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '{parts.admin}'"
        f" AND (SELECT count(*) >= {amid} FROM pgcustsec_internal.audit WHERE about LIKE 'partition crm.day%')"
    )
    with parts.database.connect() as killer:
        while not stop.is_set() and not killer.execute(kill.encode()).fetchall():
            time.sleep(0.002)
