"""What a matrix gives, and whether a change of it may show anybody more."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pgcustsec.compile.exposure import GATE, compare, exposure, from_rows, to_rows
from pgcustsec.matrix.load import loads
from pgcustsec.matrix.model import Access, Approval, Matrix, RequestKind
from tests.unit.matrix.demo_text import DEMO
from tests.worlds import crm_matrix

CUSTOMER = "crm.customer"


def with_agent(**changes: object) -> Matrix:
    matrix = crm_matrix("t_")
    agent = matrix.roles["sales_agent"]
    access = replace(agent.tables[CUSTOMER], **changes)  # type: ignore[arg-type]
    tables = {**agent.tables, CUSTOMER: access}
    return replace(matrix, roles={**matrix.roles, "sales_agent": replace(agent, tables=tables)})


def widened(before: Matrix, after: Matrix, column: str) -> list[bool]:
    changes = compare(exposure(before), exposure(after))
    return [c.widens for c in changes if (c.role, c.table, c.column) == ("sales_agent", CUSTOMER, column)]


@pytest.mark.parametrize(
    ("narrow", "wide", "column"),
    [
        ({"rows": ("serving",)}, {"rows": ("serving", "pool")}, "status"),
        ({"rows": ("serving", "pool")}, {"rows": ("all",)}, "status"),
        ({"tier2": "none"}, {"tier2": "serving"}, "health"),
        ({"tier1": "absent"}, {"tier1": "hidden"}, "mobile"),
        ({"tier1": "hidden"}, {"tier1": "masked"}, "mobile"),
        ({"rows": ("none",)}, {"rows": ("pool",)}, "status"),
    ],
)
def test_more_is_a_widening_and_its_reverse_is_none(
    narrow: dict[str, object], wide: dict[str, object], column: str
) -> None:
    assert widened(with_agent(**narrow), with_agent(**wide), column) == [True]
    assert widened(with_agent(**wide), with_agent(**narrow), column) == [False]


def test_scopes_of_which_none_covers_the_other_widen_both_ways() -> None:
    branch, serving = with_agent(rows=("branch",)), with_agent(rows=("serving",))
    assert widened(branch, serving, "status") == widened(serving, branch, "status") == [True]


def test_other_rows_are_said_as_rows_also_where_the_column_shows_as_before() -> None:
    changes = compare(exposure(with_agent(rows=("serving",))), exposure(with_agent(rows=("branch", "serving"))))
    customer = [change for change in changes if (change.role, change.table) == ("sales_agent", CUSTOMER)]
    assert len(customer) == 9
    assert {(change.rows, change.widens) for change in customer} == {("serving -> branch + serving", True)}
    assert widened(with_agent(rows=("serving",)), with_agent(rows=("serving",)), "status") == []


def test_who_approves_a_wider_matrix_is_wider_itself_when_it_goes_or_is_another() -> None:
    kind = RequestKind("widening", "W", (Approval(role="sales_manager"),), 14, ("analyst",), widens=True)
    free = crm_matrix("t_")
    gated = replace(free, requests={"widening": kind})
    other = replace(free, requests={"widening": replace(kind, approvals=(Approval(role="analyst"),))})

    def gates(before: Matrix, after: Matrix) -> list[bool]:
        return [c.widens for c in compare(exposure(before), exposure(after)) if (c.role, c.table, c.column) == GATE]

    assert (gates(free, gated), gates(gated, gated)) == ([False], [])
    assert (gates(gated, free), gates(gated, other), gates(other, gated)) == ([True], [True], [True])


def test_a_scope_that_means_other_rows_is_a_change_told_in_words() -> None:
    before = crm_matrix("t_")
    table = before.tables[CUSTOMER]
    after = replace(before, tables={**before.tables, CUSTOMER: replace(table, managers="chain")})
    [change] = [c for c in compare(exposure(before), exposure(after)) if _is(c, "health")]
    assert change.widens
    assert change.before != change.after
    assert "managers of managers" in (change.after or "") and "managers of managers" not in (change.before or "")
    assert [c.widens for c in compare(exposure(after), exposure(before)) if _is(c, "health")] == [False]


def _is(change: object, column: str) -> bool:
    return (change.role, change.table, change.column) == ("sales_agent", CUSTOMER, column)  # type: ignore[attr-defined]


def test_nothing_changes_between_equal_matrices() -> None:
    assert compare(exposure(crm_matrix("t_")), exposure(crm_matrix("t_"))) == []


def test_a_role_without_rows_sees_nothing() -> None:
    seen = exposure(with_agent(rows=("none",)))
    assert not [place for place in seen if place[:2] == ("sales_agent", CUSTOMER)]


def test_what_was_applied_is_read_back_as_it_was_written() -> None:
    given = exposure(crm_matrix("t_"))
    assert from_rows(to_rows(given)) == given


def test_access_without_any_cell_is_no_column() -> None:
    seen = exposure(with_agent(tier1="absent"))
    assert ("sales_agent", CUSTOMER, "mobile") not in seen
    assert Access(CUSTOMER, ("all",)).tier1 == "absent"


def service(**changes: object) -> Matrix:
    """The demo's matrix with the service agents' customers changed."""
    matrix = loads(DEMO)
    agent = matrix.roles["service_agent"]
    tables = {**agent.tables, CUSTOMER: replace(agent.tables[CUSTOMER], **changes)}  # type: ignore[arg-type]
    return replace(matrix, roles={**matrix.roles, "service_agent": replace(agent, tables=tables)})


def test_a_name_in_full_once_opened_is_wider_than_masked() -> None:
    changes = compare(exposure(service(names="masked")), exposure(service()))
    [change] = [one for one in changes if one.column == "name"]
    assert (change.widens, change.after) == (True, "masked, in full once opened, where serving, rows: branch")


def test_children_that_open_with_their_customer_are_wider() -> None:
    matrix = service()
    role = matrix.roles["service_agent"]
    assert role.record_access is not None
    alone = replace(role, record_access=replace(role.record_access, children=()))
    before = exposure(replace(matrix, roles={**matrix.roles, "service_agent": alone}))
    [change] = compare(before, exposure(matrix))
    assert (change.table, change.column, change.widens) == ("crm.policy", "payer_account", True)


def test_who_may_ask_for_full_values_and_who_approves_them_is_access() -> None:
    demo = loads(DEMO)
    special = demo.requests["special"]
    more = replace(special, filed_by=(*special.filed_by, "sales_manager"))
    fewer = replace(special, approvals=special.approvals[:1])
    for kind, role in ((more, "sales_manager"), (fewer, "sales_agent"), (fewer, "data_analyst")):
        after = replace(demo, requests={**demo.requests, "special": kind})
        changes = [c for c in compare(exposure(demo), exposure(after)) if (c.role, c.column) == (role, "mobile")]
        assert [c.widens for c in changes] == [True], (kind, role)
    taken = replace(demo, requests={**demo.requests, "special": replace(special, filed_by=())})
    lost = [c for c in compare(exposure(demo), exposure(taken)) if c.column in ("mobile", "health")]
    assert {c.role for c in lost} == {"sales_agent", "service_agent", "data_analyst"}
    assert not any(c.widens for c in lost)
    [analyst] = [c for c in lost if (c.role, c.table, c.column) == ("data_analyst", CUSTOMER, "mobile")]
    assert (analyst.before, analyst.after) == ("no column, by request alone, rows: all", None)


def test_who_may_have_customers_erased_is_authority_gained_and_fewer_approvals_are_more() -> None:
    with_it = loads(DEMO)
    without = replace(with_it, requests={n: k for n, k in with_it.requests.items() if n != "erasure"})
    [change] = compare(exposure(without), exposure(with_it))
    assert (change.role, change.table, change.column, change.widens) == (
        "service_agent", CUSTOMER, "(erasure)", True,
    )  # fmt: skip
    assert change.before is None and change.after == "erased with all that hangs on it, rows: serving"
    kind = with_it.requests["erasure"]
    fewer = replace(with_it, requests={**with_it.requests, "erasure": replace(kind, approvals=kind.approvals[:1])})
    [change] = compare(exposure(with_it), exposure(fewer))
    assert change.widens and "by request erasure" in str(change.after)
    assert not any(one.widens for one in compare(exposure(with_it), exposure(without)))


def test_one_more_administrator_is_wider_and_one_fewer_is_not() -> None:
    before = crm_matrix("t_")
    after = replace(before, administrators=replace(before.administrators, roles=("t_dba", "t_second")))
    [gained] = compare(exposure(before), exposure(after))
    assert (gained.table, gained.column, gained.tier, gained.widens) == ("(tables)", "t_second", 1, True)
    [lost] = compare(exposure(after), exposure(before))
    assert lost.widens is False
