"""Who the custodian (指定人员) of a department is: named by supervisors, one a department (3.3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from pgcustsec.catalog.queries import ask
from pgcustsec.db import Connection, policy_errors


@dataclass(frozen=True, slots=True)
class Custodian:
    """One naming. `staff` None: the department has nobody from then on. `ended_at`: when the next naming came."""

    department: str
    staff: str | None
    name: str | None
    login: str | None
    named_at: datetime
    named_by: str
    ended_at: datetime | None


def name_custodian(connection: Connection, department: str, staff: str | None) -> None:
    """
    Name *staff* the custodian of *department* in place of the one before, None for nobody.

    For who supervises; raises `NotAllowed` where the database refuses.
    """
    with policy_errors(connection, "name custodians"), connection.transaction():
        connection.execute("SELECT pgcustsec.name_custodian(%s, %s)", [department, staff])


def list_custodians(connection: Connection, *, all_ever: bool = False) -> list[Custodian]:
    """Return the latest naming of each department, or with *all_ever* every one. Raises `NotAllowed` for others."""
    with policy_errors(connection, "read who the custodians are"):
        return [Custodian(*row) for row in ask(connection, "custodians", all_ever=all_ever)]
