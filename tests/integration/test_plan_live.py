# ruff: noqa: E501 - a case reads best on its line
"""`pgcustsec plan --live`: what a change means today, in named staff and counted rows, by the policies' own scopes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, replace
from typing import Any

import pytest

from pgcustsec.db import Connection
from pgcustsec.errors import NotAllowed
from pgcustsec.matrix.model import Access, Matrix
from pgcustsec.migrate import apply_matrix, live_counts, plan_matrix
from pgcustsec.plan.live import Live
from pgcustsec.report.plan import plan_lines
from tests.cluster import Server
from tests.worlds import World, crm_world

CUSTOMER, POLICY, VISIT = "crm.customer", "crm.policy", "crm.visit"


@pytest.fixture(scope="module")
def world(server: Server) -> Iterator[World]:
    with crm_world(server) as made:
        with made.connect(made.admin) as connection:
            apply_matrix(connection, made.matrix)
        yield made


def changed(matrix: Matrix, role: str, table: str, access: Access | None) -> Matrix:
    """*matrix* with another access of *role* to *table*, or none."""
    tables = {name: one for name, one in matrix.roles[role].tables.items() if name != table}
    tables |= {table: access} if access else {}
    return replace(matrix, roles={**matrix.roles, role: replace(matrix.roles[role], tables=tables)})


def counted(world: World, matrix: Matrix) -> dict[tuple[str, str], Live]:
    with world.connect(world.admin) as connection:
        plan = plan_matrix(connection, matrix)
        return {(one.role, one.table): one for one in live_counts(connection, matrix, plan)}


def told(world: World, matrix: Matrix, *, live: bool = False, verbose: bool = False) -> str:
    with world.connect(world.admin) as connection:
        plan = plan_matrix(connection, matrix)
        counts = live_counts(connection, matrix, plan) if live else ()
    return "\n".join(plan_lines(replace(plan, statements=()), verbose=verbose, live=counts))


def test_rows_that_widen_are_told_as_gained_also_where_no_column_changes(world: World) -> None:
    wider = changed(world.matrix, "sales_agent", VISIT, Access(VISIT, ("branch", "serving", "pool"), "serving"))
    text = told(world, wider)
    assert "Access gained or changed for more:\n  + sales_agent, crm.visit, tier 3: customer_id" in text
    assert "      rows:   pool + serving -> branch + pool + serving" in text
    assert "Access lost" not in text
    with world.connect(world.admin) as connection:
        changes = plan_matrix(connection, wider).access
    assert {(one.column, one.rows, one.widens) for one in changes} == {
        (column, "pool + serving -> branch + pool + serving", True) for column in ("visit_id", "customer_id", "seen_on", "remark")
    }  # fmt: skip


def test_rows_that_narrow_are_told_as_lost(world: World) -> None:
    narrower = changed(world.matrix, "analyst", CUSTOMER, Access(CUSTOMER, ("branch",), "none"))
    narrower = changed(narrower, "analyst", VISIT, Access(VISIT, ("branch",), "none"))
    text = told(world, narrower)
    assert "      rows:   all -> branch" in text
    assert "+ analyst" not in text


def seen_by(world: World, logins: list[str], table: str, key: str, role: str) -> int:
    """How many rows of *table* the people see together, each over their own login: what the policies let through."""
    seen: set[Any] = set()
    for login in logins:
        seen |= set(world.read(login, f"SELECT {key} FROM {role}.{table}"))
    return len(seen)


#: A role's access to a table, changed; whose logins hold the role.
SCOPES = [
    ("analyst", CUSTOMER, Access(CUSTOMER, ("branch",), "none"), ["sun"], "customer_id"),
    ("sales_agent", CUSTOMER, Access(CUSTOMER, ("serving",), "serving", "masked"), ["li", "wang"], "customer_id"),
    ("sales_agent", CUSTOMER, Access(CUSTOMER, ("branch", "serving", "pool"), "serving", "masked"), ["li", "wang"], "customer_id"),
    ("sales_manager", CUSTOMER, Access(CUSTOMER, ("serving",), "serving", "masked"), ["zhao"], "customer_id"),
    ("service_agent", CUSTOMER, Access(CUSTOMER, ("serving", "branch"), "serving", "hidden"), ["wang", "chen"], "customer_id"),
]  # fmt: skip


@pytest.mark.parametrize(("role", "table", "access", "logins", "key"), SCOPES)
def test_what_is_counted_is_what_the_holders_see_before_and_after(
    server: Server, role: str, table: str, access: Access, logins: list[str], key: str
) -> None:
    with crm_world(server) as world:
        with world.connect(world.admin) as connection:
            apply_matrix(connection, world.matrix)
        name = table.partition(".")[2]
        before = seen_by(world, logins, name, key, role)
        matrix = changed(world.matrix, role, table, access)
        for other in set(world.matrix.roles[role].tables) - {table}:
            matrix = changed(matrix, role, other, None)
        one = counted(world, matrix)[role, table]
        with world.connect(world.admin) as connection:
            apply_matrix(connection, matrix)
        after = seen_by(world, logins, name, key, role)
    assert (one.before, one.after, one.why) == (before, after, None)


def test_a_new_access_says_who_newly_sees_how_many_rows(world: World) -> None:
    matrix = changed(world.matrix, "analyst", POLICY, Access(POLICY, ("all",), "none"))
    matrix = replace(matrix, tables={**matrix.tables, POLICY: replace(matrix.tables[POLICY], exists_is_tier2=False)})
    one = counted(world, matrix)["analyst", POLICY]
    assert [number for number, _ in one.staff] == ["S6"]
    assert (one.before, one.after) == (0, 2)
    assert "live:   1 staff newly see this, in 2 rows" in told(world, matrix, live=True)


def test_somebody_who_left_holds_nothing_and_names_come_with_v(world: World) -> None:
    matrix = changed(world.matrix, "sales_agent", VISIT, None)
    text = told(world, matrix, live=True, verbose=True)
    assert "live:   2 staff lose this, in 3 rows\n          S1 " in text
    assert "          S2 " in text
    assert "S5" not in text


def test_a_role_that_ends_is_told_with_its_staff_and_no_count(world: World) -> None:
    roles = {name: role for name, role in world.matrix.roles.items() if name != "analyst"}
    one = counted(world, replace(world.matrix, roles=roles))["analyst", CUSTOMER]
    assert (len(one.staff), one.before, one.after, one.why) == (1, None, None, "the matrix has it no more")


def test_a_count_that_takes_too_long_is_said_and_changes_nothing(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pgcustsec.migrate.live.COUNT_TIMEOUT", "1ms")
    monkeypatch.setattr("pgcustsec.migrate.live.reach_sql", lambda *_: "SELECT count(*) FROM pg_sleep(1)")
    one = counted(world, changed(world.matrix, "analyst", CUSTOMER, None))["analyst", CUSTOMER]
    assert (one.before, one.after, one.why) == (None, None, "that takes longer than 1ms")


def test_no_value_of_a_customer_is_in_it(world: World) -> None:
    matrix = changed(world.matrix, "analyst", CUSTOMER, Access(CUSTOMER, ("all",), "serving", "masked"))
    said = str([asdict(one) for one in counted(world, matrix).values()]) + told(world, matrix, live=True, verbose=True)
    assert not any(value in said for value in ("13812345678", "110101199003070019", "asthma", "王小明"))


def test_who_may_not_apply_counts_nothing(world: World) -> None:
    def count(connection: Connection) -> None:
        live_counts(connection, world.matrix, plan_matrix(connection, world.matrix))

    with world.connect(world.login("li")) as connection, pytest.raises(NotAllowed):
        count(connection)
