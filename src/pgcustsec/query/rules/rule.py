"""What a rule is, and what it finds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import IntEnum

from pgcustsec.matrix.model import Mark, Matrix, Role
from pgcustsec.query.report import Report


class Severity(IntEnum):
    """
    How bad a finding is: `--fail-on` names the least that fails a check.

    An ERROR goes against the policy, or the database refuses it; a WARNING shows or handles more than the work needs,
    or finds nothing for a reason that is easily missed; a NOTE is to know.
    """

    NOTE = 1
    WARNING = 2
    ERROR = 3


@dataclass(frozen=True, slots=True)
class Context:
    """What a statement is checked against, and the script that it is the `place`-th of: reports in order."""

    matrix: Matrix
    role: Role
    script: tuple[Report, ...] = ()
    place: int = 0

    @property
    def before(self) -> tuple[Report, ...]:
        return self.script[: self.place]

    @property
    def after(self) -> tuple[Report, ...]:
        return self.script[self.place + 1 :]


@dataclass(frozen=True, slots=True)
class Found:
    """
    One place at which a statement breaks a rule: what is wrong, what to write instead, and at which byte of the text
    (less than 0: at the statement's beginning).

    `mark` is the matrix line that it is about. Never a value of a customer's.
    """

    message: str
    instead: str
    at: int
    mark: Mark | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """
    One rule of reading and writing customer information.

    `code` is what suppressions and reports name; `why` the reason in a sentence or two; `bad` breaks it, `good` is what
    to write instead: each a statement or a short script, over the demo's views, for `role`.
    """

    code: str
    name: str
    title: str
    severity: Severity
    article: str
    why: str
    bad: str
    good: str
    check: Callable[[Report, Context], Iterator[Found]]
    role: str = "sales_agent"


@dataclass(frozen=True, slots=True)
class Finding:
    """That the statement of *report* breaks a rule at a place."""

    rule: Rule
    found: Found
    report: Report = field(repr=False)
