"""Legal holds: what they cover is not destroyed until they are released, and past its term shows to nobody (4.3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from psycopg.types.json import Jsonb

from pgcustsec.catalog.queries import ask
from pgcustsec.db import Connection, policy_errors
from pgcustsec.requests.conditions import Condition


@dataclass(frozen=True, slots=True)
class Hold:
    """
    One hold. `subjects` counts the rows it covers: those named, and those that its `predicate` was found to cover when
    they were due; `keys` has a hundred of them at most. No `released_at`: it holds.
    """

    number: int
    table: str
    predicate: list[dict[str, Any]] | None
    subjects: int
    keys: list[str]
    reason: str
    reference: str | None
    review_at: datetime
    placed_at: datetime
    placed_by: str
    released_at: datetime | None
    released_by: str | None
    release_reason: str | None


def place_hold(
    connection: Connection,
    relation: str,
    reason: str,
    review_at: datetime,
    *,
    keys: Sequence[str] | None = None,
    where: Sequence[Condition] | None = None,
    reference: str | None = None,
) -> int:
    """
    Place a hold on rows of *relation*, by *keys* or by the conditions *where*, and return its number.

    It is to be looked at again at *review_at*, within 366 days. Raises `NotAllowed` where the database refuses:
    anybody who does not supervise.
    """
    with policy_errors(connection, "place holds"), connection.transaction():
        [(number,)] = connection.execute(
            "SELECT pgcustsec.place_hold(%s, %s::text[], %s, %s, %s, %s)",
            [
                relation,
                None if keys is None else list(keys),
                None if where is None else Jsonb(list(where)),
                reason,
                reference,
                review_at,
            ],
        ).fetchall()
    return int(number)


def release_hold(connection: Connection, number: int, reason: str) -> None:
    """Release hold *number*, for who supervises. Raises `NotAllowed` where the database refuses."""
    with policy_errors(connection, "release holds"), connection.transaction():
        connection.execute("SELECT pgcustsec.release_hold(%s, %s)", [number, reason])


def list_holds(connection: Connection, *, released: bool = False, number: int | None = None) -> list[Hold]:
    """Return the holds in force, with *released* all, newest first. For who supervises; else raises `NotAllowed`."""
    with policy_errors(connection, "read holds"):
        return [Hold(*row) for row in ask(connection, "holds", released=released, number=number)]
