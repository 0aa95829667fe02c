"""Who is on record as staff, read as pgcustsec_owner within a transaction of the caller's."""

from __future__ import annotations

from dataclasses import dataclass

from pgcustsec.catalog.queries import ask
from pgcustsec.db import Connection
from pgcustsec.errors import UsageError
from pgcustsec.people.words import nearest


@dataclass(frozen=True, slots=True)
class Member:
    """A staff member. `manager` and `staff` are staff numbers; `roles` in matrix order; not `active`: has left."""

    staff: str
    name: str
    department: str
    branch: str
    manager: str | None
    login: str | None
    active: bool
    roles: tuple[str, ...]


def member(connection: Connection, staff: str) -> Member:
    """Return the person with number *staff*, read as pgcustsec_owner. Raises `UsageError` with the nearest number."""
    found = members(connection, staff=staff, left=True)
    if found:
        return found[0]
    raise UsageError(
        f"no staff member {staff!r}{nearest(staff, names(connection))}",
        hint="`pgcustsec staff list` shows who is there",
    )


def working_member(connection: Connection, staff: str) -> Member:
    """Return `member`, if they still work here. Raises `UsageError` else."""
    found = member(connection, staff)
    if not found.active:
        raise UsageError(f"{staff} {found.name} has left", hint="who comes back gets a new staff number: staff add")
    return found


def members(
    connection: Connection,
    *,
    staff: str | None = None,
    manager: str | None = None,
    department: str | None = None,
    branch: str | None = None,
    role: str | None = None,
    left: bool = False,
) -> list[Member]:
    """Return who works here by number, those who *left* too; a filter that is None asks for nothing."""
    rows = ask(
        connection,
        "people",
        staff=staff,
        manager=manager,
        department=department,
        branch=branch,
        role=role,
        left=left,
    )
    return [
        Member(number, name, unit, place, above, login, active, tuple(roles))
        for number, name, unit, place, above, login, active, roles in rows
    ]


def names(connection: Connection) -> dict[str, str]:
    """Return the names of who works here by number."""
    return {one.staff: one.name for one in members(connection)}
