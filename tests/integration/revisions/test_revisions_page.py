"""The page on revisions: what it tells to type works, in its order, where the matrix was applied before (5.2.5)."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from tests.docs.markdown import DOCS, blocks
from tests.integration.clients.world import Broker, demo_matrix_text
from tests.integration.revisions.test_revisions import place

pytestmark = pytest.mark.one_server


def shell(broker: Broker, folder: Path, script: str) -> subprocess.CompletedProcess[str]:
    """Run *script* in *folder* as the administrator, with the program on the path."""
    programs = folder / "bin"
    programs.mkdir(exist_ok=True)
    program = programs / "pgcustsec"
    program.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m pgcustsec "$@"\n')
    program.chmod(0o755)
    environment = {
        **os.environ,
        **place(broker.database.conninfo(broker.admin)),
        "PATH": f"{programs}:{os.environ['PATH']}",
        "PYTHONUTF8": "1",
    }
    command = ["bash", "-euo", "pipefail", "-c", script]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def test_what_the_page_tells_to_type_works(broker: Broker, tmp_path: Path) -> None:
    (tmp_path / "matrix.yaml").write_text(demo_matrix_text(broker.prefix), encoding="utf-8")
    marked = [block.text for block in blocks(DOCS / "revisions.md") if block.mark.startswith("run")]
    assert len(marked) == 3
    done = shell(broker, tmp_path, "\n".join(marked))
    assert done.returncode == 0, done.stdout + done.stderr
    assert "statements, " in done.stdout and "for the way back" in done.stdout
    last = shell(broker, tmp_path / "broker", "pgcustsec plan --check && pgcustsec migrate current --format json")
    assert last.returncode == 0, last.stdout + last.stderr


def test_a_project_to_begin_with_is_right_and_is_written_once(broker: Broker, tmp_path: Path) -> None:
    done = shell(broker, tmp_path, "pgcustsec init mine && cd mine && pgcustsec validate && pgcustsec migrate history")
    assert done.returncode == 0, done.stdout + done.stderr
    again = shell(broker, tmp_path, "pgcustsec init mine")
    assert again.returncode == 4
    assert "already has matrix.yaml" in again.stderr
    nothing = shell(broker, tmp_path, "pgcustsec migrate upgrade --directory nowhere")
    assert nothing.returncode == 2
    assert "no migrations in nowhere" in nothing.stderr and "pgcustsec init DIR" in nothing.stderr


def test_a_database_that_differs_is_not_stamped(broker: Broker, tmp_path: Path) -> None:
    (tmp_path / "matrix.yaml").write_text(demo_matrix_text(broker.prefix), encoding="utf-8")
    first = 'pgcustsec init mine && cp matrix.yaml mine && cd mine && pgcustsec migrate revision -m "As it is"'
    assert shell(broker, tmp_path, first).returncode == 0
    broker.execute("GRANT SELECT ON crm.customer TO PUBLIC")
    refused = shell(broker, tmp_path / "mine", "pgcustsec migrate stamp")
    assert refused.returncode == 4
    assert "not as the last revision says: 1 to do, first: drop grant table.crm.customer.PUBLIC" in refused.stderr
    assert shell(broker, tmp_path / "mine", "pgcustsec migrate current").returncode == 1
    broker.execute("REVOKE SELECT ON crm.customer FROM PUBLIC")
    assert shell(broker, tmp_path / "mine", "pgcustsec migrate stamp && pgcustsec migrate current").returncode == 0
