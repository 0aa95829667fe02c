"""`pgcustsec token`, `access` and `audit`: what people type, and what programs read."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from tests.integration.clients.world import Broker


def run(broker: Broker, *arguments: str, user: str | None = None, code: int = 0) -> subprocess.CompletedProcess[str]:
    """Run the program against the broker, as its administrator unless said."""
    command = [sys.executable, "-m", "pgcustsec", *arguments]
    if arguments[:2] != ("token", "mint"):
        command += ["-d", broker.database.conninfo(user or broker.admin)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env={**os.environ, "PYTHONUTF8": "1"})
    assert done.returncode == code, done.stdout + done.stderr
    return done


def test_a_key_is_made_shown_once_replaced_and_ended(broker: Broker, tmp_path: Path) -> None:
    file = tmp_path / "web.key"
    made = run(broker, "token", "keys", "rotate", "crm_web", "--output", str(file))
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert file.read_text() not in made.stdout + made.stderr
    again = run(broker, "token", "keys", "rotate", "crm_web", "--overlap", "1")
    assert again.stdout.count("\n") == 1
    assert again.stdout.startswith("pgcustsec1.")
    listed = json.loads(run(broker, "token", "keys", "list", "--format", "json").stdout)
    assert [key["state"] for key in listed] == ["in use", "ending"]
    retired = run(broker, "token", "keys", "retire", listed[1]["key_id"])
    assert "has ended" in retired.stdout
    text = run(broker, "token", "keys", "list").stdout
    assert "ended" in text
    for secret in (file.read_text().split(".")[3].strip(), again.stdout.split(".")[3].strip()):
        assert secret not in text


def test_what_keys_cannot_do_is_said(broker: Broker, tmp_path: Path) -> None:
    there = tmp_path / "there"
    there.write_text("mine")
    refused = run(broker, "token", "keys", "rotate", "crm_web", "--output", str(there), code=2)
    assert "there already" in refused.stderr
    assert there.read_text() == "mine"
    assert "did you mean" in run(broker, "token", "keys", "rotate", "crm_wbe", code=2).stderr
    assert "no key" in run(broker, "token", "keys", "retire", "00000000", code=2).stderr
    assert run(broker, "token", "keys", "list", user=broker.login("li"), code=3).stderr
    bad = run(
        broker, "token", "mint", "--key-file", str(there), "--staff", "S1", "--role", "r", "--purpose", "p", code=2
    )
    assert "no signing key" in bad.stderr
    assert "mine" not in bad.stderr


def test_a_minted_token_speaks_for_the_person(broker: Broker, tmp_path: Path) -> None:
    file = tmp_path / "web.key"
    run(broker, "token", "keys", "rotate", "crm_web", "--output", str(file))
    said = (
        "--staff",
        "S1",
        "--role",
        "sales_agent",
        "--purpose",
        "selling",
        "--key-file",
        str(file),
        "--format",
        "json",
    )
    minted = json.loads(run(broker, "token", "mint", *said).stdout)
    broker.execute(
        f"CREATE ROLE {broker.login('crm_web')} LOGIN",
        f"GRANT {broker.group('sales_agent')} TO {broker.login('crm_web')}",
    )
    with broker.database.connect(user=broker.login("crm_web")) as web:
        assert web.execute("SELECT pgcustsec.register_session(%s)::text", [minted["token"]]).fetchall() == [
            (minted["session"],)
        ]
        web.execute("BEGIN")
        web.execute("SELECT set_config('pgcustsec.token', %s, true)", [minted["token"]])
        assert web.execute("SELECT health FROM sales_agent.customer WHERE customer_id = 1").fetchall() == [("asthma",)]
        web.execute("COMMIT")
        assert web.execute("SELECT count(*) FROM sales_agent.customer").fetchall() == [(0,)]
    broker.execute(f"DROP OWNED BY {broker.login('crm_web')}", f"DROP ROLE {broker.login('crm_web')}")


def test_budgets_show_what_was_spent_recorded_and_refused(broker: Broker) -> None:
    with broker.person("li") as li:
        li.execute("SELECT pgcustsec.open_record('customer', '1', 'call')")
        li.execute("BEGIN; SELECT pgcustsec.open_record('customer', '4', 'call'); ROLLBACK")
        broker.execute("UPDATE pgcustsec_internal.role SET openings_per_day = 2")
        with pytest.raises(psycopg.Error):
            li.execute("SELECT pgcustsec.open_record('customer', '4', 'call')")
    [budget] = json.loads(run(broker, "access", "budget", "--staff", "S1", "--format", "json").stdout)
    assert (budget["openings"], budget["openings_at_most"], budget["recorded"], budget["refused"]) == (2, 2, 1, 1)
    assert "2 of 2" in run(broker, "access", "budget").stdout


def test_sessions_are_listed_and_ended(broker: Broker) -> None:
    with broker.person("li"):
        [session] = json.loads(run(broker, "access", "sessions", "--format", "json").stdout)
        assert (session["staff"], session["purpose"], session["state"]) == ("S1", "selling", "live")
        assert "revoked" in run(broker, "access", "end", session["session_id"]).stdout
        assert json.loads(run(broker, "access", "sessions", "--format", "json").stdout) == []
        [again] = json.loads(run(broker, "access", "sessions", "--all", "--format", "json").stdout)
        assert again["state"] == "revoked"


def test_who_supervises_answers_a_customer_who_opened_their_record_when_and_why(broker: Broker) -> None:
    with broker.person("li") as li, broker.person("qin"):
        li.execute("SELECT pgcustsec.open_record('customer', '1', 'calls about the renewal')")
        li.execute("SELECT pgcustsec.find('customer', 'mobile', '13812345678')")
        li.execute("SELECT pgcustsec.open_record('customer', '4', 'other')")
    inspector = broker.login("qin")
    asked = ("audit", "search", "--customer", "crm.customer", "1")
    found = json.loads(run(broker, *asked, "--format", "json", user=inspector).stdout)
    assert [(entry["kind"], entry["staff"], entry["reason"]) for entry in found] == [
        ("searched", "S1", None),
        ("record_opened", "S1", "calls about the renewal"),
    ]
    assert "calls about the renewal" in run(broker, *asked, user=inspector).stdout
    only = run(
        broker,
        "audit",
        "search",
        "--kind",
        "record_opened",
        "--staff",
        "S1",
        "--since",
        "2020-01-01",
        "--format",
        "json",
        user=inspector,
    )
    assert [entry["key"] for entry in json.loads(only.stdout)] == ["4", "1"]
    assert (
        json.loads(run(broker, "audit", "search", "--until", "2020-01-01", "--format", "json", user=inspector).stdout)
        == []
    )
    [line] = json.loads(run(broker, "audit", "ledger", "--period", "all", "--format", "json", user=inspector).stdout)
    assert (line["staff"], line["openings"], line["customers"], line["new_customers"]) == ("S1", 2, 2, 2)
    assert "S1" in run(broker, "audit", "ledger", user=inspector).stdout


@pytest.mark.parametrize("login", ["li", "sun"])
def test_who_does_not_supervise_is_told_so(broker: Broker, login: str) -> None:
    for command in (("audit", "search"), ("audit", "ledger")):
        assert "does not supervise" in run(broker, *command, user=broker.login(login), code=3).stderr
