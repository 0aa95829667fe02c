"""How much of the day's budgets people have spent (5.2.1)."""

from __future__ import annotations

from dataclasses import dataclass

from pgcustsec.catalog.queries import ask
from pgcustsec.db import Connection
from pgcustsec.people.transaction import reading


@dataclass(frozen=True, slots=True)
class Budget:
    """
    One person's day (UTC) in one role. Budgets are the person's: who holds several roles spends the same in each.

    `openings` counts searches as well. `recorded`: how many of them left a row in the audit; what is missing there was
    rolled back by the person, or lost in a crash. `refused`: how often they asked for more than they had, ever.
    """

    staff: str
    name: str
    role: str
    openings: int
    openings_at_most: int
    recorded: int
    customers: int
    customers_at_most: int
    refused: int


def list_budgets(connection: Connection, *, staff: str | None = None) -> list[Budget]:
    """Return what was spent today by everybody who ever had a session, by number; of *staff* only if given."""
    with reading(connection):
        return [Budget(*row) for row in ask(connection, "budgets", staff=staff)]
