"""
Searching the record of access: by person, customer, time and kind; and who opened how many customers (5.2.4).

Read through the views of schema pgcustsec with the login's own rights: who does not supervise finds nothing there.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from psycopg import errors

from pgcustsec.catalog.queries import ask
from pgcustsec.db import Connection
from pgcustsec.errors import NotAllowed

KINDS = (
    "session_started",
    "session_ended",
    "record_opened",
    "record_closed",
    "searched",
    "agreement_published",
    "agreement_signed",
    "suspended",
    "rectified",
    "reinstated",
    "request_drafted",
    "request_filed",
    "request_amended",
    "request_approved",
    "request_refused",
    "request_withdrawn",
    "request_closed",
    "request_handed_over",
    "emergency_declared",
    "custodian_named",
    "custodian_unnamed",
    "hold_placed",
    "hold_released",
    "partition_dropped",
    "deputy_named",
    "deputy_approved",
    "deputy_ended",
    "extract_begun",
    "extract_finished",
    "extract_destroyed",
    "prospect_claimed",
    "prospect_released",
    "prospect_recycled",
    "customer_reassigned",
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the record of access; keys, never values. `customer` is the customer's table and key."""

    number: int
    at: datetime
    kind: str
    staff: str | None
    name: str | None
    role: str | None
    relation: str | None
    key: str | None
    customer: str | None
    column: str | None
    purpose: str | None
    reason: str | None
    until: datetime | None
    session: UUID | None
    login: str
    client: str | None
    about: str | None


@dataclass(frozen=True, slots=True)
class Ledger:
    """How many records one person opened in a period, of how many customers, of whom how many for the first time."""

    staff: str
    period: str
    begins_on: date | None
    openings: int
    customers: int
    new_customers: int


def search_audit(
    connection: Connection,
    *,
    staff: str | None = None,
    customer: tuple[str, str] | None = None,
    kind: str | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    limit: int = 200,
) -> list[Entry]:
    """
    Return the entries that meet every condition given, newest first, *limit* at most.

    *customer* is a customer table of the matrix and a key: who opened or found that customer's records, and their
    children's. *since* and *until* have a time zone. Raises `NotAllowed` when the login does not supervise.
    """
    with _supervising(connection):
        rows = ask(
            connection,
            "access_log",
            staff=staff,
            customer=" ".join(customer) if customer else None,
            kind=kind,
            since=since,
            until=until,
            limit=limit,
        )
    return [Entry(*row) for row in rows]


def ledger(connection: Connection, *, period: str = "month", staff: str | None = None) -> list[Ledger]:
    """
    Return per person and *period* (``day``, ``month`` or ``all``) how many records they opened, most customers first.

    Raises `NotAllowed` when the login does not supervise.
    """
    with _supervising(connection):
        return [Ledger(*row) for row in ask(connection, "access_ledger", period=period, staff=staff)]


@contextmanager
def _supervising(connection: Connection) -> Iterator[None]:
    try:
        with connection.transaction():
            connection.execute("SET TRANSACTION READ ONLY")
            [(reads,)] = connection.execute(
                "SELECT COALESCE(pg_catalog.has_table_privilege("
                "pg_catalog.to_regclass('pgcustsec.access_log'), 'SELECT'), false)"
            ).fetchall()
            if not reads:
                raise NotAllowed(
                    f"{connection.info.user} does not supervise: the record of access is not theirs to read (5.1)",
                    hint="connect as somebody whose role has `supervises: true`",
                )
            yield
    except errors.InsufficientPrivilege as error:
        raise NotAllowed(
            f"{connection.info.user} does not supervise: the record of access is not theirs to read (5.1)",
            hint="connect as somebody whose role has `supervises: true`",
        ) from error
