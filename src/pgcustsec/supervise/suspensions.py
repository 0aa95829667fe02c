"""Suspension (暂停调用权限) of a person, role or department, rectification, and reinstatement (4.2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from psycopg import errors

from pgcustsec.catalog.queries import ask
from pgcustsec.db import Connection, policy_errors


@dataclass(frozen=True, slots=True)
class Suspended:
    """A suspension that was just made: its number, what it interrupted, how many connections were ended."""

    number: int
    in_flight: dict[str, int]
    ended: int | None
    why_not_ended: str | None = None


@dataclass(frozen=True, slots=True)
class Suspension:
    """
    A suspension, what was put right about it, and who lifted it; no `reinstated_at`: it is in force from `starts_at`.

    `emergency` is the request that announced it, and `decided` what became of that: approved, it never begins.
    """

    number: int
    kind: str
    code: str
    reason: str
    reference: str | None
    suspended_at: datetime
    suspended_by: str
    starts_at: datetime
    emergency: int | None
    decided: str | None
    in_flight: dict[str, int]
    rectified_at: datetime | None
    rectified_by: str | None
    rectification: str | None
    reinstated_at: datetime | None
    reinstated_by: str | None
    comment: str | None


def suspend(
    connection: Connection,
    kind: str,
    code: str,
    reason: str,
    *,
    reference: str | None = None,
    keep_connections: bool = False,
) -> Suspended:
    """
    Suspend the ``person``, ``role`` or ``department`` *code*: from the next statement on they see no row of any tier.

    Once that is committed their connections are ended, unless *keep_connections*: an open cursor goes on to the end of
    its own. *connection* is in autocommit. Raises `NotAllowed` where the database refuses the suspension; where it may
    not end connections, the suspension stands and `why_not_ended` says what to do.
    """
    with policy_errors(connection, "suspend anybody"):
        with connection.transaction():
            [(number,)] = connection.execute(
                "SELECT pgcustsec.suspend(%s, %s, %s, %s)", [kind, code, reason, reference]
            ).fetchall()
        # None where who suspends is concerned themselves: from then on they read nothing.
        flight = next((one.in_flight for one in list_suspensions(connection, number=number, lifted=True)), {})
    if keep_connections:
        return Suspended(number, flight, None)
    try:
        [(ended,)] = connection.execute("SELECT pgcustsec.end_connections(%s)", [number]).fetchall()
    except errors.InsufficientPrivilege as error:
        return Suspended(number, flight, None, error.diag.message_hint)
    except errors.Error as error:
        if not (error.sqlstate or "").startswith("CS"):
            raise
        return Suspended(number, flight, None, "it concerns you as well: another supervisor ends the connections")
    return Suspended(number, flight, ended)


def rectify(connection: Connection, number: int, what: str) -> None:
    """
    Report *what* was put right about suspension *number*: whom it concerns, or a supervisor.

    Raises `NotAllowed` where the database refuses.
    """
    with policy_errors(connection, "rectify anything"), connection.transaction():
        connection.execute("SELECT pgcustsec.rectify(%s, %s)", [number, what])


def reinstate(connection: Connection, number: int, comment: str) -> None:
    """
    Lift suspension *number*, its rectification accepted as *comment* says: a supervisor who did not suspend.

    Raises `NotAllowed` where the database refuses.
    """
    with policy_errors(connection, "reinstate anybody"), connection.transaction():
        connection.execute("SELECT pgcustsec.reinstate(%s, %s)", [number, comment])


def list_suspensions(connection: Connection, *, lifted: bool = False, number: int | None = None) -> list[Suspension]:
    """
    Return the suspensions in force, newest first; with *lifted* all there ever were.

    Raises `NotAllowed` for a login that does not supervise.
    """
    with policy_errors(connection, "read who is suspended"):
        return [Suspension(*row) for row in ask(connection, "suspensions", lifted=lifted, number=number)]
