"""What every plan and every apply is made of."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Statement:
    """
    One change to the database.

    `what` says it to a person; `sql` is one or more complete statements that psql runs; `undo` brings back what
    was, or is None where there was nothing to bring back; `object` names what it changes, as `kind identity`.
    """

    what: str
    sql: str
    undo: str | None
    object: str
