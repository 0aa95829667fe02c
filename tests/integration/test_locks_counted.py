"""The lock table is counted before an apply: what does not fit is refused with the setting to raise (5.2.5)."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from pgcustsec.errors import Refused
from pgcustsec.migrate import apply_matrix, plan_matrix
from pgcustsec.migrate.locks import explain_locks, locks_needed
from pgcustsec.migrate.running import run_statements
from tests import cluster
from tests.cluster import Candidate, Server
from tests.snapshot import difference, snapshot
from tests.worlds import World, crm_world, odd_world

HELD = "SELECT count(*) FROM pg_locks WHERE pid = pg_backend_pid()"


@pytest.mark.parametrize("make", [crm_world, odd_world], ids=["broker", "unusual tables"])
def test_no_more_locks_are_taken_than_were_counted(server: Server, make: type[World]) -> None:
    with make(server) as world, world.connect(world.admin) as connection:
        plan = plan_matrix(connection, world.matrix)
        with connection.transaction(force_rollback=True):
            run_statements(connection, plan.statements)
            [(held,)] = connection.execute(HELD).fetchall()
    assert locks_needed(plan.statements) / 3 < held <= locks_needed(plan.statements)


@pytest.fixture
def small(server: Server) -> Iterator[Server]:
    """A server with hardly any room for locks."""
    if server.bindir is None:
        pytest.skip("the server of one's own cannot be started twice")
    candidate = Candidate(server.name, server.version, bindir=server.bindir)
    settings = {"max_locks_per_transaction": "10", "max_connections": "20", "max_wal_senders": "0"}
    started = cluster.start(candidate, **settings, max_worker_processes="2")
    yield started
    started.stop()


def test_where_there_is_no_room_the_setting_is_named_and_nothing_changes(small: Server) -> None:
    with crm_world(small) as world, world.connect() as superuser:
        before = snapshot(superuser, world.prefix)
        with world.connect(world.admin) as connection, pytest.raises(Refused, match="has room for 220") as said:
            apply_matrix(connection, world.matrix)
        assert difference(before, snapshot(superuser, world.prefix)) == []
        found = re.search(r"max_locks_per_transaction = (\d+)", said.value.hint or "")
        assert found and int(found[1]) > 10
        superuser.execute(f"ALTER SYSTEM SET max_locks_per_transaction = {found[1]}".encode())


def test_which_statement_takes_which_lock_is_said_and_nothing_stays(server: Server) -> None:
    with crm_world(server) as world, world.connect(world.admin) as connection, world.connect() as superuser:
        before = snapshot(superuser, world.prefix)
        plan = plan_matrix(connection, world.matrix)
        taken = {(one.mode, one.table): one.what for one in explain_locks(connection, plan, lock_timeout="10s")}
        assert difference(before, snapshot(superuser, world.prefix)) == []
    assert taken["AccessExclusiveLock", "crm.customer"].endswith("row security crm.customer")
    assert taken["ShareRowExclusiveLock", "crm.customer"].startswith("create vault table")
    assert {table for _, table in taken} >= {"crm.customer", "crm.policy", "crm.visit_2026"}
    assert not {table for _, table in taken if not table.startswith("crm.")}


def test_a_lock_that_is_not_to_be_had_is_waited_for_no_longer_than_was_said(server: Server) -> None:
    with crm_world(server) as world, world.connect(world.admin) as connection, world.connect() as reader:
        plan = plan_matrix(connection, world.matrix)
        with reader.transaction():
            reader.execute("LOCK TABLE crm.customer IN ACCESS SHARE MODE")
            with pytest.raises(Refused, match="a lock was not to be had in time"):
                explain_locks(connection, plan, lock_timeout="100ms")
