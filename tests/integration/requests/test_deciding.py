"""Deciding on requests: in order, by whom the matrix names, each once, on what was asked and nothing else (5.2.1)."""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

import psycopg
import pytest

from pgcustsec.client import mint
from pgcustsec.matrix.model import Approval
from tests.integration.clients.world import Broker
from tests.integration.requests.office import (
    BJ,
    amend,
    apply,
    audited,
    call,
    deciders,
    filed,
    later,
    login,
    seen,
    special,
    state,
    step,
    submit,
    withdraw,
)
from tests.signing import make_key


@pytest.fixture
def number(broker: Broker) -> int:
    """A request of li's: zhao decides first, then luo."""
    return filed(broker)


def suspend(broker: Broker, kind: str, code: str) -> None:
    broker.execute(
        "INSERT INTO pgcustsec_internal.suspension (kind, code, reason, suspended_by, in_flight)"
        f" VALUES ('{kind}', '{code}', 'leak', 'Q1', '{{}}')"
    )


def test_a_request_is_approved_by_its_chain_in_order(broker: Broker, number: int) -> None:
    assert (state(broker, number), deciders(broker, number)) == ("filed", ["M1"])
    assert step(broker, "luo", number) == "CS305"
    assert step(broker, "zhao", number) == "in approval"
    assert (state(broker, number), deciders(broker, number)) == ("in approval", ["L1"])
    assert step(broker, "zhao", number) == "CS304", "the next step is another person's"
    assert step(broker, "luo", number) == "approved"
    [(ends_in,)] = seen(broker, "li", "ends_at - approved_at = interval '3 days' AND step IS NULL")
    assert ends_in
    for name in ("zhao", "luo"):
        assert step(broker, name, number) == "CS304"
    assert audited(broker, number) == [
        ("request_filed", "S1", None),
        ("request_approved", "M1", "ok"),
        ("request_approved", "L1", "ok"),
    ]


@pytest.mark.parametrize("refuser", ["zhao", "luo"])
def test_one_refusal_at_any_step_is_the_end(broker: Broker, number: int, refuser: str) -> None:
    if refuser == "luo":
        step(broker, "zhao", number)
    assert step(broker, refuser, number, "refuse", "the masked number will do") == "refused"
    assert (step(broker, "zhao", number), step(broker, "luo", number)) == ("CS304", "CS304")
    assert (withdraw(broker, "li", number), amend(broker, "li", number)) == ("CS304", "CS304")
    assert state(broker, number) == "refused"
    assert seen(broker, "li", "step, deciders, ends_at") == [(None, None, None)]


@pytest.mark.parametrize(
    ("decision", "comment", "code"),
    [
        (None, "ok", "CS305"),
        ("", "ok", "CS305"),
        ("APPROVE", "ok", "CS305"),
        ("approved", "ok", "CS305"),
        ("approve", None, "CS206"),
        ("approve", "", "CS206"),
        ("approve", " \t\n", "CS206"),
        ("refuse", "  ", "CS206"),
    ],
)
def test_a_decision_is_one_of_two_and_states_why(
    broker: Broker, number: int, decision: str | None, comment: str | None, code: str
) -> None:
    assert step(broker, "zhao", number, decision, comment) == code
    assert state(broker, number) == "filed"


@pytest.mark.parametrize("which", [0, -1, 999, 2**63 - 1, None])
def test_there_is_no_such_request(broker: Broker, number: int, which: int | None) -> None:
    with login(broker, "zhao") as zhao, login(broker, "li") as li:
        assert call(zhao, "SELECT pgcustsec.decide_request(%s::bigint, 'approve', 'ok')", which) == "CS301"
        assert call(li, "SELECT pgcustsec.withdraw_request(%s::bigint)", which) == "CS301"
        assert call(li, "SELECT pgcustsec.submit_request(%s::bigint)", which) == "CS301"
        amending = "SELECT pgcustsec.amend_request(%s::bigint, '{name}', NULL, '{1}', 3)"
        assert call(li, amending, which) == "CS301"


@pytest.mark.parametrize("name", ["wang", "chen", "sun", "qin", "ouyang"])
def test_who_is_not_asked_is_told_of_no_request(broker: Broker, number: int, name: str) -> None:
    assert step(broker, name, number) == step(broker, name, 999) == "CS301"
    assert state(broker, number) == "filed"


def test_nobody_decides_on_their_own(broker: Broker, number: int) -> None:
    """Not by a role that they hold besides, nor as the manager of themselves through another."""
    broker.execute("INSERT INTO pgcustsec_internal.staff_role VALUES ('S1', 'legal_officer')")
    assert step(broker, "li", number) == "CS303"
    step(broker, "zhao", number)
    assert step(broker, "li", number) == "CS303"
    assert deciders(broker, number) == ["L1"]
    with pytest.raises(psycopg.errors.CheckViolation):
        broker.execute("UPDATE pgcustsec_internal.staff SET manager_id = 'S1' WHERE staff_id = 'S1'")


def test_one_person_is_one_step_also_where_both_are_theirs(broker: Broker, number: int) -> None:
    broker.execute("INSERT INTO pgcustsec_internal.staff_role VALUES ('M1', 'legal_officer')")
    assert step(broker, "zhao", number) == "in approval"
    assert step(broker, "zhao", number) == "CS304"
    assert deciders(broker, number) == ["L1"]
    assert step(broker, "luo", number) == "approved"


def test_a_manager_who_comes_in_between_decides_and_the_one_before_does_not(broker: Broker, number: int) -> None:
    broker.execute("UPDATE pgcustsec_internal.staff SET manager_id = 'C1' WHERE staff_id = 'S1'")
    assert step(broker, "zhao", number) == "CS301"
    assert (deciders(broker, number), step(broker, "chen", number)) == (["C1"], "in approval")


def test_what_a_manager_approved_stays_when_another_follows(broker: Broker, number: int) -> None:
    step(broker, "zhao", number)
    broker.execute("UPDATE pgcustsec_internal.staff SET manager_id = 'C1' WHERE staff_id = 'S1'")
    assert step(broker, "luo", number) == "approved"


def test_a_managers_manager_is_not_asked(broker: Broker, number: int) -> None:
    broker.execute("UPDATE pgcustsec_internal.staff SET manager_id = 'C1' WHERE staff_id = 'M1'")
    assert step(broker, "chen", number) == "CS301"


def test_an_approver_who_left_decides_nothing_and_what_they_approved_stays(broker: Broker, number: int) -> None:
    broker.execute("UPDATE pgcustsec_internal.staff SET active = false WHERE staff_id = 'M1'")
    assert (step(broker, "zhao", number), deciders(broker, number)) == ("CS001", [])
    broker.execute("UPDATE pgcustsec_internal.staff SET active = true WHERE staff_id = 'M1'")
    step(broker, "zhao", number)
    broker.execute("UPDATE pgcustsec_internal.staff SET active = false WHERE staff_id = 'M1'")
    assert step(broker, "luo", number) == "approved"


def test_an_approver_without_the_role_is_not_asked(broker: Broker, number: int) -> None:
    step(broker, "zhao", number)
    broker.execute("DELETE FROM pgcustsec_internal.staff_role WHERE staff_id = 'L1'")
    assert (step(broker, "luo", number), deciders(broker, number)) == ("CS301", [])


@pytest.mark.parametrize(
    ("kind", "code", "state_"),
    [("person", "L1", "CS104"), ("role", "legal_officer", "CS105"), ("department", "legal", "CS106")],
)
def test_a_suspended_approver_decides_nothing(broker: Broker, number: int, kind: str, code: str, state_: str) -> None:
    step(broker, "zhao", number)
    suspend(broker, kind, code)
    assert (step(broker, "luo", number), deciders(broker, number)) == (state_, [])
    assert seen(broker, "luo", "mine_to_decide") in ([(False,)], [])


def test_an_application_decides_for_nobody(broker: Broker, number: int, application: str) -> None:
    """zhao's own token, which reads for them: to decide they connect as themselves."""
    token = mint(
        make_key(broker.database, application),
        staff="M1",
        role="sales_manager",
        purpose="selling",
        session=uuid4(),
    )
    with broker.database.connect(user=application) as web:
        web.execute("SELECT set_config('pgcustsec.token', %s, false)", [token])
        assert call(web, "SELECT staff_id FROM pgcustsec.whoami()") == "M1"
        assert call(web, "SELECT count(*) FROM pgcustsec.requests") == 1
        assert call(web, "SELECT pgcustsec.decide_request(%s, 'approve', 'ok')", number) == "CS003"


def test_an_amendment_voids_what_was_approved(broker: Broker, number: int) -> None:
    step(broker, "zhao", number)
    assert amend(broker, "li", number, ["name"], keys=["1", "4"]) is None
    assert (state(broker, number), deciders(broker, number)) == ("filed", ["M1"])
    assert step(broker, "luo", number) == "CS305"
    step(broker, "zhao", number)
    assert step(broker, "luo", number) == "approved"
    assert amend(broker, "li", number, ["name", "mobile"], where=BJ, keys=None) is None
    assert state(broker, number) == "filed"
    assert seen(broker, "li", "columns, predicate, keys, approved_at, ends_at") == [
        (["name", "mobile"], BJ, None, None, None)
    ]


def test_an_amendment_back_to_what_was_approved_is_an_amendment(broker: Broker, number: int) -> None:
    """What was approved and given up is not had back by asking for it again."""
    step(broker, "zhao", number)
    amend(broker, "li", number, ["name"])
    amend(broker, "li", number, ["name", "mobile"])
    assert (state(broker, number), deciders(broker, number)) == ("filed", ["M1"])


def test_an_amendment_is_checked_like_a_filing(broker: Broker, number: int) -> None:
    for terms, code in (
        ({"days": 31}, "CS307"),
        ({"days": None}, "CS306"),
        ({"columns": ["secret"]}, "CS209"),
        ({"keys": []}, "CS309"),
        ({"keys": None}, "CS309"),
        ({"where": BJ}, "CS309"),
        ({"max_rows": 50001}, "CS309"),
        ({"keys": None, "where": [{"column": "mobile", "is": "=", "value": "1"}]}, "CS309"),
    ):
        assert amend(broker, "li", number, **terms) == code, terms  # type: ignore[arg-type]  # wrong on purpose
    assert amend(broker, "wang", number) == "CS301"
    assert amend(broker, "zhao", number) == "42501"
    assert seen(broker, "li", "days, keys") == [(3, ["1"])]


OTHER = {
    "chain": {"approvals": (Approval(role="legal_officer"), Approval(manager_of="requester"))},
    "days": {"max_days": 29},
    "rows": {"max_rows": 60000},
    "canaries": {"canaries": True},
    "filed by": {"filed_by": ("sales_agent",)},
}


@pytest.mark.parametrize("what", OTHER)
def test_another_matrix_voids_what_was_approved_by_the_one_before(broker: Broker, number: int, what: str) -> None:
    first, done = number, filed(broker)
    for request, names in ((first, ["zhao"]), (done, ["zhao", "luo"])):
        for name in names:
            step(broker, name, request)
    apply(broker, special(broker, **OTHER[what]))
    assert (state(broker, first), state(broker, done)) == ("filed", "filed")
    order = ["luo", "zhao"] if what == "chain" else ["zhao", "luo"]
    assert [step(broker, name, done) for name in order] == ["in approval", "approved"]


@pytest.mark.parametrize("column", ["mobile", "age"], ids=["named", "another"])
def test_another_tier_of_a_column_voids_what_was_approved(broker: Broker, number: int, column: str) -> None:
    step(broker, "zhao", number)
    broker.execute(
        "UPDATE pgcustsec_internal.classification SET tier = 4 - tier"
        f" WHERE relation = 'crm.customer' AND column_name = '{column}'"
    )
    assert state(broker, number) == "filed"
    apply(broker, replace(broker.matrix))
    assert state(broker, number) == "in approval", "the matrix is as it was approved by"


def test_what_the_matrix_of_today_does_not_allow_is_not_approved_but_can_be_refused(broker: Broker) -> None:
    long, many, other = filed(broker, days=20), filed(broker, where=BJ), filed(broker)
    apply(broker, special(broker, max_days=10, max_rows=100))
    assert (step(broker, "zhao", long), step(broker, "zhao", many)) == ("CS307", "CS309")
    assert step(broker, "zhao", other) == "CS309", "it says 50000 rows at most"
    assert step(broker, "zhao", long, "refuse") == "refused"
    assert amend(broker, "li", many, keys=["1"]) is None
    assert step(broker, "zhao", many) == "in approval"
    apply(broker, special(broker, filed_by=("service_agent",)))
    assert step(broker, "zhao", other) == "CS202"


def test_what_is_asked_for_by_who_lost_the_role_is_not_approved(broker: Broker, number: int) -> None:
    broker.execute("DELETE FROM pgcustsec_internal.staff_role WHERE staff_id = 'S1'")
    assert step(broker, "zhao", number) == "CS202"
    assert step(broker, "zhao", number, "refuse") == "refused"


def test_a_kind_that_the_matrix_has_no_more_lapses(broker: Broker, number: int) -> None:
    requests = {name: kind for name, kind in broker.matrix.requests.items() if name != "special"}
    draft = filed(broker, draft=True)
    apply(broker, replace(broker.matrix, requests=requests))
    assert (state(broker, number), state(broker, draft)) == ("lapsed", "drafted")
    assert step(broker, "zhao", number) == "CS301", "its chain is gone with its kind"
    assert submit(broker, "li", draft) == "42501"


def test_withdrawn_before_the_last_approval_closed_after(broker: Broker, number: int) -> None:
    other = filed(broker)
    step(broker, "zhao", number)
    for request in (number, other):
        assert withdraw(broker, "zhao", request) == "42501"
        assert withdraw(broker, "wang", request) == "CS301"
    step(broker, "zhao", other)
    step(broker, "luo", other)
    assert withdraw(broker, "li", number) is None
    assert withdraw(broker, "li", other) is None
    assert (state(broker, number), state(broker, other)) == ("withdrawn", "closed")
    assert (withdraw(broker, "li", number), withdraw(broker, "li", other)) == ("CS310", "CS304")
    assert (step(broker, "luo", number), step(broker, "luo", other)) == ("CS310", "CS304")
    assert (amend(broker, "li", number), amend(broker, "li", other)) == ("CS310", "CS304")


@pytest.mark.parametrize("approvals", [0, 1])
def test_what_is_not_decided_in_time_lapses(broker: Broker, number: int, approvals: int) -> None:
    for name in ["zhao", "luo"][:approvals]:
        step(broker, name, number)
    later(broker, "29 days 23 hours 59 minutes")
    assert state(broker, number) == ["filed", "in approval"][approvals]
    later(broker, "1 minute")
    assert state(broker, number) == "lapsed"
    assert step(broker, ["zhao", "luo"][approvals], number) == "CS308"
    assert (withdraw(broker, "li", number), amend(broker, "li", number)) == ("CS308", "CS308")
    assert submit(broker, "li", number) == "CS304"


def test_an_amendment_begins_the_wait_anew(broker: Broker, number: int) -> None:
    later(broker, "29 days")
    amend(broker, "li", number)
    later(broker, "29 days")
    assert state(broker, number) == "filed"


def test_an_approved_request_ends_with_its_term(broker: Broker, number: int) -> None:
    step(broker, "zhao", number)
    step(broker, "luo", number)
    later(broker, "2 days 23 hours 59 minutes")
    assert state(broker, number) == "approved"
    later(broker, "1 minute")
    assert state(broker, number) == "lapsed"
    assert withdraw(broker, "li", number) == "CS308"
