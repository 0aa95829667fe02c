"""What every plan and every apply is made of."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Statement:
    """
    One change to the database.

    `what` says it to a person; `sql` is one or more complete statements that psql runs; `undo` brings back what was,
    or is None where the plan does not know it (the earlier text of a view, a policy or a function); `object` names
    what it changes, as `kind identity`.
    """

    what: str
    sql: str
    undo: str | None
    object: str
