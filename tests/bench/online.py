"""
A matrix is applied, and taken back, under eight clients who read one customer after the other through their view.

What they feel of it is the longest statement of any, beside the longest of the same clients while nothing is applied.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import psycopg

from pgcustsec.migrate import apply_matrix
from tests.bench.measure import Measured
from tests.bench.views import Bench

CLIENTS = 8
#: Milliseconds: as long as `apply` lets a statement wait, and with it all who come behind.
REACH = 2000.0


@dataclass
class _Clients:
    """Eight agents at work, and the longest statement of any of them in milliseconds since it was last asked."""

    connections: list[psycopg.Connection]
    keys: list[int]
    longest: float = 0.0
    stop: threading.Event = field(default_factory=threading.Event)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def work(self, connection: psycopg.Connection) -> None:
        while not self.stop.is_set():
            for key in self.keys:
                begin = time.perf_counter()
                connection.execute("SELECT * FROM customer WHERE customer_id = %s", [key])
                took = (time.perf_counter() - begin) * 1000
                with self.lock:
                    self.longest = max(self.longest, took)
                if self.stop.is_set():
                    return

    def ask(self) -> float:
        with self.lock:
            longest, self.longest = self.longest, 0.0
        return round(longest, 1)


def run(bench: Bench, rounds: int) -> Iterator[Measured]:
    """Yield the longest stall under an apply; every other round takes the change back."""
    matrix = bench.broker.matrix
    agent = matrix.roles["sales_agent"]
    access = replace(agent.tables["crm.customer"], rows=("serving",))
    tables = {**agent.tables, "crm.customer": access}
    changed = replace(matrix, roles={**matrix.roles, "sales_agent": replace(agent, tables=tables)})
    person = bench.person("sales_agent")
    connections = [bench.login(person) for _ in range(CLIENTS)]
    found = connections[0].execute("SELECT customer_id FROM customer LIMIT 200").fetchall()
    clients = _Clients(connections, [key for (key,) in found])
    threads = [threading.Thread(target=clients.work, args=[connection]) for connection in connections]
    for thread in threads:
        thread.start()
    figures: dict[str, list[float]] = {"raw": [], "view": []}
    try:
        for turn in range(2 * rounds):
            time.sleep(3)
            figures["raw"].append(clients.ask())
            with bench.broker.as_administrator() as connection:
                apply_matrix(connection, changed if turn % 2 == 0 else matrix, lock_timeout="2s", attempts=5)
            figures["view"].append(clients.ask())
    finally:
        clients.stop.set()
        for thread in threads:
            thread.join()
        for connection in connections:
            connection.close()
    longest = max(figures["view"])
    yield Measured(f"longest stall of {CLIENTS} clients under an apply", longest, REACH, "at most", "ms", figures)
