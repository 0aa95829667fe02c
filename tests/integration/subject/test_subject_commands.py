"""`pgcustsec subject`, as people type it (3.1, 4.3)."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import unicodedata

import pytest

from tests.integration.clients.world import Broker
from tests.integration.retention.world import hold
from tests.integration.subject.wishes import approve, assert_gone, assert_whole

pytestmark = pytest.mark.one_server


@pytest.fixture(autouse=True)
def at_work(broker: Broker) -> None:
    for login in ("chen", "li"):
        broker.person(login).close()


def run(broker: Broker, *arguments: str, code: int = 0, given: str = "", login: str = "chen") -> str:
    """Run `pgcustsec subject` with no terminal; it has to end with *code*, and in no traceback. What it said."""
    done = subprocess.run(
        [sys.executable, "-m", "pgcustsec", "subject", *arguments, "-d", broker.database.conninfo(broker.login(login))],
        capture_output=True,
        text=True,
        check=False,
        input=given,
        env={**os.environ, "PYTHONUTF8": "1"},
    )
    said = done.stdout + done.stderr
    assert done.returncode == code, said
    assert "Traceback" not in said and "a fault of ours" not in said
    return said


def width(line: str) -> int:
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in line)


def test_show_is_a_document_within_a_hundred_columns(broker: Broker) -> None:
    hold(broker, [1001])
    broker.execute("UPDATE crm.customer SET note = repeat('客户信息安全管理办法', 30) WHERE customer_id = 1001")
    said = run(broker, "show", "crm.customer", "1001")
    for part in (
        "crm.customer 1001: what is held, as service_agent", "crm.claim: 3 rows", "kan-1001-diagnosis",
        "kept until 2036-09-28 00:00 UTC, by rule former_customer", "kept longer by legal hold 1",
        "opened 1 time", "all that is held", "in 0 extracts",
    ):  # fmt: skip
        assert part in said, part
    assert max(map(width, said.splitlines())) <= 100
    assert "13810001001" not in said


def test_show_as_json_is_what_the_database_says(broker: Broker) -> None:
    told = json.loads(run(broker, "show", "crm.customer", "1001", "--format", "json"))
    assert [one["table"] for one in told["held"]] == ["crm.customer", "crm.attachment", "crm.policy", "crm.claim"]
    assert told["facts"]["term"]["rule"] == "former_customer"
    broker.execute("UPDATE crm.policy SET premium = 1000.10 WHERE policy_id = 2002")
    assert "1000.10" in run(broker, "show", "crm.customer", "1001")


def test_show_tells_who_does_not_serve_the_customer_where_to_ask(broker: Broker) -> None:
    assert "told to who serves the customer" in run(broker, "show", "crm.customer", "2")
    for key in ("3", "999999"):
        assert "no such record" in run(broker, "show", "crm.customer", key, code=3)


def test_correct_reads_tier_1_from_standard_input_and_refuses_it_on_the_command_line(broker: Broker) -> None:
    with broker.person("chen") as chen:
        chen.execute("SELECT pgcustsec.open_record('crm.customer', '1001', 'new number')")
    asked = ("correct", "crm.customer", "1001", "--reason", "new number", "--word", "by phone")
    said = run(broker, *asked, "mobile=13900001111", code=2)
    assert "mobile=-" in said and "13900001111" not in said
    assert "no line for mobile" in run(broker, *asked, "mobile=-", code=2)
    said = run(broker, *asked, "mobile=-", "email=-", given="13900001111\nnew@example.com\n")
    assert "mobile, email written" in said and "confirmed by the customer's word" in said and "1111" not in said
    assert broker.rows('SELECT mobile, email FROM pgcustsec_vault."crm.customer" WHERE customer_id = 1001') == [
        ("13900001111", "new@example.com")
    ]


def test_correct_says_what_is_wrong_and_who_may_instead(broker: Broker) -> None:
    reason = ("--reason", "typing error")
    assert "sales_agent" in run(broker, "correct", "crm.customer", "1001", "health=well", *reason, code=3)
    assert "COLUMN=VALUE" in run(broker, "correct", "crm.customer", "1001", "health", *reason, code=2)
    assert "twice" in run(broker, "correct", "crm.customer", "1001", "note=a", "note=b", *reason, code=2)
    assert "written" in run(broker, "correct", "crm.customer", "1001", "note=a", *reason, login="li")
    assert "no such value" in run(
        broker, "correct", "crm.customer", "1001", "annual_income=much", *reason, code=2, login="li"
    )


ERASE = ("erase", "crm.customer", "1001", "--reason", "their letter of 2026-11-20")


def test_erase_files_the_wish_says_who_decides_and_fulfils_it_once_approved(broker: Broker) -> None:
    assert "request 1, filed; step 1 is decided by: M1" in run(broker, *ERASE)
    approve(broker, 1, "zhao")
    assert "request 1, in approval; step 2 is decided by: L1" in run(broker, *ERASE)
    approve(broker, 1, "luo")
    assert "--yes" in run(broker, *ERASE, code=2)
    assert_whole(broker, 1001)
    assert "crm.customer 1001 is erased, by request 1: certificate 1" in run(broker, *ERASE, "--yes")
    assert_gone(broker, 1001)
    assert "no such record" in run(broker, *ERASE, "--yes", code=3)
    qin = broker.database.conninfo(broker.login("qin"))
    said = subprocess.run(
        [sys.executable, "-m", "pgcustsec", "retention", "certificates", "-d", qin],
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    assert "destroyed by" in said and "request 1" in said


def test_erase_names_what_keeps_the_customer(broker: Broker) -> None:
    run(broker, *ERASE)
    approve(broker, 1)
    hold(broker, [1001])
    broker.execute("UPDATE crm.policy SET ends_on = '2027-03-31' WHERE policy_id = 2002")
    said = run(broker, *ERASE, "--yes", "--format", "json", code=3)
    assert "by hold 1" in said and "until 2027-03-31" in said and "stays on record" in said
    assert_whole(broker, 1001)


def test_erase_is_for_who_serves_the_customer(broker: Broker) -> None:
    assert "may not file wishes" in run(broker, *ERASE, code=3, login="li")
    assert "who serves" in run(broker, "erase", "crm.customer", "2", "--reason", "a letter", code=3)
