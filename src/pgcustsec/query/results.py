"""
What a check of files comes to, as values without any tree in them: what every format is written from.

Places are lines and columns of the file, both from 1, columns in characters.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from pgcustsec.query.verdict import Verdict

_CLAUSES = {"order": "ORDER BY", "group": "GROUP BY", "conflict": "ON CONFLICT"}


class Place(NamedTuple):
    line: int
    column: int


class Origin(NamedTuple):
    """
    A column of the matrix that something reaches: its tier, what the role is shown of it at most (`full`, `masked`,
    `never`), its matrix line, and by way of what: functions, CTEs, subqueries, at last the view.
    """

    column: str
    tier: int
    shown: str
    matrix_line: int
    path: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Seen:
    """
    An output column (`what` is "column", and it has a `name`) or a use (where, join, group, order, ...).

    `article` is the policy's about its tier; `opaque` are the reasons why nobody can say what else is in it.
    """

    what: str
    name: str
    verdict: Verdict
    tier: int | None
    article: str
    place: Place
    origins: tuple[Origin, ...]
    opaque: tuple[str, ...]

    @property
    def label(self) -> str:
        """What it is called: the column's name, or the clause."""
        return self.name if self.what == "column" else _CLAUSES.get(self.what, self.what.upper())


@dataclass(frozen=True, slots=True)
class Told:
    """
    A finding: by which rule (`CQ07`; `refused` and the other verdicts where no rule has it), how bad, what is wrong,
    what to write instead, why. `level` is note, warning or error; `matrix_line` 0 where no line decides.
    """

    rule: str
    title: str
    level: str
    message: str
    instead: str
    why: str
    article: str
    place: Place
    matrix_line: int = 0


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement of a file as one role would run it. `begin` and `end` are its first character and the one behind."""

    file: str
    place: Place
    begin: int
    end: int
    text: str
    role: str
    kind: str
    verdict: Verdict
    seen: tuple[Seen, ...]
    told: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class Unchecked:
    """What of a file is not checked. `level` is `skipped` where nothing of a customer's can be in it, else `unread`."""

    file: str
    place: Place
    level: str
    message: str


@dataclass(frozen=True, slots=True)
class Checked:
    """All statements of all files for all roles, in that order."""

    matrix: str
    roles: tuple[str, ...]
    files: tuple[str, ...]
    statements: tuple[Statement, ...]
    unchecked: tuple[Unchecked, ...]
