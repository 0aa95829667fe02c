"""An edited matrix is applied, says who gains and loses what, and is taken back without a trace."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from pgcustsec.catalog.site import TablesDiffer
from pgcustsec.matrix.model import (
    Access,
    Application,
    Branch,
    Column,
    Department,
    Deviation,
    Matrix,
    ServedByColumn,
    Table,
)
from pgcustsec.migrate import apply_matrix
from pgcustsec.plan import Plan
from tests.snapshot import difference, snapshot
from tests.work import begin_work_within
from tests.worlds import World, columns, repair, role, undone

CUSTOMER, POLICY, CLAIM, VISIT = "crm.customer", "crm.policy", "crm.claim", "crm.visit"
Edit = Callable[[Matrix], Matrix]
#: role, table, column, whether it widens
Change = tuple[str, str, str, bool]


def without_role(name: str) -> Edit:
    return lambda m: replace(m, roles={k: v for k, v in m.roles.items() if k != name})


def with_access(role_name: str, access: Access) -> Edit:
    def edit(matrix: Matrix) -> Matrix:
        old = matrix.roles[role_name]
        return replace(
            matrix, roles={**matrix.roles, role_name: replace(old, tables={**old.tables, access.table: access})}
        )

    return edit


def without_table(name: str) -> Edit:
    def edit(matrix: Matrix) -> Matrix:
        roles = {
            k: replace(v, tables={t: a for t, a in v.tables.items() if t != name}) for k, v in matrix.roles.items()
        }
        return replace(matrix, roles=roles, tables={k: v for k, v in matrix.tables.items() if k != name})

    return edit


def with_table(change: Callable[[Table], Table], name: str = CUSTOMER) -> Edit:
    return lambda m: replace(m, tables={**m.tables, name: change(m.tables[name])})


def with_column(column: Column, name: str = CUSTOMER) -> Edit:
    return with_table(lambda t: replace(t, columns={**t.columns, column.name: column}), name)


def without_column(column: str, name: str = CUSTOMER) -> Edit:
    return with_table(lambda t: replace(t, columns={k: v for k, v in t.columns.items() if k != column}), name)


def deviating(matrix: Matrix) -> Matrix:
    from datetime import date

    wider = with_access("sales_manager", Access(CUSTOMER, ("department",), "department", "masked"))(matrix)
    deviation = Deviation("5.2.2", "sales_manager", CUSTOMER, "tier2", "2026-1", date(2099, 1, 1))
    return replace(wider, deviations=(deviation,))


def of(role_name: str, table: str, words: str, *, widens: bool) -> set[Change]:
    return {(role_name, table, column, widens) for column in words.split()}


ALL_COLUMNS = "customer_id status owner_staff_id branch_code name mobile id_card health family"
TIER_2_AND_3 = "customer_id status owner_staff_id branch_code name health family"
AGENTS = ("sales_agent", "sales_manager", "service_agent")

EDITS: dict[str, tuple[Edit, set[Change]]] = {
    "a role more": (
        lambda m: replace(
            m,
            roles={**m.roles, "auditor": role("auditor", "data", Access(VISIT, ("all",)), Access(CUSTOMER, ("all",)))},
        ),
        of("auditor", CUSTOMER, "customer_id status owner_staff_id branch_code", widens=True)
        | of("auditor", CUSTOMER, "name health family", widens=True)
        | of("auditor", VISIT, "visit_id customer_id seen_on", widens=True)
        | of("auditor", VISIT, "remark", widens=True),
    ),
    "a role less": (
        without_role("analyst"),
        of("analyst", CUSTOMER, TIER_2_AND_3, widens=False)
        | of("analyst", VISIT, "visit_id customer_id seen_on remark", widens=False),
    ),
    "a table more for a role": (
        with_access("service_agent", Access(VISIT, ("serving",), "serving")),
        of("service_agent", VISIT, "visit_id customer_id seen_on remark", widens=True),
    ),
    "a table less": (
        without_table(CLAIM),
        of("service_agent", CLAIM, "claim_id policy_id diagnosis filed_on", widens=False),
    ),
    "a column more": (
        with_column(Column("internal", 2)),
        {(one, CUSTOMER, "internal", True) for one in AGENTS} | of("analyst", CUSTOMER, "internal", widens=True),
    ),
    "a column less": (
        without_column("family"),
        {(one, CUSTOMER, "family", False) for one in (*AGENTS, "analyst")},
    ),
    "a column of a stricter tier": (
        with_column(Column("health", 1, "health")),
        {(one, CUSTOMER, "health", False) for one in (*AGENTS, "analyst")},
    ),
    "a column of a looser tier": (
        with_column(Column("health", 3)),
        {(one, CUSTOMER, "health", True) for one in (*AGENTS, "analyst")},
    ),
    "a name that is one no longer": (
        with_column(Column("name", 2)),
        {(one, CUSTOMER, "name", True) for one in AGENTS},
    ),
    "wider rows": (
        with_access("sales_agent", Access(CUSTOMER, ("all",), "serving", "masked")),
        of("sales_agent", CUSTOMER, ALL_COLUMNS, widens=True),
    ),
    "narrower rows": (
        with_access("service_agent", Access(CUSTOMER, ("serving",), "serving", "hidden")),
        of("service_agent", CUSTOMER, ALL_COLUMNS, widens=True),
    ),
    "a scope less in a union": (
        with_access("sales_agent", Access(CUSTOMER, ("serving",), "serving", "masked")),
        of("sales_agent", CUSTOMER, ALL_COLUMNS, widens=False),
    ),
    "no tier 2": (
        with_access("sales_agent", Access(CUSTOMER, ("serving", "pool"), "none", "masked")),
        of("sales_agent", CUSTOMER, "name health family", widens=False),
    ),
    "tier 2 under a deviation": (deviating, of("sales_manager", CUSTOMER, "name health family", widens=True)),
    "no tier 1": (
        with_access("sales_agent", Access(CUSTOMER, ("serving", "pool"), "serving", "absent")),
        of("sales_agent", CUSTOMER, "mobile id_card", widens=False),
    ),
    "no access left": (
        with_access("analyst", Access(VISIT, ("none",))),
        of("analyst", VISIT, "visit_id customer_id seen_on remark", widens=False),
    ),
    "another department and branch": (
        lambda m: replace(
            m,
            departments={**m.departments, "law": Department("law", "法务 '\\")},
            branches={**m.branches, "CD": Branch("CD", "成都")},
        ),
        set(),
    ),
    "another order of roles": (lambda m: replace(m, roles=dict(reversed(m.roles.items()))), set()),
}


def changes(plan: Plan) -> set[Change]:
    return {(change.role, change.table, change.column, change.widens) for change in plan.access}


@pytest.mark.parametrize(("edit", "expected"), EDITS.values(), ids=EDITS.keys())
def test_an_edit_is_applied_told_and_taken_back_without_a_trace(crm: World, edit: Edit, expected: set[Change]) -> None:
    """
    Row security alone stays on a table that left the matrix and came back; who held a role that ended does not. A
    column that was tier 1 for a while keeps its place in the vault: a plan destroys no true value.
    """
    edited = edit(crm.matrix)
    with undone(crm) as connection:
        before = snapshot(connection, crm.prefix, leave_out=("staff role",))
        plan = repair(connection, crm, crm.admin, edited)
        assert plan.statements
        assert changes(plan) == expected
        assert repair(connection, crm, crm.admin, edited).statements == ()
        back = repair(connection, crm, crm.admin)
        assert {change[:3] for change in changes(back)} == {change[:3] for change in expected}
        after = snapshot(connection, crm.prefix, leave_out=("staff role",))
    left = difference(before, after)
    if edited.roles.keys() < crm.matrix.roles.keys():
        left = [line for line in left if not line[2:].startswith(("membership", "settings", "staff"))]
    assert [
        line for line in left if not line.startswith("+ column: ('pgcustsec_vault', 'crm.customer', 'health'")
    ] == []


@pytest.mark.parametrize("user", ["administrator", "superuser"])
def test_a_role_that_ends_leaves_nothing_behind(crm: World, user: str) -> None:
    with undone(crm) as connection:
        repair(
            connection, crm, crm.admin if user == "administrator" else None, without_role("service_agent")(crm.matrix)
        )
        lines = snapshot(connection, crm.prefix)
        rows = connection.execute(
            "SELECT staff_id FROM pgcustsec_internal.staff_role WHERE role_code = 'service_agent'"
        )
        assert rows.fetchall() == []
    assert [line for line in lines if "service_agent" in line] == []
    # Who held another role as well keeps that.
    assert any(crm.login("wang") in line and "sales_agent" in line for line in lines if line.startswith("membership"))


def test_a_table_that_leaves_the_matrix_is_read_by_nobody(crm: World) -> None:
    with undone(crm) as connection:
        repair(connection, crm, crm.admin, without_table(CLAIM)(crm.matrix))
        lines = [line for line in snapshot(connection, crm.prefix) if "'claim'" in line]
        assert not [line for line in lines if line.startswith("policy") or "viewer" in line]
        on = connection.execute("SELECT relrowsecurity FROM pg_class WHERE oid = 'crm.claim'::regclass").fetchone()
        assert on == (True,)


WHO = {"none": False, "direct": True, "chain": True}


@pytest.mark.parametrize("managers", WHO)
def test_managers_of_who_serves_see_as_the_matrix_says(crm: World, managers: str) -> None:
    edit = with_table(lambda t: replace(t, managers=managers))  # type: ignore[arg-type]
    with undone(crm) as connection:
        repair(connection, crm, crm.admin, edit(crm.matrix))
        begin_work_within(connection, crm.login("zhao"))
        connection.execute(f"SET LOCAL SESSION AUTHORIZATION {crm.login('zhao')}".encode())
        rows = connection.execute("SELECT health FROM sales_manager.customer WHERE owner_staff_id = 'S1'").fetchall()
        connection.execute("RESET SESSION AUTHORIZATION")
    assert rows == [("asthma" if WHO[managers] else None,)]


def test_other_ways_to_serve_are_told_and_applied(crm: World) -> None:
    """Who manages, who is assigned, which column says the branch: the same words in the matrix then mean other rows."""
    with undone(crm) as connection:
        no_managers = with_table(lambda t: replace(t, managers="none"))(crm.matrix)
        plan = repair(connection, crm, crm.admin, no_managers)
        assert ("sales_manager", CUSTOMER, "health", False) in changes(plan)
        assert ("analyst", CUSTOMER, "health", False) not in changes(plan)
        plan = repair(connection, crm, crm.admin)
        assert ("sales_manager", CUSTOMER, "health", True) in changes(plan)
        by_column = with_table(lambda t: replace(t, served_by=(ServedByColumn("owner_staff_id"),)))(crm.matrix)
        plan = repair(connection, crm, crm.admin, by_column)
        assert ("sales_agent", CUSTOMER, "status", False) in changes(plan)
        plan = repair(connection, crm, crm.admin)
        assert ("sales_agent", CUSTOMER, "status", True) in changes(plan)
        plan = repair(
            connection, crm, crm.admin, with_table(lambda t: replace(t, exists_is_tier2=False), POLICY)(crm.matrix)
        )
        assert {change[3] for change in changes(plan)} <= {True}


def test_a_new_table_is_protected_from_its_first_apply(crm: World) -> None:
    def edit(matrix: Matrix) -> Matrix:
        table = Table("crm", "lead", ("id",), columns("id:3 agent:3 note:2"), served_by=(ServedByColumn("agent"),))
        added = replace(matrix, tables={**matrix.tables, "crm.lead": table})
        return with_access("sales_agent", Access("crm.lead", ("serving",), "serving"))(added)

    with undone(crm) as connection:
        connection.execute(f"SET LOCAL ROLE {crm.owner}".encode())
        connection.execute("CREATE TABLE crm.lead (id int PRIMARY KEY, agent text, note text)")
        connection.execute("INSERT INTO crm.lead VALUES (1, 'S1', 'a'), (2, 'S2', 'b')")
        connection.execute("RESET ROLE")
        repair(connection, crm, crm.admin, edit(crm.matrix))
        begin_work_within(connection, crm.login("li"))
        connection.execute(f"SET LOCAL SESSION AUTHORIZATION {crm.login('li')}".encode())
        assert connection.execute("SELECT id, note FROM sales_agent.lead").fetchall() == [(1, "a")]


def test_another_administrator_takes_over_what_the_first_granted(crm: World) -> None:
    """From 16 on a group's members are their administrator's: they end with them, and are granted anew."""
    second = f"{crm.prefix}dba2"
    matrix = replace(crm.matrix, administrators=replace(crm.matrix.administrators, roles=(second,)))
    with undone(crm) as connection:
        connection.execute(f"CREATE ROLE {second} LOGIN CREATEROLE".encode())
        plan = repair(connection, crm, None, matrix)
        assert any(step.what == f"create membership {crm.viewer('analyst')}.{second}" for step in plan.statements)
        lines = [line for line in snapshot(connection, crm.prefix) if line.startswith("membership")]
        groups = [crm.group(name) for name in crm.matrix.roles]
        assert not [line for line in lines if f"'{crm.admin}'" in line and any(f"('{g}" in line for g in groups)]
        assert [line for line in lines if f"'{crm.group('sales_agent')}', '{crm.login('li')}'" in line]
        back = repair(connection, crm, None)
        assert any(step.what == f"create membership {crm.viewer('analyst')}.{crm.admin}" for step in back.statements)


def test_an_application_whose_login_is_a_persons_is_refused(crm: World) -> None:
    named_li = replace(crm.matrix, applications={"li": Application("li", ("sales_agent",))})
    with crm.connect(crm.admin) as connection, pytest.raises(TablesDiffer, match="is a person's"):
        apply_matrix(connection, named_li)
