"""The smallest worlds of what the oracle found, kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import pytest

from pgcustsec.matrix.model import (
    Access,
    Administrators,
    Branch,
    Column,
    Department,
    Deviation,
    Matrix,
    Parent,
    RecordAccess,
    Role,
    ServedByColumn,
    Table,
)
from tests.cluster import Database, Server
from tests.oracle.ledger import Ledger
from tests.oracle.model import Login, Person, Stored, World, key_of
from tests.oracle.stage import Stage, compare_view, staged
from tests.work import work

CUSTOMER = Table(
    "crm", "customer", ("id",), {"id": Column("id", 3)}, served_by=(ServedByColumn("owner"),), branch="branch"
)
POLICY = Table(
    "crm",
    "policy",
    ("id",),
    {"id": Column("id", 3), "customer": Column("customer", 3), "product": Column("product", 2)},
    parent=Parent("crm.customer", ("customer",)),
)
CUSTOMERS = Stored(
    {"id": "integer", "owner": "text", "branch": "text"},
    ({"id": 1, "owner": "li", "branch": "SH"}, {"id": 2, "owner": None, "branch": "BJ"}),
    ('CREATE TABLE "crm"."customer" (id integer PRIMARY KEY, owner text, branch text)',),
    ('"crm"."customer"',) * 2,
)
POLICIES = Stored(
    {"id": "integer", "customer": "integer", "product": "text"},
    ({"id": 10, "customer": 1, "product": "x"}, {"id": 20, "customer": 2, "product": "y"}),
    ('CREATE TABLE "crm"."policy" (id integer PRIMARY KEY, customer integer, product text)',),
    ('"crm"."policy"',) * 2,
)


def a_world(customer: dict[str, Any], policy: dict[str, Any], *deviations: Deviation) -> World:
    """Two customers, one of them Li's, with a policy each; Li has the only role, with these accesses."""
    accesses = {"crm.customer": Access("crm.customer", **customer), "crm.policy": Access("crm.policy", **policy)}
    return World(
        matrix=Matrix(
            organisation="oracle",
            role_prefix="",
            tables={"crm.customer": CUSTOMER, "crm.policy": POLICY},
            roles={"agent": Role("agent", "sales", accesses)},
            administrators=Administrators(),
            branches={code: Branch(code, code) for code in ("BJ", "SH")},
            departments={"sales": Department("sales", "sales")},
            purposes=work(["agent"]),
            deviations=deviations,
        ),
        staff={"li": Person("li", "sales", "BJ", login="li", roles=("agent",))},
        logins=(Login("li", ("agent",)),),
        tables={"crm.customer": CUSTOMERS, "crm.policy": POLICIES},
        pool={},
        now=datetime.now(UTC),
    )


@pytest.mark.parametrize("wide", ["serving", "all", "branch"])
@pytest.mark.parametrize("days", [-1, 30], ids=["past its end", "in force"])
def test_a_child_with_wider_tier_2_reads_who_serves_though_its_customer_shows_no_tier_2(
    wide: str, days: int, server: Server, installed: Database, prefix: str
) -> None:
    until = datetime.now(UTC).date() + timedelta(days=days)
    world = a_world(
        {"rows": ("all",), "tier2": "none"},
        {"rows": ("all",), "tier2": wide},
        Deviation("5.2.2", "agent", "crm.policy", "tier2", "x", until),
    )
    with staged(server, installed.name, prefix, world) as stage:
        stage.compare(Ledger())


NAME = {"rows": ("all",), "tier2": "serving", "names": "value"}


def a_named_world(tier1: str, days: int, *, sealed: bool = False, children: tuple[str, ...] = ()) -> World:
    """The same, where customers and policies have a name and a phone, and names are told until in *days* days."""
    until = datetime.now(UTC).date() + timedelta(days=days)
    deviations = [Deviation("5.2.2", "agent", f"crm.{name}", "names", "x", until) for name in ("customer", "policy")]
    world = a_world({**NAME, "tier1": tier1}, {**NAME, "tier1": tier1}, *deviations)
    private = {"name": Column("name", 2, "name"), "phone": Column("phone", 1, "phone")}
    tables = {name: replace(table, columns={**table.columns, **private}) for name, table in world.matrix.tables.items()}
    matrix = replace(world.matrix, tables=tables, record_access=RecordAccess(children=children))
    return replace(
        world,
        matrix=matrix,
        tables={name: _with_names(stored) for name, stored in world.tables.items()},
        sealed=frozenset(tables) if sealed else frozenset(),
    )


def _with_names(stored: Stored) -> Stored:
    rows = tuple({**row, "name": "王小明", "phone": f"1381234567{row['id'] % 7}"} for row in stored.rows)
    ddl = tuple(statement.replace("PRIMARY KEY", "PRIMARY KEY, name text, phone text") for statement in stored.ddl)
    return Stored({**stored.types, "name": "text", "phone": "text"}, rows, ddl, stored.into)


def compare_open(stage: Stage, opened: str) -> None:
    """Li opens the first record of *opened*; both views must follow."""
    [login] = stage.world.logins
    table = stage.world.matrix.tables[opened]
    with stage.acting() as acting:
        acting.start(login.name, "work")
        acting.open(login.name, "agent", table, key_of(table, stage.world.tables[opened].rows[0]))
        at = acting.office.at_work(login.name)
        for seen in stage.world.matrix.tables.values():
            answer = stage.model.answer(login.name, "agent", seen, at)
            compare_view(acting.connection(login.name), "agent", seen, answer, Random(0))


@pytest.mark.parametrize("tier1", ["hidden", "absent"])
def test_a_role_whose_names_are_values_but_which_opens_no_records_can_be_made(
    tier1: str, server: Server, installed: Database, prefix: str
) -> None:
    with staged(server, installed.name, prefix, a_named_world(tier1, 30)) as stage:
        stage.compare(Ledger())


@pytest.mark.parametrize("sealed", [False, True], ids=["not sealed", "sealed"])
@pytest.mark.parametrize("days", [-1, 0, 30], ids=["past its end", "on its last day", "in force"])
def test_the_name_of_the_open_record_is_told_until_the_deviation_ends_sealed_or_not(
    days: int, sealed: bool, server: Server, installed: Database, prefix: str
) -> None:
    with staged(server, installed.name, prefix, a_named_world("masked", days, sealed=sealed)) as stage:
        compare_open(stage, "crm.customer")


@pytest.mark.parametrize("sealed", [False, True], ids=["not sealed", "sealed"])
def test_a_child_that_opens_with_its_customer_shows_tier_1_and_no_name_in_full_sealed_or_not(
    sealed: bool, server: Server, installed: Database, prefix: str
) -> None:
    world = a_named_world("masked", 30, sealed=sealed, children=("crm.policy",))
    with staged(server, installed.name, prefix, world) as stage:
        compare_open(stage, "crm.customer")


@pytest.mark.parametrize("children", [(), ("crm.policy",)], ids=["by itself", "with its customer"])
def test_an_open_child_opens_neither_its_customer_nor_another_child(
    children: tuple[str, ...], server: Server, installed: Database, prefix: str
) -> None:
    world = a_named_world("masked", 30, children=children)
    with staged(server, installed.name, prefix, world) as stage:
        compare_open(stage, "crm.policy")
