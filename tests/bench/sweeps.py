"""
A sweep against plain DELETEs of as many rows of the same kind, in the same batches, with what hangs on them, their rows
of the vault and the values of their history; and an agent's reads beside it.

Batches go in turn, A B A B ..., and every one commits. What waits for whom is looked at while they go.
"""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import psycopg

from pgcustsec.demo.broker import DATABASE
from pgcustsec.vault.transaction import BY_KEY
from tests.bench.measure import Measured, milliseconds
from tests.bench.views import Bench

BATCH = 1000
MOST = 1_000_000
REACH, READS = 0.6, 0.7

#: Nine of ten customers did not buy and were last met years ago, with policies that have ended. Half of these are due;
#: of the others plain DELETEs take as many. Each has a line of history.
DUE = """
    CREATE SCHEMA bench_sweep;
    CREATE TABLE bench_sweep.chosen AS
        SELECT customer_id, row_number() OVER (ORDER BY customer_id) AS place FROM crm.customer
        WHERE customer_id % 10 <> 1 LIMIT {most};
    CREATE TABLE bench_sweep.plain AS SELECT customer_id, place / 2 / {batch} AS batch FROM bench_sweep.chosen
        WHERE place % 2 = 0;
    CREATE INDEX ON bench_sweep.plain (batch);
    CREATE INDEX ON crm.claim (policy_id);
    UPDATE crm.policy AS p SET ends_on = '2020-01-01' FROM bench_sweep.chosen AS c WHERE c.customer_id = p.customer_id;
    UPDATE crm.customer AS t SET status = 'lost', last_contact_at = CASE c.place % 2
        WHEN 1 THEN timestamptz '2021-01-01' ELSE now() END
        FROM bench_sweep.chosen AS c WHERE c.customer_id = t.customer_id;
    INSERT INTO pgcustsec_internal.change (relation, record_key, operation, column_name, old_value, new_value)
        SELECT 'crm.customer', customer_id::text, 'changed', 'note', 'before', 'after' FROM bench_sweep.chosen;
    VACUUM (ANALYZE)
"""
#: Both sides: rows by their keys, as `retention run` has it; else a plan that changes with the statistics decides.
SETTINGS = ";".join(f"SET LOCAL {setting}" for setting in BY_KEY)
PLAIN = f"""
    BEGIN;
    {SETTINGS};
    CREATE TEMP TABLE gone ON COMMIT DROP AS SELECT customer_id FROM bench_sweep.plain WHERE batch = {{batch}};
    DELETE FROM crm.claim AS t USING crm.policy AS p, gone AS g
        WHERE p.policy_id = t.policy_id AND g.customer_id = p.customer_id;
    DELETE FROM crm.policy AS t USING gone AS g WHERE g.customer_id = t.customer_id;
    DELETE FROM crm.attachment AS t USING gone AS g WHERE g.customer_id = t.customer_id;
    DELETE FROM crm.assignment AS t USING gone AS g WHERE g.customer_id = t.customer_id;
    DELETE FROM crm.customer AS t USING gone AS g WHERE g.customer_id = t.customer_id;
    UPDATE pgcustsec_internal.change AS c SET old_value = NULL, new_value = NULL FROM gone AS g
        WHERE c.relation = 'crm.customer' AND c.record_key = g.customer_id::text;
    COMMIT
"""
WAITING = "SELECT count(*) FROM pg_stat_activity WHERE pid = %s AND wait_event_type = 'Lock'"


def run(bench: Bench) -> Iterator[Measured]:
    """Yield the sweep's speed, and an agent's reads beside it against those between two batches."""
    for statement in DUE.format(most=MOST, batch=BATCH).split(";"):
        bench.owner.execute(statement.encode())
    [(batches, rows)] = bench.owner.execute("SELECT max(batch) + 1, count(*) FROM bench_sweep.plain").fetchall()
    alone, meanwhile = _Reads(), _Reads()
    waits = _Waits(bench)
    plain = sweep = 0.0
    with waits, _Reader(bench) as reader:
        for batch in range(batches):
            plain += milliseconds(lambda batch=batch: bench.owner.execute(PLAIN.format(batch=batch).encode()))
            with reader.counting(meanwhile):
                took = milliseconds(lambda: _sweep(bench))
            sweep += took
            with reader.counting(alone):
                time.sleep(took / 1000)
    [(left,)] = bench.owner.execute("SELECT count(*) FROM crm.customer WHERE retain_until <= now()").fetchall()
    if left > BATCH:
        raise SystemExit(f"bench of sweeps: {left} customers are left, which is no comparison")
    print(f"  the sweep waited for a lock in {waits.seen} of {waits.looked} looks at it", file=sys.stderr)
    figures = {"raw": [round(plain, 3)], "view": [round(sweep, 3)]}
    yield Measured(f"sweep of {rows:,} customers", round(plain / sweep, 3), REACH, "at least", "ms", figures)
    rates = {"raw": [round(alone.rate, 1)], "view": [round(meanwhile.rate, 1)]}
    yield Measured("an agent's reads meanwhile", round(meanwhile.rate / alone.rate, 3), READS, "at least", "tps", rates)


def _sweep(bench: Bench) -> None:
    """A batch as `retention run` does it: with its settings, in a transaction."""
    with bench.owner.transaction():
        bench.owner.execute(SETTINGS.encode())
        bench.owner.execute("SELECT pgcustsec.sweep('crm.customer', %s)", [BATCH])


@dataclass
class _Reads:
    """Reads that were counted, and how long."""

    reads: int = 0
    seconds: float = 0.0

    @property
    def rate(self) -> float:
        return self.reads / self.seconds


class _Reader:
    """An agent who reads one customer after the other, of those who stay; counted only while `counting`."""

    def __init__(self, bench: Bench) -> None:
        self._connection = bench.login(bench.person("sales_agent"))
        stay = "SELECT customer_id FROM customer WHERE customer_id % 10 = 1 LIMIT 200"
        self._keys = [row[0] for row in self._connection.execute(stay).fetchall()]
        self._stop = False
        self._reads = 0
        self._thread = threading.Thread(target=self._read)

    def __enter__(self) -> _Reader:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop = True
        self._thread.join()
        self._connection.close()

    @contextmanager
    def counting(self, into: _Reads) -> Iterator[None]:
        """Add to *into* what is read in the block."""
        reads, begin = self._reads, time.perf_counter()
        yield
        into.reads += self._reads - reads
        into.seconds += time.perf_counter() - begin

    def _read(self) -> None:
        while not self._stop:
            for key in self._keys:
                self._connection.execute("SELECT * FROM customer WHERE customer_id = %s", [key])
                self._reads += 1
                if self._stop:
                    return


class _Waits:
    """Looks, all the time, whether the connection that sweeps waits for a lock."""

    def __init__(self, bench: Bench) -> None:
        self._connection = psycopg.connect(bench.broker.server.conninfo(DATABASE), autocommit=True)
        self._pid = bench.owner.info.backend_pid
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._look)
        self.looked = self.seen = 0

    def __enter__(self) -> _Waits:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()
        self._connection.close()

    def _look(self) -> None:
        while not self._stop.wait(0.02):
            [(waits,)] = self._connection.execute(WAITING, [self._pid]).fetchall()
            self.looked += 1
            self.seen += waits
