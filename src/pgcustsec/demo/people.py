"""
The broker's staff: who works in which branch and department, reports to whom, and holds which role.

A few people have a login name, for the tour; the logins themselves are made elsewhere. Staff numbers do not
depend on the seed, names do.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from psycopg import errors

from pgcustsec.db import Connection
from pgcustsec.demo import words
from pgcustsec.demo.numbers import stream
from pgcustsec.errors import SchemaMismatch, UsageError

BRANCHES = ("BJ", "SH", "GZ")
TEAM = 20  # agents that one sales manager leads

# Staff with names and logins of their own: the tour's people.
_NAMED: dict[str, tuple[str, str]] = {
    "S1001": ("李娜", "li_na"),
    "S2001": ("周晓燕", "zhou_xiaoyan"),
    "M1001": ("王建国", "wang_jianguo"),
    "C1001": ("张敏", "zhang_min"),
    "D0001": ("陈思远", "chen_siyuan"),
    "L0001": ("钱雨桐", "qian_yutong"),
    "L0002": ("欧阳文", "ouyang_wen"),
    "Q0001": ("赵红梅", "zhao_hongmei"),
}


@dataclass(frozen=True, slots=True)
class StaffMember:
    """One person: `login` None cannot connect; `manager_id` None is at the top; not `active` has left."""

    staff_id: str
    full_name: str
    login: str | None
    department: str
    branch: str
    manager_id: str | None
    roles: tuple[str, ...]
    active: bool = True


def full_names(male: bool, count: int, rng: random.Random) -> list[tuple[str, str]]:
    """Draw *count* names with their pinyin, surnames as frequent as in the population, 1.5 % transcribed or Latin."""
    surnames = rng.choices(words.SURNAMES, weights=[share for _, _, share in words.SURNAMES], k=count)
    given = words.GIVEN_MALE if male else words.GIVEN_FEMALE
    rare = words.RARE_MALE if male else words.RARE_FEMALE
    return [_full_name(surname, given, rare, rng) for surname in surnames]


def _full_name(
    surname: tuple[str, str, int],
    given: Sequence[tuple[str, str]],
    rare: Sequence[tuple[str, str]],
    rng: random.Random,
) -> tuple[str, str]:
    if rng.random() < 0.015:
        return rng.choice(rare)
    parts = rng.sample(given, k=1 if rng.random() < 0.25 else 2)
    name, pinyin, _ = surname
    return name + "".join(part for part, _ in parts), pinyin + "".join(sound for _, sound in parts)


def agents_per_branch(customers: int) -> int:
    """Return how many sales agents a branch has: each serves some hundreds of customers, 500 agents at the most."""
    return min(167, max(8, customers // 1700))


def make_people(customers: int, seed: int, prefix: str = "wutong_") -> list[StaffMember]:
    """
    Return the staff of a broker with *customers* customers, managers before those who report to them.

    *prefix* is the matrix's ``role_prefix``: the login names of the tour's people begin with it.
    """
    rng = stream(seed, "people")
    people = [*_headquarters()]
    for number, branch in enumerate(BRANCHES, start=1):
        people += _sales(number, branch, agents_per_branch(customers))
        people += _service(number, branch, max(3, agents_per_branch(customers) // 4))
    names = full_names(True, len(people), rng)
    return [_named(person, name, prefix) for person, (name, _) in zip(people, names, strict=True)]


def _named(person: StaffMember, name: str, prefix: str) -> StaffMember:
    own_name, login = _NAMED.get(person.staff_id, (name, None))
    return StaffMember(
        person.staff_id,
        own_name,
        prefix + login if login else None,
        person.department,
        person.branch,
        person.manager_id,
        person.roles,
        person.active,
    )


def _member(
    staff_id: str, department: str, branch: str, manager: str | None, *roles: str, active: bool = True
) -> StaffMember:
    return StaffMember(staff_id, "", None, department, branch, manager, roles, active)


def _headquarters() -> Iterator[StaffMember]:
    """The heads of sales and service, and those who do not serve customers; all of them sit in Beijing."""
    yield _member("M0001", "sales", "BJ", None, "sales_manager")
    yield _member("C0001", "customer_service", "BJ", None, "service_agent")
    yield _member("D0001", "data_centre", "BJ", None, "data_analyst")
    yield _member("D0002", "data_centre", "BJ", "D0001", "data_analyst")
    yield _member("D0003", "data_centre", "BJ", None, "data_controller")
    yield _member("Q0001", "quality", "BJ", None, "quality_inspector")
    yield _member("Q0002", "quality", "SH", "Q0001", "quality_inspector")
    yield _member("L0001", "legal", "BJ", None, "legal_officer")
    yield _member("L0002", "legal", "BJ", "L0001", "custodian")


def _sales(number: int, branch: str, agents: int) -> Iterator[StaffMember]:
    """
    One branch's sales managers under the head of sales, a manager for every team, and the agents under them.

    In every branch one agent has left (the last number; customers still name them). In Shanghai the first agent
    manages two others and holds both roles.
    """
    for team in range((agents - 1) // TEAM + 1):
        yield _member(f"M{number}{team + 1:03d}", "sales", branch, "M0001", "sales_manager")
    for agent in range(1, agents + 2):
        manager = f"M{number}{min(agent - 1, agents - 1) // TEAM + 1:03d}"
        roles: tuple[str, ...] = ("sales_agent",)
        if branch == "SH" and agent == 1:
            roles = ("sales_agent", "sales_manager")
        if branch == "SH" and agent in (2, 3):
            manager = f"S{number}001"
        yield _member(f"S{number}{agent:03d}", "sales", branch, manager, *roles, active=agent <= agents)


def _service(number: int, branch: str, agents: int) -> Iterator[StaffMember]:
    """One branch's service agents, all under the head of service."""
    for agent in range(1, agents + 1):
        yield _member(f"C{number}{agent:03d}", "customer_service", branch, "C0001", "service_agent")


def load_people(connection: Connection, people: Sequence[StaffMember]) -> None:
    """
    Write *people* and their roles into the database's staff tables, all of them or none.

    Branches, departments and roles must be there, as applying the matrix leaves them. Raises `SchemaMismatch`
    when one is missing and `UsageError` when one of the people is there already.
    """
    try:
        with connection.transaction(), connection.cursor() as cursor:
            with cursor.copy(
                "COPY pgcustsec_internal.staff (staff_id, full_name, login, department_code, branch_code,"
                " manager_id, active) FROM STDIN"
            ) as copy:
                for one in people:
                    copy.write_row(
                        (one.staff_id, one.full_name, one.login, one.department, one.branch, one.manager_id, one.active)
                    )
            with cursor.copy("COPY pgcustsec_internal.staff_role (staff_id, role_code) FROM STDIN") as copy:
                for one in people:
                    for role in one.roles:
                        copy.write_row((one.staff_id, role))
    except errors.UniqueViolation as error:
        raise UsageError(
            f"staff of the demo are in this database already ({error.diag.constraint_name})",
            hint="load the demo's people into a database once; `pgcustsec staff list` shows who is there",
        ) from error
    except errors.ForeignKeyViolation as error:
        raise SchemaMismatch(
            f"the demo's staff name a branch, department or role that is not there ({error.diag.constraint_name})",
            hint="apply the demo's matrix to this database first",
        ) from error
