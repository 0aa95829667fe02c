"""Deputies: who decides on requests in an absent approver's place, for a period that a supervisor approves (5.2.1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from pgcustsec.catalog.queries import ask
from pgcustsec.db import Connection, policy_errors


@dataclass(frozen=True, slots=True)
class Deputy:
    """Who decides in whose place, and when; `state` is named, approved, ended or over."""

    number: int
    staff: str
    name: str | None
    deputy: str
    deputy_name: str | None
    starts_at: datetime
    ends_at: datetime
    state: str
    approved_by: str | None


def name_deputy(connection: Connection, deputy: str, starts_at: datetime, ends_at: datetime) -> int:
    """
    Name *deputy*, a colleague's staff number, for the login's person; return its number. It counts once approved.

    Raises `NotAllowed` where the database refuses.
    """
    with policy_errors(connection, "name a deputy"), connection.transaction():
        [(number,)] = connection.execute(
            "SELECT pgcustsec.name_deputy(%s, %s, %s)", [deputy, starts_at, ends_at]
        ).fetchall()
    return int(number)


def approve_deputy(connection: Connection, number: int) -> None:
    """Approve deputy *number*, for who supervises. Raises `NotAllowed` where the database refuses."""
    with policy_errors(connection, "approve a deputy"), connection.transaction():
        connection.execute("SELECT pgcustsec.approve_deputy(%s)", [number])


def end_deputy(connection: Connection, number: int) -> None:
    """End deputy *number* before its period is over. Raises `NotAllowed` where the database refuses."""
    with policy_errors(connection, "end a deputy"), connection.transaction():
        connection.execute("SELECT pgcustsec.end_deputy(%s)", [number])


def list_deputies(connection: Connection, *, all_ever: bool = False) -> list[Deputy]:
    """
    Return deputies that count or may yet, newest first; with *all_ever* also those that are over.

    The login's own, or everybody's for who supervises. Raises `NotAllowed` for a login without a role.
    """
    with policy_errors(connection, "read who decides in whose place"):
        return [Deputy(*row) for row in ask(connection, "deputies", all_ever=all_ever)]
