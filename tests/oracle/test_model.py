"""The oracle's model against worlds small enough to know the answer from the policy by heart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from pgcustsec.matrix.model import (
    Access,
    Administrators,
    Column,
    Deviation,
    Managers,
    Matrix,
    Parent,
    Pool,
    Role,
    RowScope,
    ServedByColumn,
    ServedByTable,
    Table,
)
from tests.oracle.model import Login, Model, Person, Stored, World, masked_name

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)

CUSTOMER = Table(
    "crm",
    "customer",
    ("id",),
    {
        "id": Column("id", 3),
        "name": Column("name", 2, "name"),
        "health": Column("health", 2),
        "mobile": Column("mobile", 1, "phone"),
        "photo": Column("photo", 1, "file"),
    },
    served_by=(ServedByColumn("owner"), ServedByTable("crm.assignment", ("customer",), "staff", "until")),
    managers="direct",
    branch="branch",
    department_of_server=True,
    pool=Pool("owner IS NULL", "owner", "id", "id", 30, 200, 7),
)
POLICY = Table("crm", "policy", ("id",), {"id": Column("id", 3)}, parent=Parent("crm.customer", ("customer",)))

STAFF = {
    person.staff_id: person
    for person in (
        Person("boss", "sales", "BJ", login="boss", roles=("agent",)),
        Person("head", "sales", "BJ", "boss", login="head", roles=("agent",)),
        Person("li", "sales", "BJ", "head", login="li", roles=("agent",)),
        Person("left", "sales", "BJ", "head", active=False, login="left", roles=("agent",)),
        Person("other", "service", "SH", login="other", roles=("agent",)),
        Person("roleless", "sales", "BJ", login="roleless"),
    )
}


def a_customer(number: int, **cells: Any) -> dict[str, Any]:
    """A customer whom nobody serves, apart from what *cells* says."""
    blank = {"owner": None, "branch": None, "name": "王小明", "health": "x", "mobile": "13812345678", "photo": b"x"}
    return {"id": number, **blank, **cells}


def a_world(
    customers: list[dict[str, Any]],
    rows: tuple[RowScope, ...] = ("all",),
    *,
    policies: tuple[Mapping[str, Any], ...] = (),
    assignments: tuple[Mapping[str, Any], ...] = (),
    customer: Table = CUSTOMER,
    policy: Table = POLICY,
    deviations: tuple[Deviation, ...] = (),
    **access: Any,
) -> Model:
    """A world of one role `agent` that sees customers by *rows* and *access*, and all policies of these."""
    accesses = {
        "crm.customer": Access("crm.customer", rows, **{"tier2": "serving", "tier1": "hidden"} | access),
        "crm.policy": Access("crm.policy", rows, tier2="serving"),
    }
    matrix = Matrix(
        "o", "o_", {t.qualified: t for t in (customer, policy)}, {"agent": Role("agent", "sales", accesses)},
        Administrators(), deviations=deviations,
    )  # fmt: skip
    types = {"id": "integer", "name": "text", "health": "text", "mobile": "char(6)", "photo": "bytea"}
    tables = {
        "crm.customer": Stored(types, tuple(customers), ()),
        "crm.policy": Stored({"id": "integer"}, policies, ()),
        "crm.assignment": Stored({}, assignments, ()),
    }
    logins = tuple(Login(number, ("agent",)) for number in (*STAFF, "stranger"))
    return Model(World(matrix, STAFF, logins, tables, {"crm.customer": lambda row: row["owner"] is None}, NOW))


def seen(model: Model, login: str, table: Table = CUSTOMER) -> list[int]:
    """The ids of the rows that *login* finds in the model's own table of that name."""
    return [row["id"].shown for row in model.answer(login, "agent", model.matrix.tables[table.qualified]).rows]


@pytest.mark.parametrize("nobody", ["stranger", "left", "roleless"])
def test_nobody_finds_no_row(nobody: str) -> None:
    assert seen(a_world([a_customer(1, owner=nobody)]), nobody) == []


def test_all_is_every_row_for_somebody() -> None:
    assert seen(a_world([a_customer(1), a_customer(2, owner="li")]), "other") == [1, 2]


@pytest.mark.parametrize(
    ("managers", "serving"),
    [("none", ["li"]), ("direct", ["head", "li"]), ("chain", ["boss", "head", "li"])],
)
def test_managers_serve_as_far_as_the_matrix_says(managers: Managers, serving: list[str]) -> None:
    model = a_world([a_customer(1, owner="li")], ("serving",), customer=replace(CUSTOMER, managers=managers))
    assert sorted(login for login in STAFF if seen(model, login)) == serving


def test_a_server_who_left_serves_for_nobody_but_counts_for_the_department() -> None:
    customers = [a_customer(1, owner="left")]
    assert seen(a_world(customers, ("serving",)), "head") == []
    assert seen(a_world(customers, ("department",)), "li") == [1]
    assert seen(a_world(customers, ("department",)), "other") == []


@pytest.mark.parametrize(
    ("until", "serves"),
    [(None, True), (date(2026, 11, 24), True), (date(2026, 11, 23), False), (datetime(2026, 11, 24, 11), False)],
)
def test_an_assignment_runs_through_its_last_day(until: date | None, serves: bool) -> None:
    model = a_world([a_customer(1)], ("serving",), assignments=({"customer": 1, "staff": "li", "until": until},))
    assert seen(model, "li") == ([1] if serves else [])


def test_a_row_without_a_branch_is_in_no_branch() -> None:
    model = a_world([a_customer(1), a_customer(2, branch="BJ"), a_customer(3, branch="SH")], ("branch",))
    assert seen(model, "li") == [2]


def test_a_union_is_what_any_of_its_scopes_holds() -> None:
    customers = [a_customer(1), a_customer(2, owner="li"), a_customer(3, owner="other")]
    assert seen(a_world(customers, ("serving", "pool")), "li") == [1, 2]


def test_a_child_shows_with_its_customer_and_an_orphan_never() -> None:
    customers = [a_customer(1, owner="li"), a_customer(2, owner="other")]
    policies = (
        {"id": 10, "customer": 1},
        {"id": 20, "customer": 2},
        {"id": 30, "customer": 9},
        {"id": 40, "customer": None},
    )
    assert seen(a_world(customers, ("serving",), policies=policies), "li", POLICY) == [10]
    assert seen(a_world(customers, ("all",), policies=policies), "li", POLICY) == [10, 20]


def test_existence_of_tier_2_shows_only_where_tier_2_does() -> None:
    customers = [a_customer(1, owner="li"), a_customer(2, owner="other")]
    policies = ({"id": 10, "customer": 1}, {"id": 20, "customer": 2})
    model = a_world(customers, ("all",), policies=policies, policy=replace(POLICY, exists_is_tier2=True))
    assert seen(model, "li", POLICY) == [10]


def test_cells_show_by_tier() -> None:
    model = a_world([a_customer(1, owner="li"), a_customer(2)])
    rows = [{name: cell.shown for name, cell in row.items()} for row in model.answer("li", "agent", CUSTOMER).rows]
    assert rows == [
        {"id": 1, "name": "王**", "health": "x", "mobile": "***   ", "photo": None},
        {"id": 2, "name": None, "health": None, "mobile": "***   ", "photo": None},
    ]


def test_absent_tier_1_has_no_column() -> None:
    answer = a_world([a_customer(1)], tier1="absent").answer("li", "agent", CUSTOMER)
    assert answer.columns == ("id", "name", "health")


@pytest.mark.parametrize(
    ("until", "health"),
    [(date(2026, 11, 24), ["x", "x"]), (date(2026, 11, 23), ["x", None])],
    ids=["on its last day", "a day later"],
)
def test_wider_tier_2_adds_to_serving_while_its_deviation_runs(until: date, health: list[str | None]) -> None:
    deviation = Deviation("5.2.2", "agent", "crm.customer", "tier2", "x", until)
    customers = [a_customer(1, owner="li", branch="SH"), a_customer(2, branch="BJ")]
    model = a_world(customers, tier2="branch", deviations=(deviation,))
    assert [row["health"].shown for row in model.answer("li", "agent", CUSTOMER).rows] == health


@pytest.mark.parametrize(
    ("name", "masked"), [("张三", "张*"), ("王小明", "王**"), ("欧阳修", "欧阳*"), ("诸葛孔明", "诸葛**")]
)
def test_a_masked_name_keeps_the_surname(name: str, masked: str) -> None:
    assert masked_name(name) == masked
