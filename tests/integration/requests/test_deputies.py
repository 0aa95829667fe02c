"""Deputies: nobody is blocked by one person's absence, and nobody decides for themselves through another (5.2.1)."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest

from pgcustsec.matrix.model import Approval
from tests.integration.clients.world import Broker
from tests.integration.requests.office import apply, call, deciders, filed, login, special, state, step

NAME = "SELECT pgcustsec.name_deputy(%s, now() + %s::interval, now() + %s::interval)"
APPROVE, END = "SELECT pgcustsec.approve_deputy(%s)", "SELECT pgcustsec.end_deputy(%s)"


def named(broker: Broker, who: str, deputy: str, starts: str = "-1 min", ends: str = "14 days") -> Any:
    """Name *deputy*, a staff number, as *who*; the number, or the SQLSTATE."""
    with login(broker, who) as connection:
        return call(connection, NAME, deputy, starts, ends)


def said(broker: Broker, who: str, statement: str, number: int) -> Any:
    with login(broker, who) as connection:
        return call(connection, statement, number)


def deputed(broker: Broker, who: str, deputy: str, **period: str) -> int:
    """*deputy* stands in for *who*, approved by qin."""
    number = named(broker, who, deputy, **period)
    assert isinstance(number, int), number
    assert said(broker, "qin", APPROVE, number) == ""
    return number


@pytest.fixture
def request_of_li(broker: Broker) -> int:
    """zhao (M1) decides first, then luo (L1)."""
    return filed(broker)


def test_a_deputy_decides_once_a_supervisor_has_approved_them(broker: Broker, request_of_li: int) -> None:
    number = named(broker, "zhao", "S2")
    assert step(broker, "wang", request_of_li) == "CS301", "named is not approved"
    assert said(broker, "qin", APPROVE, number) == ""
    assert deciders(broker, request_of_li) == ["M1", "S2"]
    assert step(broker, "wang", request_of_li) == "in approval"
    with login(broker, "li") as li:
        events = li.execute(
            "SELECT kind, staff_id, for_staff FROM pgcustsec.request_events ORDER BY event_id"
        ).fetchall()
    assert events == [("filed", "S1", None), ("approved", "S2", "M1")]
    assert step(broker, "luo", request_of_li) == "approved"
    kinds = broker.rows(
        "SELECT kind, staff_id, about FROM pgcustsec_internal.audit WHERE kind LIKE 'deputy%%' ORDER BY 1"
    )
    assert kinds == [
        ("deputy_approved", "Q1", f"deputy {number}: S2 for M1"),
        ("deputy_named", "M1", f"deputy {number}: S2"),
    ]


def test_a_deputy_decides_no_request_of_their_own(broker: Broker) -> None:
    deputed(broker, "zhao", "S2")
    own = filed(broker, "wang", keys=["3"])
    assert step(broker, "wang", own) == "CS303"
    assert deciders(broker, own, of="wang") == ["M1"]


def test_nobody_decides_for_themselves_through_their_deputy(broker: Broker) -> None:
    """By this matrix an agent approves: li's deputy may for wang's request, and not for li's."""
    apply(broker, special(broker, approvals=(Approval(role="sales_agent"),)))
    deputed(broker, "li", "M1")
    own, others = filed(broker, "li"), filed(broker, "wang", keys=["3"])
    assert step(broker, "zhao", own) == "CS301"
    assert state(broker, own) == "filed"
    assert step(broker, "zhao", others) == "approved", "the control"


def test_a_chain_of_two_is_two_people_whoever_stands_in(broker: Broker) -> None:
    manager = Approval(role="sales_manager")
    apply(broker, special(broker, approvals=(manager, manager)))
    deputed(broker, "zhao", "S2")
    number = filed(broker)
    assert step(broker, "wang", number) == "in approval"
    assert step(broker, "zhao", number) == "CS301", "their deputy has decided in their place"
    assert step(broker, "wang", number) == "CS304"
    other = filed(broker)
    assert step(broker, "zhao", other) == "in approval"
    assert step(broker, "wang", other) == "CS301", "who they stand in for has decided"


@pytest.mark.parametrize(
    ("what", "code"),
    [
        ("not yet", "CS301"),
        ("ended by the deputy", "CS301"),
        ("ended by who is back", "CS301"),
        ("ended by a supervisor", "CS301"),
        ("the absent one has left", "CS301"),
        ("the absent one is suspended", "CS301"),
        ("the deputy is suspended", "CS104"),
    ],
)
def test_a_deputy_has_what_the_absent_one_would_have_and_no_more(
    broker: Broker, request_of_li: int, what: str, code: str
) -> None:
    number = deputed(broker, "zhao", "S2", starts="1 h" if what == "not yet" else "-1 min")
    suspend = "SELECT pgcustsec.suspend('person', %s, 'leak')"
    match what:
        case "ended by the deputy":
            said(broker, "wang", END, number)
        case "ended by who is back":
            said(broker, "zhao", END, number)
        case "ended by a supervisor":
            said(broker, "qin", END, number)
        case "the absent one has left":
            broker.execute("UPDATE pgcustsec_internal.staff SET active = false WHERE staff_id = 'M1'")
        case "the absent one is suspended" | "the deputy is suspended":
            with login(broker, "qin") as qin:
                call(qin, suspend, "M1" if "absent" in what else "S2")
    assert step(broker, "wang", request_of_li) == code
    assert "S2" not in deciders(broker, request_of_li)
    if what.startswith("ended"):
        assert said(broker, "qin", END, number) == "CS301"


@pytest.mark.parametrize(
    ("deputy", "starts", "ends", "code"),
    [
        ("L1", "0", "1 day", "CS208"),
        ("M1", "0", "1 day", "CS208"),
        ("X9", "0", "1 day", "CS208"),
        (None, "0", "1 day", "CS208"),
        ("S2", "1 day", "1 hour", "CS306"),
        ("S2", "-2 days", "-1 day", "CS306"),
        ("S2", "0", None, "CS306"),
        ("S2", None, "1 day", "CS306"),
        ("S2", "0", "93 days", "CS307"),
    ],
)
def test_a_deputy_is_a_colleague_for_a_period(
    broker: Broker, deputy: str | None, starts: str | None, ends: str | None, code: str
) -> None:
    assert named(broker, "zhao", deputy, starts, ends) == code  # type: ignore[arg-type]  # wrong on purpose
    assert broker.rows("SELECT count(*) FROM pgcustsec_internal.deputy") == [(0,)]


def test_who_approves_a_deputy_is_neither_of_the_two(broker: Broker) -> None:
    """luo supervises too."""
    number = named(broker, "luo", "U1")
    assert said(broker, "luo", APPROVE, number) == "CS303"
    for name in ("ouyang", "zhao", "li"):
        assert said(broker, name, APPROVE, number) in ("CS601", "42501"), name
    assert said(broker, "qin", APPROVE, number) == ""
    assert said(broker, "qin", APPROVE, number) == "CS301", "once"
    assert said(broker, "zhao", END, number) == "CS301", "it is none of theirs"
    assert said(broker, "qin", APPROVE, 4711) == "CS301"


def test_who_stands_in_for_whom_is_known_to_the_two_and_to_supervisors(broker: Broker) -> None:
    deputed(broker, "zhao", "S2")
    read = "SELECT count(*) FROM pgcustsec.deputies"
    for name, rows in (("zhao", 1), ("wang", 1), ("qin", 1), ("li", 0), ("ouyang", 0)):
        with login(broker, name) as connection:
            assert call(connection, read) == rows, name
    for change in ("UPDATE {} SET staff_id = staff_id", "DELETE FROM {}", "TRUNCATE {}"):
        for table in ("deputy", "deputy_event"):
            with login(broker, "qin") as qin, broker.database.connect() as superuser:
                statement = change.format(f"pgcustsec_internal.{table}" + (" CASCADE" if "TRUNCATE" in change else ""))
                assert call(qin, statement) == "42501"
                assert call(superuser, statement) == "CS604"


@pytest.mark.one_server
def test_the_commands_name_approve_list_and_end(broker: Broker) -> None:
    def run(who: str, *arguments: str, code: int = 0) -> str:
        conninfo = broker.database.conninfo(broker.login(who))
        command = [sys.executable, "-m", "pgcustsec", "deputy", *arguments, "-d", conninfo]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == code, done.stdout + done.stderr
        return done.stdout + done.stderr

    until = broker.rows("SELECT (now() + interval '3 days')::date::text")[0][0]
    assert "deputy 1" in run("zhao", "name", "S2", "--until", until)
    assert "approved" in run("qin", "approve", "1")
    [one] = json.loads(run("wang", "list", "--format", "json"))
    assert (one["number"], one["staff"], one["deputy"], one["state"], one["approved_by"]) == (
        1,
        "M1",
        "S2",
        "approved",
        "Q1",
    )
    assert "M1" in run("qin", "list") and "S2" in run("qin", "list")
    assert "ended" in run("wang", "end", "1")
    assert json.loads(run("qin", "list", "--format", "json")) == []
    assert len(json.loads(run("qin", "list", "--all", "--format", "json"))) == 1
    assert "colleague" in run("zhao", "name", "L1", "--until", until, code=3)
