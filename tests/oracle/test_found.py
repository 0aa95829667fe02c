"""The smallest worlds of what the oracle found, kept."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
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
    Role,
    ServedByColumn,
    Table,
)
from tests.cluster import Database, Server
from tests.oracle.ledger import Ledger
from tests.oracle.model import Login, Person, Stored, World
from tests.oracle.stage import staged
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
