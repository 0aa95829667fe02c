"""
Hypothesis strategies that make whole worlds: a legal matrix, staff, logins, tables as DDL, and rows.

Hypothesis draws what a failure should shrink: the shape of tables, scopes, staff, and how many rows there are.
The rows' cells come from a drawn seed, because a few hundred rows of draws would be slower than the database.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any, Literal

from hypothesis import assume
from hypothesis import strategies as st

from pgcustsec.matrix.model import (
    Access,
    Administrators,
    Approval,
    Branch,
    Department,
    Deviation,
    Matrix,
    Names,
    Purpose,
    RecordAccess,
    RequestKind,
    Role,
    RowScope,
    Table,
    Tier1Display,
)
from tests.oracle.model import Login, Person, Stored, World
from tests.oracle.tables import Shape, draw_shapes, fill
from tests.work import work

BRANCHES = ("BJ", "SH", "GZ")
DEPARTMENTS = ("sales", "service", "data")
ROLES = ("agent", "manager", "analyst", "custodian", "clerk")
Wish = RowScope | Literal["union"]
STRATA = 18
WISHES: tuple[Wish, ...] = ("all", "branch", "union", "department", "serving", "pool")
DISPLAYS: tuple[Tier1Display, ...] = ("absent", "hidden", "masked")
TIME_ZONES = ("UTC", "Asia/Shanghai", "Pacific/Kiritimati", "Etc/GMT+12")
APPROVED = "合规-2026-001"
#: Who approves requests: a role without tables, which nobody else holds.
APPROVER = "approver"


@st.composite
def worlds(draw: st.DrawFn, stratum: int) -> World:
    """
    A world of one or two kinds of customers with what hangs on them, three to five roles and four to six people.

    Worlds of 18 neighbouring strata have each row scope for customers with each display of tier 1. Seed 0 is refused:
    hypothesis starts with the simplest of everything, always the same world.
    """
    now = datetime.now(UTC)
    seed = draw(st.integers(0, 2**32 - 1))
    assume(seed)
    seed = seed * STRATA + stratum % STRATA
    shapes = draw(draw_shapes())
    roles, deviations = _roles(draw, [shape.table for shape in shapes if shape.in_matrix], seed, now.date())
    staff = draw(staffs(tuple(roles)))
    matrix = Matrix(
        organisation="oracle",
        role_prefix="",
        tables={shape.table.qualified: shape.table for shape in shapes if shape.in_matrix},
        roles={**roles, APPROVER: Role(APPROVER, DEPARTMENTS[0])},
        administrators=Administrators(roles=(), owners=()),
        branches={code: Branch(code, code) for code in BRANCHES},
        departments={code: Department(code, code) for code in DEPARTMENTS},
        purposes=_purposes(Random(seed + 1), list(roles)),
        record_access=_record_access(Random(seed + 2), list(shapes)),
        deviations=deviations,
        requests=_requests(Random(seed + 4), roles),
    )
    return World(
        matrix=matrix,
        staff=staff,
        logins=draw(logins(staff, tuple(roles))),
        tables=_filled(shapes, staff, seed, now, draw(st.integers(0, 9))),
        pool={shape.table.qualified: shape.pool for shape in shapes if shape.pool is not None},
        now=now,
        seed=seed,
        sealed=_sealed(Random(seed + 3), shapes),
        time_zone=draw(st.sampled_from(TIME_ZONES)),
    )


def renamed(world: World, prefix: str) -> World:
    """The same world with role and login names that nobody else in the cluster has."""
    owner = f"{prefix}owner"
    matrix = replace(world.matrix, role_prefix=prefix, administrators=Administrators((f"{prefix}dba",), (owner,)))
    staff = {
        number: replace(person, login=None if person.login is None else prefix + person.login)
        for number, person in world.staff.items()
    }
    return replace(
        world,
        matrix=matrix,
        staff=staff,
        logins=tuple(replace(login, name=prefix + login.name) for login in world.logins),
        owner=owner,
    )


# --- roles ------------------------------------------------------------------------------------------------------


def _roles(
    draw: st.DrawFn, tables: Sequence[Table], seed: int, today: date
) -> tuple[dict[str, Role], tuple[Deviation, ...]]:
    """
    Roles with scopes that are legal, children after their parents, and the deviations that they need.

    Hypothesis says how many roles there are and which tables they have; what they have of them comes from the seed.
    """
    random = Random(seed)
    roles: dict[str, Role] = {}
    deviations: list[Deviation] = []
    wish, display = seed % STRATA % 6, seed % STRATA // 6
    for place, name in enumerate(ROLES[: draw(st.integers(3, 4))]):
        accesses: dict[str, Access] = {}
        for step, table in enumerate(tables):
            rows = _rows(random, table, tables, accesses, WISHES[(wish + place) % 6])
            if rows and draw(st.integers(0, 19)) > 0:
                usual = DISPLAYS[(display + place + step) % 3]
                tier1 = usual if random.random() < 0.8 else random.choice(DISPLAYS)
                accesses[table.qualified] = _access(random, table, rows, scopes_of(table, tables), tier1)
        roles[name] = Role(name, random.choice(DEPARTMENTS), accesses)
        for access in accesses.values():
            deviations += _deviations(random, name, access, today)
    if draw(st.integers(0, 4)) == 0:
        roles["silent"] = Role("silent", DEPARTMENTS[0], {}, supervises=True)
    return roles, tuple(deviations)


def scopes_of(table: Table, tables: Sequence[Table]) -> list[RowScope]:
    """The row scopes that mean something for the customer at the top of *table*."""
    while table.parent is not None:
        table = next(t for t in tables if t.qualified == table.parent.table)
    meant: list[RowScope] = ["all", "serving"]
    meant += ["branch"] if table.branch else []
    meant += ["department"] if table.department_column or table.department_of_server else []
    meant += ["pool"] if table.pool else []
    return meant


def covered(scope: RowScope, by: Iterable[RowScope]) -> bool:
    """Whether a child may have *scope* under a parent of the scopes *by*."""
    return any(
        above in ("all", scope) or (scope == "serving" and above in ("branch", "department")) or scope == "none"
        for above in by
    )


def _rows(
    random: Random, table: Table, tables: Sequence[Table], accesses: dict[str, Access], wish: Wish
) -> tuple[RowScope, ...]:
    """Scopes of one role's rows: what is wished if the customers' table can; for children mostly the parent's."""
    choice = scopes_of(table, tables)
    if table.parent is not None:
        if table.parent.table not in accesses:
            return ()
        above = accesses[table.parent.table].rows
        choice = [scope for scope in choice if covered(scope, above)]
        if not choice or random.random() < 0.6:
            return above
        wish = random.choice([*choice, "union"])
    if random.random() < 0.03:
        return ("none",)
    if wish == "union" and len(choice) > 1:
        return tuple(random.sample(choice, random.randint(2, min(3, len(choice)))))
    return (next((scope for scope in choice if scope == wish), random.choice(choice)),)


def _access(
    random: Random, table: Table, rows: tuple[RowScope, ...], choice: list[RowScope], tier1: Tier1Display
) -> Access:
    wide: list[RowScope] = [scope for scope in choice if scope not in ("serving", "pool")]
    tier2: RowScope = random.choice(["serving", "serving", "serving", "none", *wide])
    names: Names = random.choice(["masked", "value", "value" if tier1 == "masked" else "masked"])
    return Access(table.qualified, rows, tier2, tier1, names)


def _deviations(random: Random, role: str, access: Access, today: date) -> list[Deviation]:
    """In force until today at least, or expired yesterday at the latest; sometimes one of each."""
    made = []
    if access.names == "value":
        for days in random.choice([(0,), (9,), (9,), (-1,), (-1, 9)]):
            made.append(Deviation("5.2.2", role, access.table, "names", APPROVED, today + timedelta(days=days)))
    if access.tier2 not in ("serving", "none"):
        for days in random.choice([(0,), (300,), (1,), (-1,), (-200,), (-1, 5)]):
            made.append(Deviation("5.2.2", role, access.table, "tier2", APPROVED, today + timedelta(days=days)))
    return made


def _purposes(random: Random, roles: list[str]) -> dict[str, Purpose]:
    """One for all roles, and two for some of them."""
    made = work(roles)
    for code in ("selling", "稽核"):
        made[code] = Purpose(code, code, tuple(random.sample(roles, random.randint(1, len(roles) - 1))))
    return made


def _requests(random: Random, roles: Mapping[str, Role]) -> dict[str, RequestKind]:
    """One kind, which most roles that have tables file; it has no limit of its own in some worlds."""
    filing = [name for name, role in roles.items() if role.tables and random.random() < 0.9]
    most = random.choice([None, 100])
    kind = RequestKind("special", "专项事务申请", (Approval(role=APPROVER),), 30, filed_by=tuple(filing), max_rows=most)
    return {"special": kind} if filing else {}


def _record_access(random: Random, shapes: Sequence[Shape], openings: int = 300, customers: int = 200) -> RecordAccess:
    """Children that open with their customer: some."""
    children = [s.table.qualified for s in shapes if s.in_matrix and s.table.parent]
    chosen = tuple(name for name in children if random.random() < 0.4)
    return RecordAccess(openings_per_day=openings, customers_per_day=customers, children=chosen)


def _sealed(random: Random, shapes: Sequence[Shape]) -> frozenset[str]:
    """The tables that are sealed, in one world of three some; where rows lie in children by inheritance none can be."""
    if random.random() < 0.67:
        return frozenset()
    able = [s.table for s in shapes if s.in_matrix and s.storage != "inherits"]
    private = [t.qualified for t in able if any(c.tier == 1 or c.is_name for c in t.columns.values())]
    return frozenset(name for name in private if random.random() < 0.7)


# --- people -----------------------------------------------------------------------------------------------------


@st.composite
def staffs(draw: st.DrawFn, roles: tuple[str, ...]) -> dict[str, Person]:
    """A staff tree of up to four levels: who left, who has no login, no role, or two roles, are among them."""
    numbers = ("S1", "工号1", "s1", "o'n", "7", "S10", "A B")[: draw(st.integers(4, 6))]
    staff: dict[str, Person] = {}
    level: dict[str, int] = {}
    for place, number in enumerate(numbers):
        above = [other for other in staff if level[other] < 3]
        manager = draw(st.sampled_from([None, *above, *above])) if above else None
        level[number] = 0 if manager is None else level[manager] + 1
        held = draw(st.lists(st.sampled_from(roles), max_size=2))
        held = [*held, roles[place % len(roles)]] if draw(st.integers(0, 5)) < 5 else []
        staff[number] = Person(
            staff_id=number,
            department=draw(st.sampled_from(DEPARTMENTS)),
            branch=draw(st.sampled_from(BRANCHES)),
            manager=manager,
            active=draw(st.integers(0, 6)) < 6,
            login=f"p{place}" if draw(st.integers(0, 7)) < 7 else None,
            roles=tuple(sorted(set(held))),
        )
    return staff


@st.composite
def logins(draw: st.DrawFn, staff: dict[str, Person], roles: tuple[str, ...]) -> tuple[Login, ...]:
    """Each person's login with the groups of their roles, now and then one too many; and a login nobody knows."""
    made = []
    for person in staff.values():
        if person.login is not None:
            extra = draw(st.sampled_from(roles)) if draw(st.integers(0, 5)) == 0 else None
            groups = [role for role in roles if role in person.roles or role == extra]
            made.append(Login(person.login, tuple(groups)))
    return (*made, Login("stranger", (draw(st.sampled_from(roles)),)))


# --- rows -------------------------------------------------------------------------------------------------------


def _filled(shapes: list[Shape], staff: dict[str, Person], seed: int, now: datetime, extra: int) -> dict[str, Stored]:
    random = Random(seed)
    rows: dict[str, list[dict[str, Any]]] = {}
    for shape in shapes:
        rows[shape.table.qualified] = fill(shape, rows, staff, random, now, 18 + 3 * extra)
    return {
        shape.table.qualified: Stored(
            shape.types, tuple(rows[shape.table.qualified]), shape.ddl, shape.targets(rows[shape.table.qualified])
        )
        for shape in shapes
    }
