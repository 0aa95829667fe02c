"""`pgcustsec plan`, `apply` and `drift` as scripts and monitors run them, on the demo's broker (5.2.5)."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.integration.clients.world import Broker, demo_matrix_text

pytestmark = pytest.mark.one_server


def run(broker: Broker, folder: Path, *arguments: str, text: str | None = None) -> subprocess.CompletedProcess[str]:
    """Run it as the administrator with the broker's matrix in a file, or with *text* there."""
    matrix = folder / "matrix.yaml"
    matrix.write_text(text or demo_matrix_text(broker.prefix), encoding="utf-8")
    command = [sys.executable, "-m", "pgcustsec", arguments[0], "-m", str(matrix), *arguments[1:]]
    return subprocess.run(
        [*command, "-d", broker.database.conninfo(broker.admin)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONUTF8": "1"},
    )


def test_nothing_changed_is_exit_code_0(broker: Broker, tmp_path: Path) -> None:
    done = run(broker, tmp_path, "drift")
    assert (done.returncode, done.stdout) == (0, f"Database {broker.database.name} is as the matrix says.\n")


def test_a_change_is_exit_code_1_and_says_who_sees_more(broker: Broker, tmp_path: Path) -> None:
    broker.execute("GRANT SELECT (mobile) ON crm.customer TO PUBLIC")
    done = run(broker, tmp_path, "drift")
    assert done.returncode == 1
    assert "  surplus grant column.crm.customer.mobile.PUBLIC." in done.stdout
    assert "      + everybody: SELECT on crm.customer, past the views: tier 1 (masked) mobile;" in done.stdout
    told = json.loads(run(broker, tmp_path, "drift", "--format", "json").stdout)
    assert [(one["how"], bool(one["opens"])) for one in told["drifts"]] == [("surplus", True)]
    assert told["matrix_changed"] is False


def test_what_a_newer_matrix_says_is_not_taken_for_somebodys_change(broker: Broker, tmp_path: Path) -> None:
    old = demo_matrix_text(broker.prefix)
    newer = old.replace("rows: all, tier2: none, tier1: absent", "rows: none, tier2: none, tier1: absent")
    assert newer != old
    done = run(broker, tmp_path, "drift", text=newer)
    assert done.returncode == 1
    assert "The matrix is not the one that was applied" in done.stdout


@pytest.mark.parametrize("command", [("plan",), ("apply", "--yes")])
def test_where_widening_is_denied_it_is_exit_code_4_and_nothing_changed(
    broker: Broker, tmp_path: Path, command: tuple[str, ...]
) -> None:
    old = demo_matrix_text(broker.prefix)
    wider = old.replace("rows: all, tier2: none, tier1: absent", "rows: all, tier2: none, tier1: hidden")
    assert wider != old
    done = run(broker, tmp_path, *command, "--deny-widening", text=wider)
    assert done.returncode == 4
    assert "Access gained or changed for more:" in done.stdout and "data_analyst, crm.customer." in done.stderr
    assert run(broker, tmp_path, *command, "--deny-widening").returncode == 0, "what was applied widens nothing"
    assert run(broker, tmp_path, "drift").returncode == 0


def test_a_matrix_with_a_mistake_is_exit_code_2(broker: Broker, tmp_path: Path) -> None:
    done = run(broker, tmp_path, "drift", text="version: 1\n")
    assert done.returncode == 2 and "Traceback" not in done.stderr
