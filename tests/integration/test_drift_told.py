# ruff: noqa: E501 - a statement of SQL reads best on its line
"""`pgcustsec drift`: each change by hand is found, and it is said who could see or do more by it (5.2.5, 5.3)."""

from __future__ import annotations

import pytest

from pgcustsec.db import Connection
from pgcustsec.migrate.comparing import compare_catalog
from pgcustsec.plan.drift import Drift, drifts
from tests.integration.test_drift import DRIFTS, SUPERUSER_FROM_16, SUPERUSER_ONLY, drift
from tests.worlds import World, undone

CHANGES = {**DRIFTS, **SUPERUSER_FROM_16, **SUPERUSER_ONLY}

#: By these nobody sees or does more: something is taken away, narrowed, or said otherwise.
OPEN_NOTHING = {
    "a column that a viewer no longer reads",
    "a role's view taken from its group",
    "SELECT on who asks taken from a viewer",
    "EXECUTE taken from a role that calls it",
    "CONNECT taken from a group",
    "a person no longer in their group",
    "a viewer that its administrator cannot act as",
    "a group's comment",
    "no search path for a login",
    "a policy dropped",
    "a restrictive policy for a viewer",
    "a policy's comment",
    "a view dropped",
    "a view's comment",
    "a view column's comment",
    "two views changed",
    "a role's schema's comment",
    "a compiled function's comment",
}

#: What is said of some, without the prefix of the roles.
TOLD = {
    "SELECT on a base table to PUBLIC": "everybody: SELECT on crm.customer, past the views: tier 1 (masked) mobile, id_card; tier 2 name, health, family;",
    "SELECT on a base column to a login": "li: SELECT on crm.customer, past the views: tier 1 (masked) id_card;",
    "SELECT on a column that no view of the role prints": "not classified internal",
    "a viewer's column with the grant option": "analyst_viewer can hand on SELECT on crm.customer (status)",
    "pgcustsec's tables opened to PUBLIC": "everybody: INSERT on pgcustsec's own pgcustsec_internal.staff_role",
    "a person in a group of another role": "li: the views of role analyst (crm.customer, crm.visit), as far as the person holds it",
    "a person who may hand their role on": "li can hand on sales_agent",
    "a viewer given to a login": "li: base tables as the views of sales_agent read them, tier 2 and masked tier 1, unrecorded",
    "another search path for a login": "li: a table of a view's name in",
    "row security off on a table": "roles sales_agent, sales_manager, service_agent, analyst: every row of crm.customer",
    "a policy for every row": "sales_agent: rows of crm.customer by another condition",
    "a policy more, for PUBLIC": "everybody: rows of crm.customer that policy everyone lets pass (SELECT)",
    "a view that shows a column more": "role analyst: whatever view analyst.customer shows now",
    "functions of the tables' owner made for PUBLIC": "everybody: functions that owner makes from now on",
    "a group that passes row security by": "analyst reads every row of what it may read",
    "a group that is a superuser": "analyst sees and does everything",
}


def found(connection: Connection, world: World) -> tuple[Drift, ...]:
    there = compare_catalog(connection, world.matrix)
    return drifts(there.present, there.wanted, world.matrix)


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_is_found_and_whether_it_opens_anything(crm: World, name: str) -> None:
    with undone(crm) as connection:
        assert found(connection, crm) == ()
        drift(connection, crm, CHANGES[name][0])
        told = found(connection, crm)
    assert told != ()
    assert any(one.opens for one in told) == (name not in OPEN_NOTHING)
    if name in TOLD:
        assert TOLD[name] in " ".join(one.opens or "" for one in told).replace(crm.prefix, "")


def test_what_opens_something_comes_first(crm: World) -> None:
    with undone(crm) as connection:
        for name in ("a group's comment", "SELECT on a base table to PUBLIC", "CONNECT taken from a group"):
            drift(connection, crm, CHANGES[name][0])
        told = found(connection, crm)
    assert [one.opens is not None for one in told] == [True, False, False]
