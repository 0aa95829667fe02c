"""A process that is killed while values move leaves each of them on one side, and the next one goes on (5.2.1)."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from pgcustsec.db import Connection
from pgcustsec.migrate import plan_matrix
from pgcustsec.vault import seal, unseal
from tests.integration.vault.sealing import (
    CUSTOMERS,
    grow,
    merged,
    true_values,
)
from tests.worlds import World

ROOT = Path(__file__).parents[3]


def test_a_killed_sealing_leaves_every_value_on_one_side_and_the_next_run_goes_on(crm: World) -> None:
    grow(crm, 4000)
    with crm.connect() as connection:
        before = true_values(connection)
    reached = _kill_again_and_again(crm, "seal", before)
    assert len(reached - {0, len(before)}) > 2, "the kills came while values were moving"
    with crm.connect(crm.admin) as admin:
        seal(admin, crm.matrix, CUSTOMERS)
        assert not plan_matrix(admin, crm.matrix)
    with crm.connect() as connection:
        assert merged(connection) == before
        [(left,)] = connection.execute("SELECT count(*) FROM crm.customer WHERE mobile ~ '^139[0-9]{8}$'").fetchall()
        assert left == 0


def test_a_killed_unsealing_leaves_every_value_on_one_side_and_the_next_run_goes_on(crm: World) -> None:
    grow(crm, 4000)
    with crm.connect() as connection:
        before = true_values(connection)
    with crm.connect(crm.admin) as admin:
        seal(admin, crm.matrix, CUSTOMERS)
    reached = _kill_again_and_again(crm, "unseal", before)
    assert len(reached - {0, len(before)}) > 2, "the kills came while values were moving"
    with crm.connect(crm.admin) as admin:
        unseal(admin, crm.matrix, CUSTOMERS)
    with crm.connect() as connection:
        assert true_values(connection) == before
        assert connection.execute('SELECT count(*) FROM pgcustsec_vault."crm.customer"').fetchone() == (0,)


def _kill_again_and_again(crm: World, command: str, before: dict[int, tuple[Any, ...]]) -> set[int]:
    """Kill *command* eight times soon after its first batch; return how many rows the vault had after each."""
    chance = random.Random(7)
    reached = set()
    for kill in range(8):
        process = _moving(crm, command)
        assert process.stdout is not None
        process.stdout.read(1)  # the first batch has moved
        time.sleep(chance.random() * 0.15)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        with crm.connect() as connection:
            _wait_for_others(connection)
            assert merged(connection) == before, f"after kill {kill}"
            [(both,)] = connection.execute(
                'SELECT count(*) FROM crm.customer t JOIN pgcustsec_vault."crm.customer" v USING (customer_id)'
                " WHERE t.mobile = v.mobile OR t.id_card = v.id_card OR t.name = v.name"
            ).fetchall()
            assert both == 0
            [(kept,)] = connection.execute('SELECT count(*) FROM pgcustsec_vault."crm.customer"').fetchall()
            reached.add(kept)
    return reached


_SCRIPT = """
import sys
from pgcustsec.db import connect
from pgcustsec import vault
from tests.integration.vault.sealing import with_everything
from tests.worlds import crm_matrix
matrix = with_everything(crm_matrix(sys.argv[2]))
with connect(sys.argv[1]) as connection:
    work = getattr(vault, sys.argv[3])
    work(connection, matrix, "crm.customer", batch=20, progress=lambda *_: print(".", end="", flush=True))
"""


def _moving(world: World, command: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-c", _SCRIPT, world.database.conninfo(world.admin), world.prefix, command],
        env={**os.environ, "PYTHONPATH": f"{ROOT}/src:{ROOT}"},
        stdout=subprocess.PIPE,
    )


def _wait_for_others(connection: Connection) -> None:
    """Until the server has noticed that the killed process is gone."""
    for _ in range(200):
        row = connection.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
            " AND backend_type = 'client backend'"
        ).fetchone()
        if row == (0,):
            return
        time.sleep(0.02)
    raise AssertionError("somebody is still connected")
