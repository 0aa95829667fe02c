"""Which requests a login sees, and what became of each (5.1, 5.2.1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pgcustsec.catalog.queries import ask
from pgcustsec.db import Connection, policy_errors
from pgcustsec.errors import NotAllowed


@dataclass(frozen=True, slots=True)
class Request:
    """
    One request. `state` is drafted, filed, in approval, approved, refused, withdrawn, lapsed, closed or handed over.

    `awaits` says who decides step `step` by the matrix, `deciders` who of the staff can now: empty, it waits, and
    lapses. `used_by` is who alone uses it: the requester, or of a standing one a service; `max_rows` then is records a
    day.
    """

    number: int
    kind: str
    state: str
    requester: str
    name: str | None
    used_by: str
    role: str
    purpose: str
    relation: str
    columns: list[str]
    predicate: list[dict[str, Any]] | None
    keys: list[str] | None
    days: int
    max_rows: int
    filed_at: datetime | None
    approved_at: datetime | None
    ends_at: datetime | None
    step: int | None
    awaits: dict[str, str] | None
    deciders: list[str] | None
    mine_to_decide: bool

    @property
    def asked(self) -> tuple[object, ...]:
        """What it asks for: who approves it approves this."""
        return (
            *(self.kind, self.used_by, self.role, self.purpose, self.relation, self.columns, self.predicate, self.keys),
            *(self.days, self.max_rows),
        )


@dataclass(frozen=True, slots=True)
class Event:
    """
    One step of a request: drafted, filed, amended, approved, refused, withdrawn, closed or handed over.

    `deputy_for` is in whose place it was decided; None: in nobody's.
    """

    request: int
    number: int
    at: datetime
    kind: str
    staff: str
    name: str | None
    deputy_for: str | None
    step: int | None
    comment: str | None


def list_requests(
    connection: Connection, *, state: str | None = None, mine_to_decide: bool = False, number: int | None = None
) -> list[Request]:
    """
    Return the requests that the login may know of and that meet every condition given, newest first.

    Those are its person's own, those they decide on or decided on, and everybody's but drafts for who supervises.
    Raises `NotAllowed` for a login that has no role of a matrix.
    """
    with policy_errors(connection, "read the list of requests"):
        rows = ask(connection, "requests", state=state, mine=mine_to_decide, number=number)
    return [Request(*row) for row in rows]


def find_request(connection: Connection, number: int) -> Request:
    """Return request *number*. Raises `NotAllowed` where there is none that the login may know of."""
    for request in list_requests(connection, number=number):
        return request
    raise NotAllowed(f"there is no request {number} for you to see (5.2.1)", hint="see: pgcustsec request list")


def events_of(connection: Connection, number: int) -> list[Event]:
    """Return what became of request *number*, in order; none of a request that the login may not know of."""
    with policy_errors(connection, "read what became of requests"):
        return [Event(*row) for row in ask(connection, "request_events", number=number)]
