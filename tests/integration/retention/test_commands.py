# ruff: noqa: E501 - a statement of SQL reads best on its line
"""`pgcustsec retention` and `pgcustsec hold`, as people type them, and the numbers they say (4.3)."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from pgcustsec.retention import list_certificates, retention_status
from tests.integration.clients.world import Broker
from tests.integration.retention.world import hold, more, supervisor, sweep_once, there

pytestmark = pytest.mark.one_server
TODAY = datetime.now(UTC)


def run(broker: Broker, login: str, *arguments: str, code: int = 0) -> subprocess.CompletedProcess[str]:
    """Run pgcustsec as *login*, with no terminal; it has to end with *code*, and in no traceback."""
    user = broker.admin if login == "dba" else broker.login(login)
    done = subprocess.run(
        [sys.executable, "-m", "pgcustsec", *arguments, "-d", broker.database.conninfo(user)],
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
        env={**os.environ, "PYTHONUTF8": "1"},
    )
    assert done.returncode == code, done.stdout + done.stderr
    assert "Traceback" not in done.stderr and "a fault of ours" not in done.stderr
    return done


def told(broker: Broker, login: str, *arguments: str) -> Any:
    return json.loads(run(broker, login, *arguments, "--format", "json").stdout)


def counted(broker: Broker, months: int) -> dict[str, tuple[int, dict[str, int]]]:
    """Due and to come by rule, counted by hand: of people with one status only one rule applies."""
    rows = broker.rows(
        "SELECT CASE status WHEN 'customer' THEN 'former_customer' ELSE 'unsold_prospect' END, retain_until FROM crm.customer"
    )
    now = datetime.now(UTC)
    [(end,)] = broker.rows("SELECT now() + make_interval(months => %s)", months)
    found: dict[str, tuple[int, dict[str, int]]] = {}
    for name, until in rows:
        due, forecast = found.get(name, (0, {}))
        month = f"{until.astimezone(UTC):%Y-%m}-01"
        if until <= now:
            due += 1
        elif until <= end:
            forecast = {**forecast, month: forecast.get(month, 0) + 1}
        found[name] = (due, forecast)
    return found


@pytest.fixture
def busy(broker: Broker) -> Broker:
    """Due, held, and due in the months to come, of both rules."""
    more(broker, 1001, 1010)
    more(broker, 1101, 1106, status="customer")
    more(broker, 1201, 1260)
    broker.execute(
        "UPDATE crm.customer SET last_contact_at = now() - interval '17520 hours' + (customer_id - 1200) * interval '170 hours'"
        " WHERE customer_id > 1200"
    )
    return broker


@pytest.mark.parametrize("months", [0, 1, 12, 120])
def test_status_and_forecast_are_plain_counts(busy: Broker, months: int) -> None:
    with supervisor(busy) as connection:
        found = retention_status(connection, months=months)
    said = {one.rule: (one.due, {f"{day:%Y-%m-%d}": rows for day, rows in one.forecast.items()}) for one in found}
    assert said == counted(busy, months)


def test_what_is_done_is_the_sum_of_certificates(busy: Broker) -> None:
    while any(sweep_once(busy, 3)):
        pass
    with supervisor(busy) as connection:
        done = {one.rule: (one.due, one.done) for one in retention_status(connection)}
        numbers = [one.number for one in list_certificates(connection)]
        assert done == {"unsold_prospect": (0, 10), "former_customer": (0, 6)}
        assert numbers == sorted(numbers, reverse=True)
        [first] = list_certificates(connection, number=numbers[-1])
        assert first.number == numbers[-1] and first.login == busy.admin


@pytest.mark.parametrize("style", ["German", "SQL, DMY", "Postgres, MDY"])
def test_a_forecast_reads_the_same_in_every_style_of_dates(busy: Broker, style: str) -> None:
    query = "SELECT rule, due, forecast FROM pgcustsec.retention_status(12)"
    with supervisor(busy) as connection:
        usual = connection.execute(query).fetchall()
        connection.execute("SELECT set_config('DateStyle', %s, false)", [style])
        assert connection.execute(query).fetchall() == usual


def test_a_month_begins_at_midnight_utc_wherever_one_asks(busy: Broker) -> None:
    with supervisor(busy) as connection:
        usual = retention_status(connection)
        connection.execute("SET TimeZone = 'Pacific/Kiritimati'")
        assert retention_status(connection) == usual


def test_a_day_of_the_person_who_destroys(busy: Broker) -> None:
    hold(busy, [1001])
    status = told(busy, "dba", "retention", "status", "--months", "0")
    assert [(one["rule"], one["due"], one["held"], one["keeps"]) for one in status] == [
        ("unsold_prospect", 10, 1, None),
        ("former_customer", 6, 0, "gender, age, branch_code"),
    ]
    before = there(busy)
    dry = run(busy, "dba", "retention", "run", "--dry-run")
    assert "crm.customer" in dry.stdout and "2 rules" in dry.stderr and there(busy) == before
    assert told(busy, "dba", "retention", "run", "--limit", "4", "--batch", "3") == [
        {
            "table": "crm.customer",
            "destroyed": 4,
            "anonymised": 0,
            "restamped": 0,
            "left": 11,
            "problems": [],
            "dropped": [],
        }
    ]
    assert "11 rows with what hangs on them" in run(busy, "dba", "retention", "run", "crm.customer").stderr
    certificates = told(busy, "qin", "retention", "certificates")
    assert sum(one["subjects"] for one in certificates) == 15
    assert [one["number"] for one in certificates] == sorted((one["number"] for one in certificates), reverse=True)
    assert told(busy, "qin", "retention", "certificates", "--number", "1") == certificates[-1:]
    assert certificates[0]["digest"][:8] in run(busy, "qin", "retention", "certificates").stdout


def test_the_lines_of_a_person_who_supervises(busy: Broker) -> None:
    review = f"{TODAY + timedelta(days=30):%Y-%m-%d}"
    placed = told(
        *(busy, "qin", "hold", "place", "crm.customer", "--key", "1001", "--key", "1002"),
        *("--reason", "lawsuit", "--reference", "(2026)京01民初118号", "--review", review),
    )
    assert (placed[0]["number"], placed[0]["keys"], placed[0]["subjects"]) == (1, ["1001", "1002"], 2)
    by_branch = run(
        *(
            busy,
            "qin",
            "hold",
            "place",
            "crm.customer",
            "--where",
            "branch_code=SH",
            "--reason",
            "audit",
            "--review",
            review,
        )
    ).stdout
    assert "branch_code = SH" in by_branch and review in by_branch
    assert run(busy, "qin", "hold", "release", "2", "--reason", "over").stdout == "hold 2 is released\n"
    assert [one["number"] for one in told(busy, "qin", "hold", "list")] == [1]
    assert [one["number"] for one in told(busy, "qin", "hold", "list", "--all")] == [2, 1]
    assert told(busy, "qin", "retention", "status")[0]["held"] == 2


@pytest.mark.parametrize(
    ("login", "arguments", "code"),
    [
        ("li", "retention run", 3),
        ("qin", "retention run", 3),
        ("li", "retention status", 3),
        ("sun", "retention certificates", 3),
        ("li", "hold list", 3),
        ("qin", "hold release 99 --reason x", 3),
        ("li", f"hold place crm.customer --key 1 --reason x --review {TODAY + timedelta(days=9):%Y-%m-%d}", 3),
        ("qin", "hold place crm.customer --key 1 --reason x --review 2001-01-01", 3),
        ("qin", f"hold place crm.customer --reason x --review {TODAY + timedelta(days=9):%Y-%m-%d}", 2),
        ("dba", "retention run crm.policy", 2),
        ("dba", "retention run --until noon", 2),
        ("dba", "retention run --lock-timeout soon", 2),
    ],
)
def test_who_may_not_is_told_and_so_is_what_is_none(
    sealed_broker: Broker, login: str, arguments: str, code: int
) -> None:
    assert run(sealed_broker, login, *arguments.split(), code=code).stderr


def test_no_batch_begins_after_a_moment_that_has_passed(busy: Broker) -> None:
    past = f"{datetime.now() - timedelta(hours=1):%Y-%m-%dT%H:%M}"
    assert told(busy, "dba", "retention", "run", "--until", past)[0]["destroyed"] == 0
    later = f"{datetime.now() + timedelta(hours=1):%H:%M}"
    assert told(busy, "dba", "retention", "run", "--until", later)[0]["destroyed"] == 10
