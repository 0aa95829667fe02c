# ruff: noqa: E501 - a statement of SQL reads best on its line
"""
Losing a row, a hold or a right while an emptied partition is dropped (hardening 4, 5; 4.3).

Beside it the naive way: look whether it is empty, then drop it; let the owner read the vault for it.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager

import psycopg
import pytest

from pgcustsec.retention import Swept, partitions
from tests.cluster import Server
from tests.integration.clients.world import copy
from tests.integration.retention.partitioned import ODD_NAME, STAYS, Parts, parts_world

PATIENT = "20s"
LATE = "INSERT INTO {} (customer_id, came_on, status) VALUES (77, '2019-03-03', 'customer')"


@pytest.fixture(scope="module")
def built(server: Server) -> Iterator[Parts]:
    with parts_world(server) as world:
        yield world


@pytest.fixture
def parts(built: Parts) -> Iterator[Parts]:
    """A copy for one test."""
    with copy(built) as world:
        yield world


@contextmanager
def meanwhile(parts: Parts) -> Iterator[Future[Swept]]:
    """A sweep goes on while the block runs; what it did is the result afterwards."""
    with ThreadPoolExecutor(1) as pool:
        yield pool.submit(parts.swept)


def until_true(what: Callable[[], object]) -> None:
    deadline = time.monotonic() + 20
    while not what():
        assert time.monotonic() < deadline, "it never came so far"
        time.sleep(0.01)


def waits_for(parts: Parts, relation: str, mode: str) -> Callable[[], object]:
    """Whether somebody waits for that lock."""
    return lambda: parts.rows(
        "SELECT FROM pg_locks WHERE NOT granted AND relation = %s::regclass AND mode = %s", relation, mode
    )


def test_the_naive_way_loses_a_row_that_comes_after_the_look(parts: Parts) -> None:
    """The control: what the next tests try is there to be lost."""
    with parts.database.connect() as naive, naive.transaction():
        assert naive.execute("SELECT NOT EXISTS (SELECT FROM crm.customer_2019)").fetchone() == (True,)
        parts.execute(LATE.format("crm.customer"))
        naive.execute("ALTER TABLE crm.customer DETACH PARTITION crm.customer_2019")
        naive.execute("DROP TABLE crm.customer_2019")
    assert parts.keys() == []


@pytest.mark.parametrize("isolation", ["read committed", "repeatable read"])
def test_a_row_that_comes_after_the_look_is_seen_once_nobody_can_write(
    parts: Parts, monkeypatch: pytest.MonkeyPatch, isolation: str
) -> None:
    """Whoever reads the table keeps the drop at its lock meanwhile, and writes to the partition then."""
    monkeypatch.setattr(partitions, "LOCK_TIMEOUT", PATIENT)
    parts.execute(
        f"ALTER ROLE {parts.admin} IN DATABASE {parts.database.name} SET default_transaction_isolation = '{isolation}'"
    )
    with parts.database.connect() as writer:
        with meanwhile(parts) as sweeping, writer.transaction():
            writer.execute("SELECT count(*) FROM crm.customer")
            until_true(waits_for(parts, "crm.customer", "AccessExclusiveLock"))
            writer.execute(LATE.format("crm.customer_2019").encode())
        done = sweeping.result()
    assert (done.dropped, done.problems) == ((f"crm.{ODD_NAME}",), ()), "it was there in time, and is no problem"
    assert parts.keys() == [77]


def test_a_row_that_is_being_written_keeps_the_partition(parts: Parts) -> None:
    with parts.database.connect() as writer, writer.transaction():
        writer.execute(LATE.format("crm.customer").encode())
        assert parts.swept().dropped == ()
    assert parts.keys() == [77]


def test_a_row_that_comes_while_it_is_dropped_is_refused_and_not_lost(
    parts: Parts, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its writer waits, and hears that it was not written."""
    monkeypatch.setattr(partitions, "LOCK_TIMEOUT", PATIENT)
    refused: list[Exception] = []

    def write() -> None:
        # Into the table or, where the default partition takes it, there.
        try:
            parts.execute(LATE.format("crm.customer"))
        except psycopg.Error as error:
            refused.append(error)

    with parts.database.connect() as holder:
        with meanwhile(parts) as sweeping, holder.transaction():
            holder.execute('LOCK TABLE pgcustsec_vault."crm.customer" IN ROW EXCLUSIVE MODE')
            until_true(waits_for(parts, 'pgcustsec_vault."crm.customer"', "ShareLock"))
            writer = threading.Thread(target=write)
            writer.start()
            until_true(waits_for(parts, "crm.customer", "RowExclusiveLock"))
        writer.join()
        done = sweeping.result()
    assert "crm.customer_2019" in done.dropped
    assert (parts.keys() == [77]) == (refused == [])
    assert parts.keys() == parts.keys("crm.customer_rest"), "it lies where the table has put it"


def test_what_lets_the_owner_look_for_references_lets_nobody_see_the_vault(
    parts: Parts, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While the drop, which grants it to itself, waits for whoever writes the vault."""
    monkeypatch.setattr(partitions, "LOCK_TIMEOUT", PATIENT)
    look = 'SELECT customer_id FROM pgcustsec_vault."crm.customer"'
    with parts.database.connect() as holder:
        with meanwhile(parts) as sweeping, holder.transaction():
            holder.execute('LOCK TABLE pgcustsec_vault."crm.customer" IN ROW EXCLUSIVE MODE')
            until_true(waits_for(parts, 'pgcustsec_vault."crm.customer"', "ShareLock"))
            with parts.database.connect() as owner:
                owner.execute(f"SET ROLE {parts.owner}".encode())
                with pytest.raises(psycopg.errors.InsufficientPrivilege):
                    owner.execute(look.encode())
        done = sweeping.result()
    assert len(done.dropped) == 2
    with parts.database.connect() as owner:
        owner.execute(f"SET ROLE {parts.owner}".encode())
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            owner.execute(look.encode())
    parts.execute(
        f"GRANT USAGE ON SCHEMA pgcustsec_vault TO {parts.owner}",
        f'GRANT SELECT ON pgcustsec_vault."crm.customer" TO {parts.owner}',
    )
    with parts.database.connect() as owner:
        owner.execute(f"SET ROLE {parts.owner}".encode())
        assert owner.execute(look.encode()).fetchall() == [], "the control: the naive way, granted for good"


@pytest.mark.parametrize("by", ["key", "predicate"])
def test_a_hold_that_is_placed_while_the_sweep_goes_on_keeps_its_row_and_the_partition(parts: Parts, by: str) -> None:
    parts.add(2019, 1, 3)
    with parts.database.connect() as court:
        with meanwhile(parts) as sweeping, court.transaction():
            predicate = '\'[{"column": "customer_id", "is": "=", "value": 2}]\'' if by == "predicate" else "NULL"
            court.execute(
                "INSERT INTO pgcustsec_internal.hold (relation, reason, review_at, placed_by, predicate) VALUES"
                f" ('crm.customer', 'lawsuit', now() + interval '1 day', 'S3', {predicate})".encode()
            )
            if by == "key":
                court.execute(
                    "INSERT INTO pgcustsec_internal.hold_subject (hold_id, relation, record_key)"
                    " SELECT hold_id, relation, '[2, \"2019-06-03\"]' FROM pgcustsec_internal.hold"
                )
            until_true(waits_for(parts, "pgcustsec_internal.hold", "ShareLock"))
        done = sweeping.result()
    assert (done.destroyed, done.dropped) == (2, (f"crm.{ODD_NAME}",))
    assert parts.keys("crm.customer_2019") == [2]


def test_writers_and_sweeps_that_race_lose_no_row_that_was_written(parts: Parts) -> None:
    """Round after round the partition comes back; what a writer was told is written is there."""
    parts.swept()
    written: set[int] = set()
    stop = threading.Event()

    def write() -> None:
        number = 1000
        with parts.database.connect() as writer:
            while not stop.is_set():
                number += 1
                try:
                    writer.execute(LATE.replace("77", str(number)).format("crm.customer").encode())
                    written.add(number)
                    if number % 3:
                        # And gone again, as somebody deletes it, so that the partition is empty now and then.
                        writer.execute(f"DELETE FROM crm.customer WHERE customer_id = {number}".encode())
                        written.discard(number)
                        if number % 50 < 40:
                            writer.execute("DELETE FROM crm.customer WHERE customer_id > 1000")
                            written.clear()
                except psycopg.Error:
                    written.discard(number)

    thread = threading.Thread(target=write)
    thread.start()
    try:
        for _ in range(12):
            parts.swept()
            if "day" not in parts.partitions():
                # What the default partition took meanwhile goes where it belongs.
                parts.execute(
                    "BEGIN; LOCK TABLE crm.customer; CREATE TEMPORARY TABLE moved ON COMMIT DROP AS SELECT * FROM crm.customer_rest; DELETE FROM crm.customer_rest;"
                    f" SET LOCAL ROLE {parts.owner}; CREATE TABLE crm.day PARTITION OF crm.customer FOR VALUES FROM ('2019-03-03') TO ('2019-03-04');"
                    " RESET ROLE; INSERT INTO crm.customer SELECT * FROM moved; COMMIT"
                )
    finally:
        stop.set()
        thread.join()
    assert set(parts.keys()) == written
    assert parts.partitions() >= STAYS


def test_nobody_but_the_matrix_says_that_partitions_go(parts: Parts) -> None:
    with parts.connect(parts.login("li")) as connection:
        for statement in (
            "UPDATE pgcustsec_internal.retention_rule SET drops_partitions = true",
            "ALTER TABLE crm.customer DETACH PARTITION crm.customer_2019",
            "DROP TABLE crm.customer_2019",
            "TRUNCATE crm.customer_2019",
            "INSERT INTO pgcustsec_internal.audit (kind, about) VALUES ('partition_dropped', 'x')",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(statement.encode())
