"""What is on record of suspensions, and the program and the library around them (4.2, 5.1)."""

from __future__ import annotations

import json

import pytest

from pgcustsec.errors import NotAllowed
from pgcustsec.supervise import list_suspensions
from pgcustsec.supervise import rectify as report
from pgcustsec.supervise import reinstate as lift
from pgcustsec.supervise import suspend as bar
from tests.integration.clients.world import Broker
from tests.integration.supervision.office import (
    RECORD,
    kept_as_evidence,
    login,
    rectify,
    refusal,
    reinstate,
    shell,
    suspend,
)


def test_every_step_is_on_record_for_who_supervises(broker: Broker) -> None:
    number = suspend(broker, "person", "S1")
    rectify(broker, number, by="li")
    reinstate(broker, number)
    about = f"suspension {number}"
    assert broker.rows(RECORD) == [
        ("suspended", "Q1", f"{about}: person S1", "list passed on"),
        ("rectified", "S1", about, "copies shredded"),
        ("reinstated", "L1", about, "no copy found"),
    ]
    with login(broker, "han") as han, login(broker, "li") as li:
        seen = han.execute("SELECT kind FROM pgcustsec.access_log WHERE about LIKE 'suspension%'").fetchall()
        assert sorted(kind for (kind,) in seen) == ["rectified", "reinstated", "suspended"]
        assert refusal(li, "TABLE pgcustsec.suspensions") == "42501"


@pytest.mark.parametrize("mode", ["origin", "replica"])
def test_suspensions_are_only_ever_added_to(broker: Broker, mode: str) -> None:
    number = suspend(broker, "person", "S1")
    rectify(broker, number, by="li")
    reinstate(broker, number)
    suspend(broker, "person", "S1")
    kept_as_evidence(broker, mode, {"suspension": "reason", "rectification": "what", "reinstatement": "comment"})


# --- the program and the library --------------------------------------------------------------------------------------


@pytest.mark.one_server
def test_from_suspending_to_reinstating_at_a_shell(broker: Broker) -> None:
    shell(broker, "qin", "suspend", "role", "sales_agent", "--reason", "leak", "--reference", "QA-14")
    [listed] = json.loads(shell(broker, "han", "access", "suspensions", "--format", "json").out)
    number = str(listed["number"])
    assert (listed["kind"], listed["code"], listed["reference"], listed["suspended_by"]) == (
        "role",
        "sales_agent",
        "QA-14",
        "Q1",
    )
    assert "nothing was rectified" in shell(broker, "luo", "reinstate", number, "--comment", "x", code=3).err
    assert "recorded" in shell(broker, "li", "rectify", number, "--what", "copies shredded").out
    assert "another supervisor" in shell(broker, "qin", "reinstate", number, "--comment", "x", code=3).err
    assert "copies shredded" in shell(broker, "luo", "access", "suspensions").out
    assert "is lifted" in shell(broker, "luo", "reinstate", number, "--comment", "fine").out
    assert json.loads(shell(broker, "han", "access", "suspensions", "--format", "json").out) == []
    [lifted] = json.loads(shell(broker, "han", "access", "suspensions", "--all", "--format", "json").out)
    assert (lifted["rectified_by"], lifted["reinstated_by"], lifted["comment"]) == ("S1", "L1", "fine")


@pytest.mark.one_server
def test_what_the_program_refuses_it_says_plainly(broker: Broker) -> None:
    for name, arguments, code, told in (
        ("li", ("suspend", "person", "S2", "--reason", "x"), 3, "may not suspend"),
        ("qin", ("suspend", "person", "S99", "--reason", "x"), 3, "no such person"),
        ("qin", ("suspend", "branch", "BJ", "--reason", "x"), 2, "branch"),
        ("qin", ("suspend", "person", "S1"), 2, "--reason"),
        ("qin", ("suspend", "person", "S1", "--reason", " "), 3, "states its reason"),
        ("li", ("rectify", "999999", "--what", "x"), 3, "no such suspension"),
        ("li", ("reinstate", "999999", "--comment", "x"), 3, "may not reinstate"),
        ("li", ("access", "suspensions"), 3, "may not read"),
    ):
        said = shell(broker, name, *arguments, code=code)
        assert told in said.err, said
    assert broker.rows(RECORD) == []


@pytest.mark.one_server
def test_the_library_does_what_the_commands_do(broker: Broker) -> None:
    with login(broker, "qin") as qin, login(broker, "luo") as luo, login(broker, "li") as li:
        made = bar(qin, "person", "S1", "leak", keep_connections=True)
        assert (made.ended, made.why_not_ended, made.in_flight["connections"]) == (None, None, 1)
        with pytest.raises(NotAllowed):
            lift(luo, made.number, "x")
        report(li, made.number, "done")
        assert [one.number for one in list_suspensions(luo)] == [made.number]
        lift(luo, made.number, "fine")
        assert list_suspensions(luo) == []
        [one] = list_suspensions(luo, lifted=True)
        assert (one.rectification, one.comment, one.suspended_by) == ("done", "fine", "Q1")
        for refused in (list_suspensions, lambda c: bar(c, "person", "S2", "x")):
            with pytest.raises(NotAllowed):
                refused(li)
