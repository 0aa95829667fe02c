"""A table that eight clients read all the while is changed under them, and none of them notices (5.2.5)."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import psycopg
import pytest

from pgcustsec.matrix.model import Access, Column
from pgcustsec.migrate import apply_matrix, plan_matrix
from tests.cluster import Server
from tests.integration.test_apply import with_access, with_column
from tests.work import begin_work
from tests.worlds import World, crm_world

CLIENTS = 8
READ = "SELECT * FROM customer WHERE owner_staff_id = 'S1'"


@pytest.fixture
def crm(server: Server) -> Iterator[World]:
    with crm_world(server) as world:
        with world.connect(world.admin) as connection:
            apply_matrix(connection, world.matrix)
        yield world


@dataclass
class Seen:
    """What the clients did, and what went wrong with them."""

    statements: int = 0
    errors: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)


@contextmanager
def clients(world: World, seen: Seen) -> Iterator[None]:
    """Eight connections of an agent, each reading its customers without a pause while the block runs."""
    stop = threading.Event()

    def work() -> None:
        with world.database.connect(user=world.login("li")) as connection:
            begin_work(connection)
            while not stop.is_set():
                try:
                    rows = connection.execute(READ).fetchall()
                    assert rows, "the agent's customer is there all the time"
                except (psycopg.Error, AssertionError) as error:
                    with seen.lock:
                        seen.errors.append(str(error))
                    return
                with seen.lock:
                    seen.statements += 1

    threads = [threading.Thread(target=work) for _ in range(CLIENTS)]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        stop.set()
        for thread in threads:
            thread.join()


def test_a_table_is_changed_under_eight_clients(crm: World) -> None:
    """Views, policies and the CHECK of a table: what takes every lock that there is."""
    wider = with_access("sales_agent", Access("crm.customer", ("branch", "serving"), "serving", "masked"))(crm.matrix)
    sealed = with_column(Column("health", 1, "health"))(wider)
    seen = Seen()
    with clients(crm, seen), crm.connect(crm.admin) as connection:
        for matrix in (wider, sealed, crm.matrix, wider, crm.matrix):
            before = seen.statements
            assert apply_matrix(connection, matrix, lock_timeout="500ms", attempts=30)
            assert not plan_matrix(connection, matrix)
            while seen.statements < before + CLIENTS and not seen.errors:
                pass
    assert seen.errors == []
