"""Disclosures to authorities: one named custodian, who hands over and then destroys, and the register of it (3.3)."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest

from tests.integration.clients.world import Broker
from tests.integration.disclosures.custody import COURT, call, disclosed, name_custodian, second_holder
from tests.integration.extracts.approved import approve, asked

READ = 'SELECT name, mobile, health FROM pgcustsec_extracts."custodian.customer" ORDER BY customer_id'
CELLS = "SELECT name, mobile, health FROM customer WHERE customer_id = 1"
CLOSED = [(None, "***", None)]
FULL = [("王小明", "13812345678", None)]
DIGEST = "ab" * 32


def ready(broker: Broker, custodian: psycopg.Connection[Any], **terms: Any) -> int:
    """A disclosure of the custodian's that luo has approved; its number."""
    number = disclosed(custodian, **terms)
    approve(broker, number, "luo")
    return int(number)


def extracted(custodian: psycopg.Connection[Any], number: int) -> int:
    """Take its extract, whole, and say so; its number."""
    extract = call(custodian, "SELECT pgcustsec.begin_extract(%s, 'plain')", number)
    assert custodian.execute(READ.encode()).fetchall()
    custodian.execute("SELECT pgcustsec.extract_finished(%s, %s, 7)", [extract, DIGEST])
    return int(extract)


def hand_over(custodian: psycopg.Connection[Any], number: int, receipt: str | None = "judge Zhao, 118") -> Any:
    return call(custodian, "SELECT pgcustsec.hand_over(%s, %s)", number, receipt) or None


def opened(custodian: psycopg.Connection[Any], number: int) -> Any:
    """Open record 1 in full: nothing, or the SQLSTATE of the refusal."""
    found = call(custodian, "SELECT pgcustsec.open_full(%s, '1')", number)
    return found if isinstance(found, str) else None


def register(broker: Broker, name: str, what: str = "state") -> list[tuple[Any, ...]]:
    """What *name* reads in the register, oldest first."""
    with broker.database.connect(user=broker.login(name)) as person:
        return person.execute(f"SELECT {what} FROM pgcustsec.disclosures ORDER BY request_id".encode()).fetchall()


def test_a_disclosure_from_the_letter_to_the_destruction(named: Broker) -> None:
    with named.person("ouyang") as custodian:
        number = disclosed(custodian)
        assert register(named, "ouyang") == [("filed",)]
        assert opened(custodian, number) == "CS302"
        approve(named, number, "luo")
        assert register(named, "qin") == [("approved",)]
        assert opened(custodian, number) is None
        assert custodian.execute(CELLS.encode()).fetchall() == FULL
        extract = extracted(custodian, number)
        assert hand_over(custodian, number) is None
        assert register(named, "qin") == [("destruction due",)]
        custodian.execute("SELECT pgcustsec.extract_destroyed(%s, 'shred -u')", [extract])
    facts = (
        "state, department_code, custodian, still_custodian, named_by, authority, legal_basis, document_number,"
        " columns::text[], keys, opened_records, extracted_rows, sha256, receipt, evidence"
    )
    [row] = register(named, "qin", facts)
    assert row == (
        *("destroyed", "legal", "U1", True, "Q1", *COURT, ["name", "mobile"], ["1"], 1, 1, [DIGEST]),
        *("judge Zhao, 118", ["shred -u"]),
    )
    [times] = register(named, "ouyang", "filed_at, approved_at, handed_over_at, destroyed_at")
    assert list(times) == sorted(times)
    kinds = named.rows(
        "SELECT kind, staff_id, reason FROM pgcustsec_internal.audit WHERE about = %s AND kind LIKE 'request%%'"
        " ORDER BY audit_id",
        f"request {number}",
    )
    assert kinds == [
        ("request_filed", "U1", None),
        ("request_approved", "L1", "needed"),
        ("request_handed_over", "U1", "judge Zhao, 118"),
    ]


def test_once_handed_over_nothing_shows_and_the_copy_is_due_at_once(named: Broker) -> None:
    with named.person("ouyang") as custodian:
        number = ready(named, custodian)
        other = ready(named, custodian)
        extract = extracted(custodian, number)
        assert opened(custodian, number) is None
        custodian.execute("SELECT pgcustsec.begin_extract(%s, 'plain')", [other])
        assert custodian.execute(CELLS.encode()).fetchall() == FULL
        assert hand_over(custodian, number) is None
        assert custodian.execute(CELLS.encode()).fetchall() == CLOSED
        assert opened(custodian, number) == "CS313"
        assert call(custodian, "SELECT pgcustsec.begin_extract(%s, 'plain')", number) == "CS313"
        assert hand_over(custodian, number) == "CS313"
        assert call(custodian, "SELECT pgcustsec.withdraw_request(%s)", number) == "CS313"
        due = "SELECT state, ends_at <= clock_timestamp() FROM pgcustsec.extracts WHERE extract_id = %s"
        assert custodian.execute(due.encode(), [extract]).fetchall() == [("overdue", True)]
        for refused in (disclosed(custodian), opened(custodian, other)):
            assert refused == "CS308", "it stops the holder's other requests"
        custodian.execute("SELECT pgcustsec.extract_destroyed(%s, 'shred -u')", [extract])
        assert opened(custodian, other) is None
        assert isinstance(disclosed(custodian), int)


def test_an_extract_that_was_broken_off_is_due_too_and_is_not_finished_any_more(named: Broker) -> None:
    with named.person("ouyang") as custodian:
        number = ready(named, custodian)
        assert opened(custodian, number) is None
        extract = call(custodian, "SELECT pgcustsec.begin_extract(%s, 'plain')", number)
        assert custodian.execute(READ.encode()).fetchall() == FULL
        assert hand_over(custodian, number) is None
        assert custodian.execute(READ.encode()).fetchall() == []
        assert register(named, "ouyang", "state, sha256") == [("destruction due", None)]
        assert call(custodian, "SELECT pgcustsec.extract_finished(%s, %s, 7)", extract, DIGEST) == "CS313"
        custodian.execute("SELECT pgcustsec.extract_destroyed(%s, 'nothing was written')", [extract])
    assert register(named, "ouyang") == [("destroyed",)]


def test_records_that_were_only_opened_leave_nothing_to_destroy(named: Broker) -> None:
    with named.person("ouyang") as custodian:
        number = ready(named, custodian)
        assert hand_over(custodian, number) == "CS309", "nothing was taken"
        assert opened(custodian, number) is None
        assert hand_over(custodian, number) is None
        assert isinstance(disclosed(custodian), int)
    assert register(named, "luo", "state, opened_records, extracted_rows") == [
        ("handed over", 1, None),
        ("filed", 0, None),
    ]


@pytest.mark.parametrize("blank", [None, "", "  \u3000"])
def test_authority_legal_basis_document_and_receipt_are_stated(named: Broker, blank: str | None) -> None:
    with named.person("ouyang") as custodian:
        for place in range(3):
            court = (*COURT[:place], blank, *COURT[place + 1 :])
            assert disclosed(custodian, court=court) == "CS206"
        assert named.rows("SELECT count(*) FROM pgcustsec_internal.request") == [(0,)]
        number = ready(named, custodian)
        assert opened(custodian, number) is None
        assert hand_over(custodian, number, blank) == "CS206"


def test_plain_requests_and_disclosures_are_not_filed_as_each_other(named: Broker) -> None:
    with named.person("ouyang") as custodian, second_holder(named), named.person("li") as both:
        with pytest.raises(psycopg.Error) as caught:
            asked(custodian, "mobile", keys=["1"], kind="disclosure", purpose="disclosure")
        assert caught.value.sqlstate == "CS206" and "file_disclosure" in (caught.value.diag.message_hint or "")
        with pytest.raises(psycopg.Error) as caught:
            asked(both, "mobile", keys=["1"], kind="disclosure", purpose="disclosure")
        assert caught.value.sqlstate == "CS312"
        assert disclosed(both, kind="special", relation="sales_agent.customer") in ("CS007", "CS202")
        assert disclosed(custodian, kind="nonsense") == "CS202"


def test_it_keeps_to_the_terms_of_any_request(named: Broker) -> None:
    with named.person("ouyang") as custodian:
        assert disclosed(custodian, days=0) == "CS306"
        assert disclosed(custodian, days=11) == "CS307"
        assert disclosed(custodian, keys=[]) == "CS309"
        assert disclosed(custodian, columns=["secret"]) == "CS209"
        number = ready(named, custodian, where=[{"column": "branch_code", "is": "=", "value": "SH"}])
        assert call(custodian, "SELECT pgcustsec.open_full(%s, '1')", number) == "CS309"
        assert not isinstance(call(custodian, "SELECT pgcustsec.open_full(%s, '3')", number), str)
        amend = "SELECT pgcustsec.amend_request(%s, '{email}', NULL, '{1}', 2)"
        assert not call(custodian, amend, number)
        assert opened(custodian, number) == "CS302", "approvals of what it was are void"
        approve(named, number, "luo")
        assert opened(custodian, number) is None
        named.execute(
            "ALTER TABLE pgcustsec_internal.request_event DISABLE TRIGGER refuse_rewriting",
            "UPDATE pgcustsec_internal.request_event SET at = at - interval '3 days'",
        )
        assert opened(custodian, number) == hand_over(custodian, number) == "CS308"


def test_who_can_be_named_and_by_whom(broker: Broker) -> None:
    for department, staff, code in (
        ("legal", "L1", "CS312"),  # without the role
        ("legal", "S1", "CS312"),  # of another department
        ("sales", "U1", "CS312"),  # has the role, and is of another department
        ("legal", "X9", "CS312"),
        ("nowhere", "U1", "CS208"),
        (None, "U1", "CS208"),
        ("legal", "U1", None),
        ("legal", None, None),
    ):
        assert name_custodian(broker, department, staff) == code, (department, staff)  # type: ignore[arg-type]  # wrong on purpose
    for person in ("ouyang", "li", "zhao"):
        assert name_custodian(broker, "legal", "U1", by=person) == "42501"
    broker.execute("UPDATE pgcustsec_internal.staff SET active = false WHERE staff_id = 'U1'")
    assert name_custodian(broker, "legal", "U1") == "CS312"
    broker.execute("UPDATE pgcustsec_internal.staff SET active = true, login = NULL WHERE staff_id = 'U1'")
    assert name_custodian(broker, "legal", "U1") == "CS312"


def test_the_latest_naming_counts_and_all_are_kept(named: Broker) -> None:
    named.execute("UPDATE pgcustsec_internal.staff SET department_code = 'legal' WHERE staff_id = 'S1'")
    with second_holder(named), named.person("ouyang") as first, named.person("li") as second:
        assert (disclosed(first), disclosed(second)) == (1, "CS312")
        assert name_custodian(named, "legal", "S1", by="luo") is None
        assert (disclosed(first), disclosed(second)) == ("CS312", 2)
        assert name_custodian(named, "legal", None) is None
        assert (disclosed(first), disclosed(second)) == ("CS312", "CS312")
    with named.database.connect(user=named.login("qin")) as supervisor:
        history = supervisor.execute(
            "SELECT staff_id, named_by, ended_at IS NULL FROM pgcustsec.custodians ORDER BY naming_id"
        ).fetchall()
    assert history == [("U1", "Q1", False), ("S1", "L1", False), (None, "Q1", True)]
    assert named.rows(
        "SELECT kind, staff_id, about FROM pgcustsec_internal.audit WHERE kind LIKE 'custodian%' ORDER BY audit_id"
    ) == [
        ("custodian_named", "Q1", "department legal: U1"),
        ("custodian_named", "L1", "department legal: S1"),
        ("custodian_unnamed", "Q1", "department legal"),
    ]


def test_nobody_names_themselves(named: Broker) -> None:
    named.execute("INSERT INTO pgcustsec_internal.staff_role VALUES ('L1', 'custodian')")
    assert name_custodian(named, "legal", "L1", by="luo") == "CS603"
    assert name_custodian(named, "legal", "L1", by="qin") is None


ENDS = {
    "another is named": "INSERT INTO pgcustsec_internal.custodian (department_code, staff_id, login, named_by)"
    " VALUES ('legal', 'L1', 'x', 'Q1')",
    "nobody is": "INSERT INTO pgcustsec_internal.custodian (department_code, named_by) VALUES ('legal', 'Q1')",
    "they leave": "UPDATE pgcustsec_internal.staff SET active = false WHERE staff_id = 'U1'",
    "they move": "UPDATE pgcustsec_internal.staff SET department_code = 'quality' WHERE staff_id = 'U1'",
    "they lose the role": "DELETE FROM pgcustsec_internal.staff_role WHERE staff_id = 'U1'",
    "they are suspended": "INSERT INTO pgcustsec_internal.suspension (kind, code, reason, suspended_by, in_flight)"
    " VALUES ('person', 'U1', 'leak', 'Q1', '{}')",
    "their department is": "INSERT INTO pgcustsec_internal.suspension (kind, code, reason, suspended_by, in_flight)"
    " VALUES ('department', 'legal', 'leak', 'Q1', '{}')",
}


@pytest.mark.parametrize("how", ENDS)
def test_with_the_custody_ends_what_shows_from_the_next_statement_on(named: Broker, how: str) -> None:
    with named.person("ouyang") as custodian:
        number, waiting = ready(named, custodian), disclosed(custodian)
        extract = call(custodian, "SELECT pgcustsec.begin_extract(%s, 'plain')", number)
        assert opened(custodian, number) is None
        for read in (CELLS, READ):
            assert custodian.execute(read.encode()).fetchall() == FULL
        named.execute(ENDS[how])
        for read in (CELLS, READ):
            assert custodian.execute(read.encode()).fetchall() in ([], CLOSED)
        refused = {
            opened(custodian, number),
            call(custodian, "SELECT pgcustsec.begin_extract(%s, 'plain')", number),
            hand_over(custodian, number),
            disclosed(custodian),
        }
        assert refused <= {"CS312", "CS308", "CS104", "CS106", "CS001", "CS202", "CS208"}
        if how in ("another is named", "nobody is", "they move"):
            assert refused == {"CS312", "CS308"}  # what they hold is due first
        if how != "they leave":
            assert not call(custodian, "SELECT pgcustsec.extract_destroyed(%s, 'shred -u')", extract)
    with named.database.connect(user=named.login("qin")) as supervisor:
        listed = "SELECT still_custodian FROM pgcustsec.disclosures WHERE request_id = %s"
        assert supervisor.execute(listed.encode(), [number]).fetchall() == [(False,)]
    if "department" not in how:
        with named.database.connect(user=named.login("luo")) as approver:
            decide = "SELECT pgcustsec.decide_request(%s, %s, 'ok')"
            assert call(approver, decide, waiting, "approve") in ("CS312", "CS202")
            assert call(approver, decide, waiting, "refuse") == "refused"


def test_who_is_named_again_goes_on(named: Broker) -> None:
    with named.person("ouyang") as custodian:
        number = ready(named, custodian)
        name_custodian(named, "legal", None)
        assert opened(custodian, number) == "CS312"
        name_custodian(named, "legal", "U1")
        assert opened(custodian, number) is None
        assert custodian.execute(CELLS.encode()).fetchall() == FULL


def test_the_register_is_for_supervisors_the_custodian_and_who_decides(named: Broker) -> None:
    with named.person("ouyang") as custodian, second_holder(named):
        number = ready(named, custodian)
        extracted(custodian, number)
        for name, count in (("ouyang", 1), ("qin", 1), ("luo", 1), ("li", 0), ("zhao", 0), ("sun", 0)):
            assert len(register(named, name)) == count, name
    for name in ("ouyang", "li"):
        with named.database.connect(user=named.login(name)) as person:
            assert call(person, "SELECT count(*) FROM pgcustsec.custodians") == "42501"


def test_what_a_former_custodian_holds_is_due_at_once(named: Broker) -> None:
    with named.person("ouyang") as custodian:
        extract = extracted(custodian, ready(named, custodian))
        [(kept,)] = named.rows("SELECT pgcustsec_internal._extract_state(%s)", extract)
        name_custodian(named, "legal", None)
        [(due,)] = named.rows("SELECT pgcustsec_internal._extract_state(%s)", extract)
        assert (kept, due) == ("kept", "overdue")
        name_custodian(named, "legal", "U1")
        assert named.rows("SELECT pgcustsec_internal._extract_state(%s)", extract) == [("kept",)]
