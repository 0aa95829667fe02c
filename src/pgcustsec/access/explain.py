"""What a cell shows to somebody, and who may see a column at all, each with the rule that decides (5.1, 5.2.4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from pgcustsec.catalog.queries import ask
from pgcustsec.db import Connection, policy_errors


@dataclass(frozen=True, slots=True)
class Verdict:
    """
    What one cell shows to somebody in one role: `shown`, `masked`, `hidden`, `no column` or `no row`.

    `rule` is the place in the matrix that decides, key by key; None where it is none of the matrix.
    """

    role: str | None
    shown: str
    why: str
    rule: tuple[str, ...] | None
    article: str


@dataclass(frozen=True, slots=True)
class Way:
    """How somebody could see values of a column now: in which rows, through the matrix or an approval, until when."""

    role: str
    staff: str
    name: str
    department: str
    shown: str
    rows: str
    through: str
    until: datetime | None
    rule: tuple[str, ...]
    article: str


def explain_access(connection: Connection, staff: str, relation: str, key: str, column: str) -> list[Verdict]:
    """
    Return what *column* of the row *key* of *relation* shows to *staff* at this moment, a verdict for each role held.

    Of oneself, or of anybody for who supervises. Raises `NotAllowed` for others, and what the database refuses else:
    a table or column that the matrix does not name.
    """
    with policy_errors(connection, "ask what others see"):
        rows = ask(connection, "explain_access", staff=staff, relation=relation, key=key, column=column)
    return [Verdict(role, shown, why, rule and tuple(rule), article) for role, shown, why, rule, article in rows]


def who_may_see(connection: Connection, relation: str, column: str) -> list[Way]:
    """
    Return every way in which anybody could see values of *column* of *relation* now; by the matrix first.

    Raises `NotAllowed` unless the login supervises, and what the database refuses else.
    """
    with policy_errors(connection, "ask who sees what"):
        rows = ask(connection, "who_may_see", relation=relation, column=column)
    return [
        Way(role, who, name, department, shown, where, through, until, tuple(rule), article)
        for role, who, name, department, shown, where, through, until, rule, article in rows
    ]
