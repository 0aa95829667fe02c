"""
A server that dies right after it showed something (hardening 19, 20; 5.2.4).

The server of these tests does not wait for the disk by itself (`synchronous_commit = off`); it is killed, all of its
processes at once, and recovers from its log. What had not left its memory by then is gone.
"""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg
import pytest

from pgcustsec.migrate import apply_matrix
from tests import cluster
from tests.attack.opened_world import SERVED, opened_matrix, opened_world, recorded, shown_in, spent
from tests.attack.world import World
from tests.cluster import Candidate, Server

WAL_WRITER_DELAY = 0.2
#: The most that PostgreSQL says can be lost where a commit does not wait: three rounds of its WAL writer.
WINDOW = 3 * WAL_WRITER_DELAY
#: How far ahead a sequence is written down.
AHEAD = 32


@pytest.fixture(scope="module")
def mortal(server: Server) -> Iterator[World]:
    """The world on a server that can be killed, with budgets that last, in a copy of its own."""
    if server.bindir is None:
        pytest.skip("the server of one's own is not ours to kill")
    settings = {"fsync": "on", "full_page_writes": "on", "synchronous_commit": "off", "autovacuum": "off"}
    other = cluster.start(
        Candidate(server.name, server.version, bindir=server.bindir),
        **settings,
        wal_writer_delay=f"{int(WAL_WRITER_DELAY * 1000)}ms",
    )
    try:
        with opened_world(other) as world, world.copy() as copy:
            with copy.database.connect() as connection:
                apply_matrix(connection, opened_matrix(copy.prefix, openings=1_000_000, different=1_000_000))
            yield copy
    finally:
        other.stop()


def kill(server: Server) -> float:
    """Kill the postmaster and all that it started, at once; return when."""
    assert server._process is not None
    postmaster = server._process.child_process
    children = _children(postmaster.pid)
    for pid in (postmaster.pid, *children):
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    moment = time.time()
    postmaster.wait()
    for pid in children:
        while Path(f"/proc/{pid}").exists() and "State:\tZ" not in Path(f"/proc/{pid}/status").read_text():
            time.sleep(0.01)
    return moment


def _children(parent: int) -> list[int]:
    return [int(pid) for pid in Path(f"/proc/{parent}/task/{parent}/children").read_text().split()]


def recover(server: Server) -> None:
    """Start it again on what it left."""
    assert server._process is not None
    server._process.child_process = None
    server._process.start()


def working(world: World, person: str = "A1") -> psycopg.Connection[tuple[object, ...]]:
    connection = world.database.connect(user=world.role(person.lower()))
    connection.execute("SELECT pgcustsec.start_session('work')")
    connection.execute("SELECT pg_sleep(1)")  # its beginning is on the disk
    return connection


OPEN = "SELECT pgcustsec.open_record('crm.customer', %s, %s) IS NOT NULL"


@contextmanager
def busy(world: World, before_commit: str) -> Iterator[list[tuple[str, float]]]:
    """One client that opens, commits and reads as fast as it can; yields what it saw and when, opening by opening."""
    connection = working(world)
    seen: list[tuple[str, float]] = []

    def client() -> None:
        with suppress(psycopg.Error):
            for number in range(1_000_000):
                key = str(SERVED["A1"][number % 20])
                reason = f"{world.database.name} {time.time()}"
                connection.execute("BEGIN")
                connection.execute(OPEN, [key, reason])
                connection.execute(before_commit.encode())
                connection.execute("COMMIT")
                rows = connection.execute("SELECT mobile FROM agent.customer WHERE customer_id = %s", [key]).fetchall()
                if shown_in(str(rows)):
                    seen.append((reason, time.time()))

    thread = threading.Thread(target=client)
    thread.start()
    yield seen
    thread.join()
    connection.close()


def reasons(world: World) -> set[str]:
    with world.database.connect() as connection:
        rows = connection.execute("SELECT reason FROM pgcustsec_internal.audit WHERE kind = 'record_opened'")
        return {row[0] for row in rows}


@pytest.mark.parametrize("after", [0.2, 0.7, 1.3])
def test_whatever_was_seen_is_in_the_evidence_after_a_crash(mortal: World, after: float) -> None:
    """Though the server waits for no disk by itself: an opening does."""
    with busy(mortal, "SELECT 1") as seen:
        while len(seen) <= 10:
            time.sleep(0.01)
        time.sleep(after)
        kill(mortal.server)
    recover(mortal.server)
    assert len(seen) > 10
    assert {reason for reason, _ in seen} <= reasons(mortal)


def test_who_turns_the_waiting_off_can_lose_the_evidence_of_a_fraction_of_a_second(mortal: World) -> None:
    """
    Stated, not hidden: the caller says SET LOCAL synchronous_commit = off after us, sees, and the server crashes.

    What is older than the WAL writer's rounds is there. The control is that something was lost at all.
    """
    lost_ages: list[float] = []
    for after in (0.5, 0.65, 0.8, 0.55, 0.7, 0.85):
        if lost_ages and after == 0.55:
            break
        with busy(mortal, "SET LOCAL synchronous_commit = off") as seen:
            time.sleep(after)
            died = kill(mortal.server)
        recover(mortal.server)
        there = reasons(mortal)
        lost = [died - moment for reason, moment in seen if reason not in there]
        assert len(lost) < len(seen) or after < WINDOW
        lost_ages += lost
    assert lost_ages, "the control"
    assert max(lost_ages) < WINDOW + 0.3, max(lost_ages)


def test_a_budget_after_a_crash_is_never_below_what_was_recorded_and_at_most_32_above(mortal: World) -> None:
    with busy(mortal, "SELECT 1"):
        time.sleep(0.6)
        with mortal.database.connect() as connection:
            connection.execute("CHECKPOINT")
        time.sleep(0.3)
        kill(mortal.server)
    recover(mortal.server)
    evidence, count = len(recorded(mortal)), spent(mortal)
    assert evidence <= count, "nothing is had twice"
    with busy(mortal, "SELECT 1") as seen:
        while not seen:
            time.sleep(0.05)
        done, before = len(seen), spent(mortal)
        kill(mortal.server)
    recover(mortal.server)
    # What was opened between the look and the end; one more may have been spent and not been seen.
    meanwhile = len(seen) - done + 1
    assert before <= spent(mortal) <= before + meanwhile + AHEAD


def test_what_was_spent_and_rolled_back_right_before_a_crash_can_come_back(mortal: World) -> None:
    """
    Stated: a rollback waits for no disk either. It showed nothing; of find() it showed keys, and the log has its line.
    """
    connection = working(mortal, "A2")
    with mortal.database.connect() as administrator:
        administrator.execute("CHECKPOINT")
    before = spent(mortal, "A2")
    for _ in range(3):
        connection.execute("BEGIN")
        found = connection.execute("SELECT pgcustsec.find('crm.customer', 'mobile', '13800000021')").fetchall()
        assert found == [("21",)]
        connection.execute("ROLLBACK")
    assert spent(mortal, "A2") == before + 3
    kill(mortal.server)
    recover(mortal.server)
    after = spent(mortal, "A2")
    assert before <= after <= before + 3 + AHEAD
    connection.close()
