"""`pgcustsec query snapshot`, `check --snapshot`, `check --online` and `workload`, as they are typed (5.2.1, 5.3)."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.docs.markdown import DOCS, blocks
from tests.integration.clients.world import Broker, copy, demo_matrix_text

pytestmark = pytest.mark.one_server
ROLE = "sales_agent"


@pytest.fixture(scope="module")
def used(sealed_broker: Broker) -> Iterator[Broker]:
    with copy(sealed_broker) as broker:
        broker.execute(
            "CREATE SCHEMA app",
            "CREATE VIEW app.notes AS SELECT customer_id, note FROM crm.customer",
            f"GRANT USAGE ON SCHEMA app TO {broker.group(ROLE)}",
            f"GRANT SELECT ON app.notes TO {broker.group(ROLE)}",
        )
        yield broker


def run(
    broker: Broker, folder: Path, *arguments: str, script: str = "", user: str | None = None, text: str | None = None
) -> subprocess.CompletedProcess[str]:
    (folder / "matrix.yaml").write_text(text or demo_matrix_text(broker.prefix), encoding="utf-8")
    environment = {**os.environ, "PYTHONUTF8": "1", "COLUMNS": "100"}
    connection = ["-d", broker.database.conninfo(user or broker.admin)] if user != "" else []
    command = [sys.executable, "-m", "pgcustsec", "query", *arguments, *connection]
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False, input=script
    )


NOTES = "SELECT note FROM app.notes WHERE customer_id = 1"


def test_a_snapshot_is_all_that_a_check_needs_of_the_database(used: Broker, tmp_path: Path) -> None:
    assert run(used, tmp_path, "snapshot", "-o", "crm.json").returncode == 0
    alone = run(used, tmp_path, "check", "--role", ROLE, "-", script=NOTES, user="")
    assert alone.returncode == 1 and "app.notes is no relation" in alone.stdout
    followed = run(used, tmp_path, "check", "--role", ROLE, "--snapshot", "crm.json", "-", script=NOTES, user="")
    assert "app.notes is no relation" not in followed.stdout
    assert "revealed" in followed.stdout and "app.notes" in followed.stdout
    assert "王小明" not in (tmp_path / "crm.json").read_text(encoding="utf-8")


@pytest.mark.parametrize("login", ["dba", "li"])
def test_online_the_database_has_a_say(used: Broker, tmp_path: Path, login: str) -> None:
    user = used.login(login)
    wrong = "SELECT customer_id + '1'::text FROM customer WHERE customer_id = 1"
    offline = run(used, tmp_path, "check", "--role", ROLE, "-", script=wrong, user="")
    assert offline.returncode == 0, offline.stdout
    online = run(used, tmp_path, "check", "--role", ROLE, "--online", "-", script=wrong, user=user)
    assert online.returncode == 1
    assert "PostgreSQL refuses it: operator does not exist" in " ".join(online.stdout.split())
    right = run(used, tmp_path, "check", "--role", ROLE, "--online", "-", script=NOTES, user=user)
    assert "refused" not in right.stdout


def test_who_neither_holds_the_role_nor_administers_is_told_and_asks_nothing(used: Broker, tmp_path: Path) -> None:
    script = "SELECT customer_id FROM customer WHERE customer_id = 1"
    told = run(
        used, tmp_path, "check", "--role", "sales_manager", "--online", "-", script=script, user=used.login("li")
    )
    assert told.returncode == 3
    assert f"{used.login('li')} is none of {used.group('sales_manager')}" in told.stderr
    assert "fault of ours" not in told.stderr


def test_what_does_not_go_together_is_said(used: Broker, tmp_path: Path) -> None:
    told = run(used, tmp_path, "check", "--role", ROLE, "-", script=NOTES)
    assert told.returncode == 2 and "a connection is for --online" in told.stderr


LOG = (
    '{{"user": "{login}", "message": "statement: SELECT name, mobile FROM customer WHERE customer_id = 1"}}\n'
    '{{"user": "{login}", "message": "statement: SELECT note FROM app.notes"}}\n'
    '{{"user": "somebody", "message": "statement: SELECT 1"}}\n'
)


def test_a_log_against_a_proposed_matrix(used: Broker, tmp_path: Path) -> None:
    (tmp_path / "log.json").write_text(LOG.format(login=used.login("li")), encoding="utf-8")
    today = run(used, tmp_path, "workload", "--log", "log.json")
    assert today.returncode == 0, today.stderr
    assert today.stdout.startswith("2 statements")
    assert "read sales_agent.policy" in today.stdout
    lower = demo_matrix_text(used.prefix).replace(
        "mobile:         {tier: 1, kind: phone, find: true}", "mobile: {tier: 2}"
    )
    (tmp_path / "new.yaml").write_text(lower, encoding="utf-8")
    told = run(used, tmp_path, "workload", "--log", "log.json", "--proposed", "new.yaml")
    assert told.returncode == 1
    assert "mobile: masked -> revealed (tier 2)" in told.stdout
    assert max(map(len, told.stdout.splitlines())) <= 100
    found = json.loads(run(used, tmp_path, "workload", "--log", "log.json", "--format", "json").stdout)
    assert (found["statements"], found["changes"]) == (2, [])


def test_without_statistics_it_says_what_to_do(used: Broker, tmp_path: Path) -> None:
    told = run(used, tmp_path, "workload")
    assert told.returncode == 3
    assert "no pg_stat_statements" in told.stderr and "give a log" in told.stderr


def test_what_the_page_tells_to_type_works(used: Broker, tmp_path: Path) -> None:
    (tmp_path / "orders.sql").write_text(NOTES, encoding="utf-8")
    [block] = [block for block in blocks(DOCS / "query.md") if block.mark == "run as dba"]
    for line in block.text.splitlines():
        program, group, *arguments = shlex.split(line, comments=True)
        assert (program, group) == ("pgcustsec", "query")
        user = None if "--online" in arguments or arguments[0] == "snapshot" else ""
        done = run(used, tmp_path, *arguments, user=user)
        assert done.returncode == 0, line + done.stdout + done.stderr
