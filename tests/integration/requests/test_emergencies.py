"""Emergencies: open when they are filed, approved afterwards, and without that their requester is suspended (5.2.1)."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from uuid import uuid4

import psycopg
import pytest

from pgcustsec.client import mint
from pgcustsec.db import Connection
from pgcustsec.matrix.model import Approval, RequestKind
from tests.integration.clients.world import Broker, copy
from tests.integration.requests.office import (
    amend,
    apply,
    audited,
    call,
    deciders,
    file,
    filed,
    heard,
    later,
    login,
    seen,
    state,
    step,
    submit,
    withdraw,
)
from tests.integration.requests.test_deputies import deputed
from tests.signing import make_key
from tests.work import sign_for_everyone

#: Four hours to be approved in, by the manager and a legal officer; three records.
URGENT = RequestKind(
    "urgent",
    "紧急",
    (Approval(manager_of="requester"), Approval(role="legal_officer")),
    3,
    ("sales_agent", "service_agent"),
    max_rows=3,
    emergency_hours=4,
)
CELLS = "SELECT name, mobile, email, health FROM sales_agent.customer WHERE customer_id = %s"
CLOSED = ("王**", "***", "***", "asthma")
MASKED = ("王**", "138****5678", "w***@***", "asthma")
FULL = ("王小明", "13812345678", "w***@***", "asthma")
#: In no session.
IDLE = (None, "***", "***", None)
EVIDENCE = ("suspensions", "access_log", "access_ledger", "agreements", "change_history", "custodians")


def with_kind(broker: Broker, kind: RequestKind, **terms: Any) -> Any:
    changed = replace(kind, **terms)
    return replace(broker.matrix, requests={**broker.matrix.requests, changed.name: changed})


@pytest.fixture(scope="module")
def urgent_broker(sealed_broker: Broker) -> Iterator[Broker]:
    with copy(sealed_broker) as world:
        with world.database.connect() as connection:
            sign_for_everyone(connection)
        matrix = with_kind(world, URGENT)
        apply(world, matrix)
        yield replace(world, matrix=matrix)


@pytest.fixture
def broker(urgent_broker: Broker) -> Iterator[Broker]:
    with copy(urgent_broker) as world:
        yield world


@pytest.fixture
def li(broker: Broker) -> Iterator[Connection]:
    """li, at work: serves 1 and 4, and zhao manages them."""
    with broker.person("li") as connection:
        yield connection


@pytest.fixture
def number(broker: Broker) -> int:
    """An emergency of li's, for the name and mobile of customer 1."""
    return declared(broker)


def declared(broker: Broker, name: str = "li", **terms: Any) -> int:
    return filed(broker, name, **{"kind": "urgent", **terms})


def open_full(connection: psycopg.Connection[Any], number: int, key: object = 1) -> str | None:
    """Open *key* by the request; None, or the SQLSTATE."""
    found = call(connection, "SELECT pgcustsec.open_full(%s, %s)", number, str(key))
    return found if isinstance(found, str) else None


def cells(connection: psycopg.Connection[Any], key: int = 1) -> tuple[Any, ...] | None:
    """The row of *key* as the connection sees it, or None."""
    return connection.execute(CELLS, [key]).fetchone()


def hours_pass(broker: Broker, interval: str) -> None:
    """Let *interval* pass for what waits for the clock: nothing else is done, as no sweep and nobody would do it."""
    later(broker, interval)
    broker.execute(
        "ALTER TABLE pgcustsec_internal.suspension DISABLE TRIGGER refuse_rewriting",
        f"UPDATE pgcustsec_internal.suspension SET suspended_at = suspended_at - interval '{interval}',"
        f" starts_at = starts_at - interval '{interval}'",
        "ALTER TABLE pgcustsec_internal.suspension ENABLE ALWAYS TRIGGER refuse_rewriting",
        f"UPDATE pgcustsec_internal.emergency SET due_at = due_at - interval '{interval}'",
    )


def suspensions(broker: Broker, what: str, of: str = "qin") -> list[tuple[Any, ...]]:
    with login(broker, of) as connection:
        return connection.execute(
            f"SELECT {what} FROM pgcustsec.suspensions ORDER BY suspension_id".encode()
        ).fetchall()


def said(broker: Broker, name: str, query: str, *parameters: Any) -> Any:
    with login(broker, name) as connection:
        return call(connection, query, *parameters)


def lift(broker: Broker, suspension: int, by: str = "qin", rectified_by: str = "li") -> Any:
    assert not said(broker, rectified_by, "SELECT pgcustsec.rectify(%s, 'explained')", suspension)
    return said(broker, by, "SELECT pgcustsec.reinstate(%s, 'accepted')", suspension) or None


# --- filing -----------------------------------------------------------------------------------------------------------


def test_it_opens_at_once_record_by_record_and_no_more_than_it_names(broker: Broker, li: Connection) -> None:
    number = declared(broker, keys=["1", "4"])
    assert (state(broker, number), cells(li)) == ("filed", CLOSED), "filing shows nothing by itself"
    assert open_full(li, number) is None
    assert cells(li) == FULL
    assert open_full(li, number, 4) is None
    assert (cells(li), cells(li, 4)) == (CLOSED, ("欧阳锋", None, None, None)), "one record at a time"
    assert open_full(li, number, 2) == "CS309", "li sees 2 in the pool, and the request does not name it"
    assert open_full(li, number, 3) == "CS201"
    [(kind, about)] = broker.rows(
        "SELECT DISTINCT kind, about FROM pgcustsec_internal.audit WHERE kind = 'record_opened'"
    )
    assert (kind, about) == ("record_opened", f"request {number}")


def test_filing_announces_the_suspension_and_alarms_who_supervises(broker: Broker) -> None:
    with login(broker, "qin") as qin:
        qin.execute("LISTEN pgcustsec_alarms")
        assert heard(qin, lambda: declared(broker)) == [("pgcustsec_alarms", "emergency 1")]
    found = suspensions(
        broker, "kind, code, request_id, starts_at - suspended_at BETWEEN '3:59:59' AND '4:00:01', reinstated_at"
    )
    assert found == [("person", "S1", 1, True, None)]
    assert suspensions(broker, "suspension_id", of="luo") == [(1,)]
    assert audited(broker, 1) == [("request_filed", "S1", None), ("emergency_declared", "S1", None)]
    [(starts,)] = suspensions(broker, "starts_at")
    assert seen(broker, "li", "state, ends_at, deciders") == [("filed", starts, ["M1"])]
    with login(broker, "qin") as qin:
        assert call(qin, "SELECT pgcustsec.end_connections(1)") == "CS208", "nothing is in force yet"
        assert call(qin, "SELECT pgcustsec.rectify(1, 'x')") == "CS208"
        assert call(qin, "SELECT pgcustsec.reinstate(1, 'x')") == "CS208"


def test_a_draft_announces_nothing_and_opens_nothing_until_it_is_submitted(broker: Broker, li: Connection) -> None:
    number = declared(broker, draft=True)
    assert (suspensions(broker, "1"), open_full(li, number)) == ([], "CS302")
    assert submit(broker, "li", number) is None
    assert (suspensions(broker, "request_id"), open_full(li, number)) == ([(number,)], None)
    assert cells(li) == FULL


def test_the_limits_of_its_kind_hold_and_what_is_refused_announces_nothing(broker: Broker) -> None:
    refused: tuple[tuple[dict[str, Any], str], ...] = (
        ({"keys": ["1", "2", "4", "5"]}, "CS309"),
        ({"max_rows": 4}, "CS309"),
        ({"days": 4}, "CS307"),
        ({"days": 0}, "CS306"),
        ({"purpose": "servicing"}, "CS007"),
        ({"columns": ["secret"]}, "CS209"),
    )
    with login(broker, "li") as li:
        for terms, code in refused:
            assert file(li, **{"kind": "urgent", **terms}) == code, terms
        li.execute("BEGIN ISOLATION LEVEL REPEATABLE READ")
        assert file(li, kind="urgent") == "CS107"
        li.execute("ROLLBACK")
    assert suspensions(broker, "1") == [] and seen(broker, "li") == []


def test_so_many_records_open_and_no_other(broker: Broker, li: Connection) -> None:
    number = declared(broker, keys=None, where=[{"column": "branch_code", "is": "=", "value": "BJ"}], max_rows=2)
    assert [open_full(li, number, key) for key in (1, 4, 1, 2)] == [None, None, None, "CS309"]


@pytest.mark.parametrize("end", ["COMMIT", "ROLLBACK"])
def test_filed_and_opened_in_one_transaction_shows_once_that_is_committed(
    broker: Broker, li: Connection, end: str
) -> None:
    li.execute("BEGIN")
    number = file(li, kind="urgent")
    assert open_full(li, number) is None
    assert cells(li) == CLOSED
    li.execute(end.encode())
    assert cells(li) == (FULL if end == "COMMIT" else CLOSED)
    assert len(suspensions(broker, "1")) == len(audited(broker, number)) // 3 == (1 if end == "COMMIT" else 0)


def test_there_is_one_at_a_time(broker: Broker) -> None:
    first, draft = declared(broker), declared(broker, draft=True)
    with login(broker, "li") as li:
        assert file(li, kind="urgent", keys=["4"]) == "CS314"
    assert submit(broker, "li", draft) == "CS314"
    assert isinstance(declared(broker, "wang", keys=["3"]), int), "another's is another's"
    assert isinstance(filed(broker), int), "and li may ask for what is no emergency"
    step(broker, "zhao", first)
    assert submit(broker, "li", draft) == "CS314", "half approved is not decided"
    step(broker, "luo", first)
    assert submit(broker, "li", draft) is None


# --- in time ----------------------------------------------------------------------------------------------------------


def test_approval_of_the_whole_chain_in_time_prevents_the_suspension(broker: Broker, li: Connection) -> None:
    number = declared(broker)
    hours_pass(broker, "3 hours 50 minutes")
    assert step(broker, "zhao", number) == "in approval"
    assert open_full(li, number) is None, "it goes on while it waits"
    assert step(broker, "luo", number) == "approved"
    assert suspensions(broker, "decided, reinstated_by") == [("approved", None)]
    hours_pass(broker, "1 hour")
    assert (state(broker, number), cells(li)) == ("approved", FULL)
    assert seen(broker, "li", "ends_at - approved_at = interval '3 days'") == [(True,)]
    assert said(broker, "li", "SELECT staff_id FROM pgcustsec.whoami() WHERE cleared") == "S1"
    hours_pass(broker, "3 days")
    assert (state(broker, number), cells(li), open_full(li, number)) == ("lapsed", MASKED, "CS308")
    assert said(broker, "li", "SELECT staff_id FROM pgcustsec.whoami() WHERE cleared") == "S1", "only the term is over"


def test_a_deputy_approves_in_anothers_place(broker: Broker, li: Connection, number: int) -> None:
    deputed(broker, "zhao", "S2")
    assert [step(broker, name, number) for name in ("wang", "luo")] == ["in approval", "approved"]
    hours_pass(broker, "5 hours")
    assert open_full(li, number) is None and cells(li) == FULL


def test_nobody_approves_their_own_emergency_and_a_deputy_not_that_of_who_named_them(broker: Broker) -> None:
    number = declared(broker)
    deputed(broker, "zhao", "S1")
    assert step(broker, "li", number) == "CS303"
    assert deciders(broker, number) == ["M1"]


@pytest.mark.parametrize("approvals", [0, 1])
def test_not_decided_in_time_its_requester_is_suspended_by_the_clock(
    broker: Broker, li: Connection, number: int, approvals: int
) -> None:
    open_full(li, number)
    for name in ("zhao", "luo")[:approvals]:
        step(broker, name, number)
    hours_pass(broker, "3 hours 59 minutes 50 seconds")
    assert cells(li) == FULL
    before = broker.rows("SELECT count(*) FROM pgcustsec_internal.standing WHERE staff_id = 'S1'")
    hours_pass(broker, "10 seconds")
    assert cells(li) is None and call(li, "SELECT count(*) FROM sales_agent.policy") == 0
    assert broker.rows("SELECT count(*) FROM pgcustsec_internal.standing WHERE staff_id = 'S1'") == before, "no sweep"
    assert open_full(li, number) in ("CS104", "CS308")
    assert call(li, "SELECT pgcustsec.open_record('customer', '1', 'x')") == "CS104"
    assert call(li, "SELECT pgcustsec.find('customer', 'mobile', '13812345678')") == "CS104"
    assert call(li, "SELECT pgcustsec.start_session('selling')") == "CS104"
    assert file(li) == file(li, kind="urgent") == "CS104"
    [(cleared, reason)] = li.execute("SELECT cleared, reason FROM pgcustsec.whoami()").fetchall()
    assert not cleared and "suspended, by suspension 1" in reason
    assert state(broker, number) == "lapsed"
    assert step(broker, ("zhao", "luo")[approvals], number) == "CS308"
    assert call(li, "UPDATE sales_agent.customer SET note = 'x' WHERE customer_id = 1 RETURNING 1") is None
    assert call(li, "INSERT INTO sales_agent.customer (status, owner_staff_id, branch_code)"
                    " VALUES ('prospect', 'S1', 'BJ') RETURNING 1") == "42501"  # fmt: skip


def test_a_change_of_staff_after_the_hour_brings_nobody_back(broker: Broker, li: Connection, number: int) -> None:
    hours_pass(broker, "4 hours")
    broker.execute("UPDATE pgcustsec_internal.staff SET manager_id = 'M1' WHERE staff_id = 'S2'")
    assert cells(li) is None
    hours_pass(broker, "1 hour")
    assert (cells(li), state(broker, number)) == (None, "lapsed")


def test_a_change_of_staff_before_the_hour_does_not_put_it_off(broker: Broker, li: Connection, number: int) -> None:
    hours_pass(broker, "3 hours")
    broker.execute("UPDATE pgcustsec_internal.staff SET branch_code = 'SH' WHERE staff_id = 'S1'")
    assert cells(li) == CLOSED
    hours_pass(broker, "1 hour")
    assert cells(li) is None


def test_whom_the_clock_suspended_is_back_when_a_supervisor_accepts_what_they_put_right(
    broker: Broker, li: Connection, number: int
) -> None:
    open_full(li, number)
    hours_pass(broker, "4 hours")
    assert said(broker, "qin", "SELECT pgcustsec.reinstate(1, 'x')") == "CS602"
    assert lift(broker, 1) is None
    assert (cells(li), state(broker, number)) == (IDLE, "lapsed"), "their session is over as well"
    li.execute("SELECT pgcustsec.start_session('selling')")
    assert (cells(li), open_full(li, number)) == (CLOSED, "CS308")
    second = declared(broker)
    assert open_full(li, second) is None and cells(li) == FULL


# --- refused ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("refuser", ["zhao", "luo"])
def test_a_refusal_suspends_at_once(broker: Broker, li: Connection, number: int, refuser: str) -> None:
    open_full(li, number)
    assert cells(li) == FULL
    if refuser == "luo":
        step(broker, "zhao", number)
    with login(broker, "qin") as qin:
        qin.execute("LISTEN pgcustsec_alarms")
        assert heard(qin, lambda: step(broker, refuser, number, "refuse", "none of ours")) == [
            ("pgcustsec_alarms", "suspension 1")
        ]
    assert cells(li) is None and call(li, "SELECT pgcustsec.start_session('selling')") == "CS104"
    assert (state(broker, number), file(li, kind="urgent")) == ("refused", "CS104")
    assert suspensions(broker, "code, request_id, decided, starts_at <= now(), reinstated_by") == [
        ("S1", number, "refused", True, None)
    ]
    hours_pass(broker, "5 hours")
    assert cells(li) is None
    if refuser == "luo":
        said(broker, "li", "SELECT pgcustsec.rectify(1, 'explained')")
        assert said(broker, "luo", "SELECT pgcustsec.reinstate(1, 'x')") == "CS603", "not who suspended"
    assert lift(broker, 1) is None
    assert cells(li) is not None


def test_a_suspension_by_hand_meanwhile_is_one_of_its_own(broker: Broker, li: Connection, number: int) -> None:
    open_full(li, number)
    by_hand = said(broker, "qin", "SELECT pgcustsec.suspend('person', 'S1', 'leak')")
    assert isinstance(by_hand, int) and cells(li) is None
    for name in ("zhao", "luo"):
        step(broker, name, number)
    assert state(broker, number) == "approved"
    assert (cells(li), open_full(li, number)) == (None, "CS104"), "approval lifts what filing announced, nothing else"
    assert lift(broker, by_hand, by="luo") is None
    hours_pass(broker, "5 hours")
    assert cells(li) is not None


def test_lifting_a_suspension_by_hand_does_not_lift_the_one_announced(
    broker: Broker, li: Connection, number: int
) -> None:
    by_hand = said(broker, "qin", "SELECT pgcustsec.suspend('person', 'S1', 'leak')")
    assert lift(broker, by_hand, by="luo") is None
    assert cells(li) is not None
    hours_pass(broker, "4 hours")
    assert (cells(li), state(broker, number)) == (None, "lapsed")


# --- it stays as it was declared --------------------------------------------------------------------------------------


def test_it_is_not_amended_not_withdrawn_and_no_extract(broker: Broker, li: Connection, number: int) -> None:
    assert amend(broker, "li", number) == withdraw(broker, "li", number) == "CS314"
    assert call(li, "SELECT pgcustsec.begin_extract(%s, 'plain')", number) == "CS314"
    step(broker, "zhao", number)
    assert amend(broker, "li", number) == withdraw(broker, "li", number) == "CS314"
    assert call(li, "SELECT pgcustsec.begin_extract(%s, 'plain')", number) == "CS314"
    assert (state(broker, number), len(suspensions(broker, "1"))) == ("in approval", 1)


def test_once_approved_its_requester_closes_it(broker: Broker, li: Connection, number: int) -> None:
    """What was averted is averted: who needs it no longer gives it back, as any other approved request."""
    for name in ("zhao", "luo"):
        step(broker, name, number)
    open_full(li, number)
    assert withdraw(broker, "li", number) is None
    assert (state(broker, number), cells(li)) == ("closed", MASKED)


def test_once_approved_it_is_an_extract_as_well(broker: Broker, li: Connection, number: int) -> None:
    for name in ("zhao", "luo"):
        step(broker, name, number)
    assert isinstance(call(li, "SELECT pgcustsec.begin_extract(%s, 'plain')", number), int)


# --- another matrix ---------------------------------------------------------------------------------------------------


def test_a_kind_that_is_no_emergency_any_more_opens_nothing_and_the_suspension_still_comes(
    broker: Broker, li: Connection, number: int
) -> None:
    open_full(li, number)
    apply(broker, with_kind(broker, URGENT, emergency_hours=None))
    assert (cells(li), open_full(li, number)) == (MASKED, "CS302"), "as any record that li opened"
    assert suspensions(broker, "reinstated_at") == [(None,)]
    hours_pass(broker, "4 hours")
    assert (cells(li), state(broker, number)) == (None, "lapsed")


def test_approved_under_the_kind_that_is_no_emergency_any_more_it_is_averted(
    broker: Broker, li: Connection, number: int
) -> None:
    apply(broker, with_kind(broker, URGENT, emergency_hours=None))
    assert [step(broker, name, number) for name in ("zhao", "luo")] == ["in approval", "approved"]
    hours_pass(broker, "5 hours")
    assert open_full(li, number) is None and cells(li) == FULL


def test_a_kind_that_is_gone_shows_nothing_and_its_suspension_comes(
    broker: Broker, li: Connection, number: int
) -> None:
    open_full(li, number)
    requests = {name: kind for name, kind in broker.matrix.requests.items() if name != "urgent"}
    apply(broker, replace(broker.matrix, requests=requests))
    assert (cells(li), state(broker, number)) == (MASKED, "lapsed")
    hours_pass(broker, "4 hours")
    assert cells(li) is None
    assert lift(broker, 1) is None


def test_more_hours_in_the_matrix_are_none_for_what_was_declared_before(
    broker: Broker, li: Connection, number: int
) -> None:
    apply(broker, with_kind(broker, URGENT, emergency_hours=72))
    assert open_full(li, number) is None
    hours_pass(broker, "4 hours")
    assert cells(li) is None


def test_another_chain_voids_approvals_and_the_hour_stays(broker: Broker, li: Connection, number: int) -> None:
    step(broker, "zhao", number)
    chain = (Approval(role="legal_officer"), Approval(role="quality_inspector"))
    apply(broker, with_kind(broker, URGENT, approvals=chain))
    assert (state(broker, number), deciders(broker, number)) == ("filed", ["L1"])
    assert open_full(li, number) is None
    assert [step(broker, name, number) for name in ("luo", "qin")] == ["in approval", "approved"]
    apply(broker, broker.matrix)
    assert state(broker, number) == "in approval", "by the matrix of today only zhao approved"
    assert (cells(li), open_full(li, number)) == (MASKED, "CS302"), "averted once, it opens by approval alone"


@pytest.mark.parametrize("approved", [False, True])
def test_what_was_filed_before_its_kind_became_an_emergency_is_none(
    broker: Broker, li: Connection, approved: bool
) -> None:
    pending, draft = filed(broker), filed(broker, draft=True)
    special = broker.matrix.requests["special"]
    apply(broker, with_kind(broker, special, emergency_hours=4, max_rows=50000, max_days=30))
    assert (open_full(li, pending), suspensions(broker, "1")) == ("CS302", [])
    assert amend(broker, "li", pending, keys=["1"]) is None, "no emergency, so it may be changed"
    assert (open_full(li, pending), suspensions(broker, "1")) == ("CS302", [])
    if approved:
        assert [step(broker, name, pending) for name in ("zhao", "luo")] == ["in approval", "approved"]
        assert open_full(li, pending) is None
    else:
        assert step(broker, "zhao", pending, "refuse") == "refused"
    assert suspensions(broker, "1") == []
    assert submit(broker, "li", draft) is None
    assert suspensions(broker, "request_id") == [(draft,)], "what is filed now is one"


# --- people -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("happens", "code"),
    [
        ("DELETE FROM pgcustsec_internal.staff_role WHERE staff_id = 'S1'", "CS202"),
        ("UPDATE pgcustsec_internal.staff SET active = false WHERE staff_id = 'S1'", "CS202"),
        ("UPDATE pgcustsec_internal.purpose SET roles = '{}' WHERE purpose_code = 'selling'", "CS007"),
    ],
    ids=["role", "left", "purpose"],
)
def test_of_who_could_not_file_it_today_it_is_not_approved(
    broker: Broker, li: Connection, number: int, happens: str, code: str
) -> None:
    open_full(li, number)
    broker.execute(happens)
    assert cells(li) in (None, IDLE, CLOSED)
    assert step(broker, "zhao", number) == code
    hours_pass(broker, "4 hours")
    assert cells(li) is None
    assert suspensions(broker, "code, reinstated_at") == [("S1", None)]


def test_who_leaves_and_is_registered_again_comes_back_suspended(broker: Broker, li: Connection, number: int) -> None:
    broker.execute("UPDATE pgcustsec_internal.staff SET active = false WHERE staff_id = 'S1'")
    hours_pass(broker, "4 hours")
    broker.execute("UPDATE pgcustsec_internal.staff SET active = true WHERE staff_id = 'S1'")
    assert cells(li) is None


def supervises_and_sells(broker: Broker, *people: str) -> None:
    """They file emergencies too, with zhao for their manager."""
    for person in people:
        broker.execute(
            f"INSERT INTO pgcustsec_internal.staff_role VALUES ('{person}', 'sales_agent')",
            f"UPDATE pgcustsec_internal.staff SET manager_id = 'M1' WHERE staff_id = '{person}'",
        )
    apply(broker, broker.matrix)  # their logins are let into the group


def test_a_supervisor_who_files_one_reads_and_does_nothing_after_the_hour(broker: Broker) -> None:
    try:
        supervises_and_sells(broker, "Q1")
        number = declared(broker, "qin")
        with broker.person("qin") as qin:
            for view in EVIDENCE[:2]:
                assert call(qin, f"SELECT count(*) FROM pgcustsec.{view}") > 0, "the control"
            assert call(qin, "SELECT pgcustsec.reinstate(1, 'x')") == "CS208"
            hours_pass(broker, "4 hours")
            for view in EVIDENCE:
                assert call(qin, f"SELECT count(*) FROM pgcustsec.{view}") == 0, view
            assert call(qin, "SELECT pgcustsec.suspend('person', 'S1', 'x')") == "CS601"
            assert call(qin, "SELECT pgcustsec.rectify(1, 'x')") == ""
            assert call(qin, "SELECT pgcustsec.reinstate(1, 'x')") == "CS601"
        assert said(broker, "luo", "SELECT pgcustsec.reinstate(1, 'ok')") == ""
        assert state(broker, number, of="qin") == "lapsed"
    finally:
        broker.execute("DELETE FROM pgcustsec_internal.staff_role WHERE role_code = 'sales_agent' AND staff_id = 'Q1'")
        apply(broker, broker.matrix)


def test_the_last_supervisor_declares_no_emergency(broker: Broker) -> None:
    """Nobody could lift what it announces."""
    try:
        supervises_and_sells(broker, "Q1")
        broker.execute("UPDATE pgcustsec_internal.staff SET active = false WHERE staff_id = 'L1'")
        with login(broker, "qin") as qin:
            assert file(qin, kind="urgent") == "CS605"
            assert isinstance(file(qin), int)
        assert suspensions(broker, "1") == []
    finally:
        broker.execute("DELETE FROM pgcustsec_internal.staff_role WHERE role_code = 'sales_agent' AND staff_id = 'Q1'")
        broker.execute("UPDATE pgcustsec_internal.staff SET active = true WHERE staff_id = 'L1'")
        apply(broker, broker.matrix)


def test_two_supervisors_do_not_declare_each_others_last_way_back(broker: Broker) -> None:
    """Each could lift the other's, until the hour at which both are nobody."""
    try:
        supervises_and_sells(broker, "Q1", "L1")
        declared(broker, "qin")
        with login(broker, "luo") as luo:
            assert file(luo, kind="urgent") == "CS605"
    finally:
        broker.execute(
            "DELETE FROM pgcustsec_internal.staff_role WHERE role_code = 'sales_agent' AND staff_id ~ '[QL]'"
        )
        apply(broker, broker.matrix)


def test_nor_does_one_suspend_the_last_who_could_lift_what_two_announced(broker: Broker) -> None:
    """wang supervises too. When the hour is over nobody would be left but luo."""
    broker.execute("INSERT INTO pgcustsec_internal.staff_role VALUES ('S2', 'quality_inspector')")
    try:
        supervises_and_sells(broker, "Q1")
        declared(broker, "qin")
        declared(broker, "wang", keys=["3"])
        assert said(broker, "wang", "SELECT pgcustsec.suspend('person', 'L1', 'x')") == "CS605"
    finally:
        broker.execute(
            "DELETE FROM pgcustsec_internal.staff_role"
            " WHERE (staff_id, role_code) IN (('Q1', 'sales_agent'), ('S2', 'quality_inspector'))"
        )
        apply(broker, broker.matrix)


def test_a_supervisors_emergency_keeps_the_other_from_suspending_nobody(broker: Broker) -> None:
    """luo lifts the supervisor's when its hour has come, and they then what luo said."""
    try:
        supervises_and_sells(broker, "Q1")
        declared(broker, "qin")
        assert said(broker, "qin", "SELECT pgcustsec.suspend('person', 'L1', 'x')") == "CS605", "who would lift both?"
        second = said(broker, "luo", "SELECT pgcustsec.suspend('person', 'S1', 'x')")
        assert isinstance(second, int)
        hours_pass(broker, "4 hours")
        assert lift(broker, 1, by="luo", rectified_by="qin") is None
        assert lift(broker, second) is None
    finally:
        broker.execute("DELETE FROM pgcustsec_internal.staff_role WHERE role_code = 'sales_agent' AND staff_id = 'Q1'")
        apply(broker, broker.matrix)


# --- applications -----------------------------------------------------------------------------------------------------


def test_a_token_of_whom_the_clock_suspended_speaks_for_nobody(broker: Broker, application: str) -> None:
    key = make_key(broker.database, application)

    def token() -> str:
        return mint(key, staff="S1", role="sales_agent", purpose="selling", session=uuid4())

    first = token()
    with broker.database.connect(user=application) as web:
        web.execute("SELECT pgcustsec.register_session(%s)", [first])
        web.execute("SELECT set_config('pgcustsec.token', %s, false)", [first])
        number = file(web, kind="urgent")
        assert open_full(web, number) is None and cells(web) == FULL, "an application's person declares one too"
        hours_pass(broker, "4 hours")
        assert cells(web) is None
        assert call(web, "SELECT staff_id FROM pgcustsec.whoami()") in (None, "S1")
        assert call(web, "SELECT cleared FROM pgcustsec.whoami()") is not True
        assert open_full(web, number) in ("CS001", "CS104", "CS308")
        assert file(web) in ("CS001", "CS104")
        assert call(web, "SELECT count(*) FROM pgcustsec.requests") == 0
        assert call(web, "SELECT pgcustsec.register_session(%s)", token()) == "CS104"
        web.execute("RESET pgcustsec.token")
        assert call(web, "SELECT pgcustsec.register_session(%s)", token()) == "CS104"


# --- what is said about it --------------------------------------------------------------------------------------------

WHY = "SELECT shown FROM pgcustsec.explain_access('S1', 'crm.customer', '1', %s) WHERE role = 'sales_agent'"
WHO = "SELECT staff, through FROM pgcustsec.who_may_see('crm.customer', 'mobile') WHERE through LIKE '%request %'"


def test_what_is_explained_is_what_shows(broker: Broker, li: Connection) -> None:
    with login(broker, "qin") as qin:

        def said_of(column: str) -> set[str]:
            return {call(one, WHY, column) for one in (qin, li)}

        assert qin.execute(WHO).fetchall() == []
        number = declared(broker)
        assert qin.execute(WHO).fetchall() == [("S1", f"emergency request {number}, not approved yet")]
        assert said_of("mobile") == {"hidden"}
        open_full(li, number)
        assert (cells(li), said_of("mobile"), said_of("email")) == (FULL, {"shown"}, {"masked"})
        for name in ("zhao", "luo"):
            step(broker, name, number)
        assert qin.execute(WHO).fetchall() == [("S1", f"request {number}, approved by L1, M1")]
        li.execute("SELECT pgcustsec.close_record('customer')")
        assert (cells(li), said_of("mobile")) == (CLOSED, {"hidden"})


def test_after_the_hour_nobody_is_said_to_see_anything(broker: Broker, li: Connection, number: int) -> None:
    open_full(li, number)
    with login(broker, "qin") as qin:
        who = "SELECT count(*) FROM pgcustsec.who_may_see('crm.customer', 'mobile') WHERE staff = 'S1'"
        assert call(qin, who) > 0
        hours_pass(broker, "4 hours")
        assert call(qin, who) == 0
        assert call(qin, WHY, "mobile") == call(li, WHY, "mobile") == "no row"
        [(why,)] = qin.execute(
            "SELECT why FROM pgcustsec.explain_access('S1', 'crm.customer', '1', 'mobile')"
        ).fetchall()
        assert "suspen" in why
    assert cells(li) is None


def run(broker: Broker, name: str, *arguments: str, code: int = 0) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "pgcustsec", *arguments, "-d", broker.database.conninfo(broker.login(name))],
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    assert done.returncode == code, done.stdout + done.stderr
    return " ".join((done.stdout if code == 0 else done.stderr).split())


def test_the_commands_say_until_when_it_waits_and_who_will_be_suspended(broker: Broker) -> None:
    filing = ("request", "file", "urgent", "customer", "--purpose", "selling", "--column", "mobile", "--key", "1")
    shown = run(broker, "li", *filing, "--days", "1")
    assert "1, urgent: filed" in shown
    [(starts,)] = suspensions(broker, "starts_at AT TIME ZONE 'UTC'")
    assert f"{starts:%Y-%m-%d %H:%M}" in shown, "its requester reads by when"
    listed = run(broker, "qin", "access", "suspensions")
    assert "person S1" in listed and f"{starts:%H:%M}" in listed
    [one] = json.loads(run(broker, "qin", "access", "suspensions", "--format", "json"))
    assert (one["kind"], one["code"], one["emergency"], one["reinstated_at"]) == ("person", "S1", 1, None)
    [asked] = json.loads(run(broker, "li", "request", "list", "--format", "json"))
    assert (asked["used_by"], asked["state"], asked["ends_at"] is None) == ("S1", "filed", False)
    assert "emergency" in run(broker, "li", *filing, "--days", "1", code=3)
    assert "emergency" in run(broker, "li", "request", "withdraw", "1", code=3)
    for name in ("zhao", "luo"):
        run(broker, name, "request", "approve", "1", "--comment", "needed")
    assert json.loads(run(broker, "qin", "access", "suspensions", "--format", "json")) == []
    [lifted] = json.loads(run(broker, "qin", "access", "suspensions", "--all", "--format", "json"))
    assert (lifted["decided"], lifted["emergency"]) == ("approved", 1)


def test_the_record_of_access_is_searched_for_emergencies(broker: Broker) -> None:
    declared(broker)
    found = json.loads(run(broker, "qin", "audit", "search", "--kind", "emergency_declared", "--format", "json"))
    assert [(one["kind"], one["about"]) for one in found] == [("emergency_declared", "request 1")]
