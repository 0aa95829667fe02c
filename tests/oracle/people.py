"""
The staff of a world put into the staff tables: at once, or by way of a history that ends the same.

What the database keeps ready (who holds which role, who reports to whom) must follow people who come, are moved,
leave, come back, and roles that are given and taken.
"""

from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import Any

from pgcustsec.db import Connection
from tests.oracle.model import Person, World
from tests.oracle.strategies import APPROVER, BRANCHES, DEPARTMENTS

Change = tuple[str, list[Any]]

INSERT = (
    "INSERT INTO pgcustsec_internal.staff"
    " (staff_id, full_name, login, department_code, branch_code, manager_id, active)"
    " VALUES (%s, 'N', %s, %s, %s, %s, %s)"
)
GIVE = "INSERT INTO pgcustsec_internal.staff_role (staff_id, role_code) VALUES (%s, %s)"
TAKE = "DELETE FROM pgcustsec_internal.staff_role WHERE staff_id = %s AND role_code = %s"
GONE = "DELETE FROM pgcustsec_internal.staff WHERE staff_id = %s"


def register_staff(connection: Connection, world: World) -> None:
    """Enter the world's staff: every other world straight as they are, the others after a past."""
    random = Random(world.seed)
    if random.random() < 0.5:
        for person in world.staff.values():
            connection.execute(INSERT, _entered(person))
        for number, role in _held(world):
            connection.execute(GIVE, [number, role])
    else:
        for statement, values in _history(world, random):
            connection.execute(statement, values)


def approver_login(world: World) -> str:
    """The login of who approves every request of the world."""
    return f"{world.matrix.role_prefix}who_approves"


def register_approver(connection: Connection, world: World) -> None:
    """Enter them, after everybody else: the model knows nobody of that number."""
    connection.execute(INSERT, [APPROVER, approver_login(world), DEPARTMENTS[0], BRANCHES[0], None, True])
    connection.execute(GIVE, [APPROVER, APPROVER])


def _entered(person: Person) -> list[Any]:
    return [person.staff_id, person.login, person.department, person.branch, person.manager, person.active]


def _held(world: World) -> list[tuple[str, str]]:
    return [(person.staff_id, role) for person in world.staff.values() for role in person.roles]


def _history(world: World, random: Random) -> list[Change]:
    """Everybody starts as somebody else, and with other roles; then what is not so is put right, in any order."""
    people = list(world.staff.values())
    changes = [(INSERT, _entered(_earlier(person, people[:place], random))) for place, person in enumerate(people)]
    roles = [role for role in world.matrix.roles if role != APPROVER]
    passing = [(person.staff_id, role) for person in people for role in roles if random.random() < 0.3]
    changes += [(GIVE, [*pair]) for pair in passing]
    visitor = Person("visitor", people[0].department, people[0].branch, manager=people[-1].staff_id)
    changes += [(INSERT, _entered(visitor)), (GIVE, [visitor.staff_id, roles[0]])]
    later: list[Change] = [(GIVE, [*pair]) for pair in set(_held(world)) - set(passing)]
    later += [(TAKE, [*pair]) for pair in set(passing) - set(_held(world))]
    later.append((GONE, [visitor.staff_id]))
    for person in people:
        for column in ("department_code", "branch_code", "manager_id", "active", "login"):
            later.append(_put_right(person, column))
    later.sort(key=repr)
    random.shuffle(later)
    return changes + later


def _earlier(person: Person, before: list[Person], random: Random) -> Person:
    """Where somebody stood before: in another place, under another manager, gone, without their login."""
    return replace(
        person,
        department=random.choice([other.department for other in (*before, person)]),
        branch=random.choice([other.branch for other in (*before, person)]),
        manager=random.choice([None, *(other.staff_id for other in before)]),
        active=random.random() < 0.5,
        login=random.choice([None, person.login]),
    )


def _put_right(person: Person, column: str) -> Change:
    value = {
        "department_code": person.department,
        "branch_code": person.branch,
        "manager_id": person.manager,
        "active": person.active,
        "login": person.login,
    }[column]
    return f"UPDATE pgcustsec_internal.staff SET {column} = %s WHERE staff_id = %s", [value, person.staff_id]
