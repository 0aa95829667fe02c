"""What a plan means today, in people and rows."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Live:
    """
    What is changed of a role's access to a table, in people and rows: `staff` are numbers and names.

    `before` and `after` count the rows in reach of at least one of them; None: not counted, and `why` says why.
    """

    role: str
    table: str
    staff: tuple[tuple[str, str], ...]
    before: int | None
    after: int | None
    why: str | None = None
