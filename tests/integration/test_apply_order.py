# ruff: noqa: E501 - a statement of SQL reads best on its line
"""
No intermediate statement is wider than before and after together.

The plan between two matrices runs statement by statement, each committed; after each, every login reads all that it can.
Whatever a cell shows then, it showed before the first statement or shows after the last.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from random import Random

import psycopg
import pytest

from pgcustsec.db import Connection
from pgcustsec.matrix.model import Access, Column, Matrix, ServedByColumn
from pgcustsec.migrate import apply_matrix, plan_matrix
from pgcustsec.migrate.running import run_statements
from tests.cluster import Server
from tests.integration.test_apply import (
    Edit,
    with_access,
    with_column,
    with_table,
    without_column,
    without_role,
    without_table,
)
from tests.worlds import CRM_STAFF, World, crm_world, quoted

CUSTOMER, POLICY, CLAIM, VISIT = "crm.customer", "crm.policy", "crm.claim", "crm.visit"
#: login, view, which row, column, value
Cell = tuple[str, str, str, str, str]

ROWS = [("all",), ("branch",), ("department",), ("serving",), ("serving", "pool"), ("branch", "serving"), ("none",)]


def _random_pair(seed: int) -> tuple[Edit, Edit]:
    return lambda m: edited(m, Random(seed)), lambda m: edited(m, Random(-seed - 1))


def edited(matrix: Matrix, random: Random) -> Matrix:
    """A few edits at random, which may widen one thing and narrow another."""
    edits = [
        with_access(
            random.choice(["sales_agent", "sales_manager", "service_agent", "analyst"]),
            Access(
                CUSTOMER,
                random.choice(ROWS),  # type: ignore[arg-type]
                random.choice(["serving", "none"]),  # type: ignore[arg-type]
                random.choice(["absent", "hidden", "masked"]),  # type: ignore[arg-type]
            ),
        ),
        with_access(
            "sales_agent", Access(VISIT, random.choice([("serving",), ("none",)]), random.choice(["serving", "none"]))
        ),  # type: ignore[arg-type]
        with_column(Column("health", random.choice([1, 2, 3]))),
        with_column(Column("status", random.choice([2, 3]))),
        with_column(Column("name", 2, random.choice([None, "name"]))),
        without_column("family"),
        with_column(Column("internal", random.choice([2, 3]))),
        with_table(lambda t: replace(t, managers=random.choice(["none", "direct"]))),
        with_table(lambda t: replace(t, served_by=(ServedByColumn("owner_staff_id"),))),
        with_table(lambda t: replace(t, exists_is_tier2=random.choice([True, False])), POLICY),
        without_role(random.choice(["analyst", "inspector"])),
        without_table(CLAIM),
    ]
    for edit in random.sample(edits, 4):
        try:
            matrix = edit(matrix)
        except KeyError:
            continue  # an edit of what another one took away
    return matrix


def _agent(rows: str, tier2: str) -> Edit:
    return with_access("sales_agent", Access(CUSTOMER, (rows,), tier2, "masked"))  # type: ignore[arg-type]


#: Pairs in which one thing widens while another narrows, so that the wrong order of steps shows.
PAIRS: dict[str, tuple[Edit, Edit]] = {
    # The view that never asks whether a row is served must be gone before all rows are there.
    "tier 2 of the served rows, then all rows": (_agent("serving", "serving"), _agent("all", "serving")),
    "all rows, then tier 2 of the served ones": (_agent("all", "serving"), _agent("serving", "serving")),
    "tier 2 of few rows, then tier 3 of all": (_agent("serving", "serving"), _agent("all", "none")),
    "tier 3 of all rows, then tier 2 of few": (_agent("all", "none"), _agent("serving", "serving")),
    "a column of a looser tier in few rows, then of a stricter one in all": (
        lambda m: with_column(Column("health", 3))(_agent("serving", "serving")(m)),
        lambda m: with_column(Column("health", 1))(_agent("all", "serving")(m)),
    ),
    **{f"at random, {seed}": _random_pair(seed) for seed in range(4)},
}


@pytest.fixture(scope="module")
def world(server: Server) -> Iterator[World]:
    with crm_world(server) as made:
        yield made


@pytest.fixture(scope="module")
def logins(world: World) -> Iterator[dict[str, Connection]]:
    """A connection of each person's, kept open through every change, as plans and settings outlive them."""
    world.execute(f"GRANT CONNECT ON DATABASE {world.database.name} TO {_names(world)}")
    opened = {login: world.database.connect(user=world.login(login)) for _, login, *_ in CRM_STAFF if login}
    yield opened
    for connection in opened.values():
        connection.close()


def _names(world: World) -> str:
    return ", ".join(world.login(login) for _, login, *_ in CRM_STAFF if login)


def cells(logins: dict[str, Connection], relations: list[str]) -> set[Cell]:
    """Return every cell that any login reads of *relations* now, NULLs apart."""
    found: set[Cell] = set()
    for login, connection in logins.items():
        for relation in relations:
            try:
                cursor = connection.execute(f"SELECT * FROM {relation} AS r".encode())
            except psycopg.Error:
                continue
            names = [column.name for column in cursor.description or ()]
            for row in cursor:
                values = dict(zip(names, row, strict=True))
                key = str(
                    [values.get(k) for k in ("customer_id", "policy_id", "claim_id", "visit_id", "assignment_id")]
                )
                found.add((login, relation, key, "there", "yes"))
                found |= {(login, relation, key, name, str(v)) for name, v in values.items() if v is not None}
    return found


def _relations(*matrices: Matrix) -> list[str]:
    views = {quoted(one.name, m.tables[name].name) for m in matrices for one in m.roles.values() for name in one.tables}
    inner = {quoted("pgcustsec_views", view.replace('"', "")) for view in views}
    base = {quoted(*name.split(".")) for m in matrices for name in m.tables}
    return sorted(views | inner | base | {"crm.visit_2026", "pgcustsec_internal.staff"})


@pytest.mark.parametrize("pair", PAIRS.values(), ids=PAIRS.keys())
def test_no_step_shows_what_neither_before_nor_after_does(
    world: World, logins: dict[str, Connection], pair: tuple[Edit, Edit]
) -> None:
    first, second = (edit(world.matrix) for edit in pair)
    relations = _relations(first, second)
    with world.connect(world.admin) as admin:
        apply_matrix(admin, first)
        _enrol(world)
        apply_matrix(admin, first)
        before = cells(logins, relations)
        plan = plan_matrix(admin, second)
        seen: dict[Cell, str] = {}
        for statement in plan.statements:
            run_statements(admin, (statement,))
            for cell in cells(logins, relations) - before:
                seen.setdefault(cell, statement.what)
        # Once it is written down as applied, nothing is left to do.
        apply_matrix(admin, second)
        after = cells(logins, relations)
    assert before and plan.statements
    assert {cell: step for cell, step in seen.items() if cell not in after} == {}


def _enrol(world: World) -> None:
    """Give people back the roles that ended in an earlier round."""
    with world.connect() as connection:
        for number, _, _, _, _, _, roles in CRM_STAFF:
            connection.execute(
                "INSERT INTO pgcustsec_internal.staff_role SELECT %s, role_code FROM pgcustsec_internal.role"
                " WHERE role_code = ANY (%s) ON CONFLICT DO NOTHING",
                [number, roles],
            )
