"""What is due by which rule, what is held, what was destroyed, and what will be due in the months to come (4.3)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from psycopg import errors

from pgcustsec.catalog.queries import ask
from pgcustsec.db import Connection, policy_errors


@dataclass(frozen=True, slots=True)
class RuleStatus:
    """
    One rule of retention. `keeps` names the columns that stay of what is anonymised; None: it is destroyed.

    `due` rows are past their term, `held` of them under a legal hold, the first since `oldest`; `done` were destroyed
    or anonymised by it so far; `forecast` says how many more are due in each month, by its first day (UTC).
    """

    table: str
    rule: str
    keep_days: int
    keeps: str | None
    due: int
    held: int
    oldest: datetime | None
    done: int
    forecast: dict[date, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Certificate:
    """
    What one batch destroyed or anonymised by a rule, or what a request has erased, one of the two; that has no
    `due_until`. `counts`: rows by table; `digest`: SHA-256 of the keys, in order of their
    bytes, each on a line; `extracts` held some of it and were not destroyed.
    """

    number: int
    table: str
    rule: str | None
    request: int | None
    action: str
    subjects: int
    counts: dict[str, int]
    digest: str
    due_until: datetime | None
    extracts: list[int]
    at: datetime
    login: str


def retention_status(connection: Connection, *, months: int = 12) -> list[RuleStatus]:
    """
    Return the rules of all tables in the matrix's order, with a forecast of so many *months*.

    For administrators, and for who supervises; raises `NotAllowed` for others.
    """
    with policy_errors(connection, "read what is due"), connection.transaction():
        function = "pgcustsec_internal._retention_status" if _is_owner(connection) else "pgcustsec.retention_status"
        rows = connection.execute(f"SELECT s.* FROM {function}(%s::integer) AS s".encode(), [months]).fetchall()
    return [_rule(row) for row in rows]


def list_certificates(connection: Connection, *, number: int | None = None) -> list[Certificate]:
    """Return the certificates, or certificate *number*, newest first. For who supervises; else raises `NotAllowed`."""
    with policy_errors(connection, "read certificates"):
        return [Certificate(*row) for row in ask(connection, "certificates", number=number)]


def _rule(row: tuple[Any, ...]) -> RuleStatus:
    months: dict[str, int] = row[-1] or {}
    table, rule, days, keeps, due, held, oldest, done, _ = row
    forecast = {date.fromisoformat(month): rows for month, rows in months.items()}
    return RuleStatus(table, rule, days, keeps, due, held, oldest, done, forecast)


def _is_owner(connection: Connection) -> bool:
    """Whether the login acts as pgcustsec_owner from here to the end of the transaction: an administrator's may."""
    try:
        with connection.transaction():
            connection.execute("SET LOCAL ROLE pgcustsec_owner")
    except (errors.InsufficientPrivilege, errors.UndefinedObject):
        return False
    return True
