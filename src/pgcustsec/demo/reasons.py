"""
Why a cell shows what it shows: what the matrix says of a person, a customer and a column, beside the database.

The tour compares this with every cell it got. A cell that says otherwise is a finding, not a footnote.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from pgcustsec.demo.people import StaffMember
from pgcustsec.matrix.model import Access, Column, Matrix, Table

TABLE = "crm.customer"

Stored = Mapping[int, Mapping[str, Any]]


class Shown(Enum):
    """What a cell of an answer shows of the stored one."""

    VALUE = "value"
    MASKED = "masked"
    STARS = "***"
    WITHHELD = "· (NULL)"
    EMPTY = "· (nothing stored)"
    NO_COLUMN = "no column"
    NO_ROW = "no row"


@dataclass(frozen=True, slots=True)
class Subject:
    """A customer that is asked about: who serves them (who left included), their branch, and if the pool has them."""

    customer_id: int
    servers: tuple[StaffMember, ...]
    branch: str | None
    pooled: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """What one login got: the columns of its view, and the rows by key, each by column."""

    person: StaffMember
    role: str
    columns: tuple[str, ...]
    rows: Mapping[int, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Reason:
    """What cells of one tier show to some people, why, and the policy's articles."""

    shown: Shown
    tier: int | None
    who: tuple[str, ...]
    why: str
    articles: str


class Reasons:
    """Answers held against the *matrix* and what is *stored*; *people* is the whole staff."""

    def __init__(
        self, matrix: Matrix, people: Iterable[StaffMember], subjects: Sequence[Subject], stored: Stored
    ) -> None:
        self._matrix = matrix
        self._table: Table = matrix.tables[TABLE]
        self._managers = {person.staff_id: person.manager_id for person in people}
        self._subjects = subjects
        self._stored = stored

    def access(self, role: str) -> Access:
        """Return what the matrix gives *role* of the customers."""
        return self._matrix.roles[role].tables[TABLE]

    def differences(self, answer: Answer) -> list[str]:
        """Return the cells of *answer* that are not as the matrix says, one sentence each, without values."""
        return [
            f"customer {subject.customer_id}, {column.name}: {got.value} to {answer.person.login}, due {due.value}"
            for subject in self._subjects
            for column in self._table.columns.values()
            if (got := self.shown(answer, subject, column.name))
            is not (due := self._due(answer.person, self.access(answer.role), subject, column))
        ]

    def shown(self, answer: Answer, subject: Subject, column: str) -> Shown:
        """Return what the cell of *answer* shows."""
        row = answer.rows.get(subject.customer_id)
        if row is None:
            return Shown.NO_ROW
        if column not in answer.columns:
            return Shown.NO_COLUMN
        value, stored = row[column], self._stored[subject.customer_id][column]
        if value == "***":
            return Shown.STARS
        if value is None:
            return Shown.EMPTY if stored is None else Shown.WITHHELD
        return Shown.VALUE if value == stored else Shown.MASKED

    def _due(self, person: StaffMember, access: Access, subject: Subject, column: Column) -> Shown:
        scopes = self._scopes(person, subject)
        if not scopes & set(access.rows):
            return Shown.NO_ROW
        if column.tier == 1:
            return Shown.NO_COLUMN if access.tier1 == "absent" else Shown.STARS
        if self._stored[subject.customer_id][column.name] is None:
            return Shown.EMPTY
        if column.tier == 3:
            return Shown.VALUE
        if access.tier2 not in scopes:
            return Shown.WITHHELD
        return Shown.MASKED if column.is_name else Shown.VALUE

    def _scopes(self, person: StaffMember, subject: Subject) -> set[str]:
        """The row scopes in which *subject* stands to *person*."""
        found = {"all"}
        if self._through(person, subject):
            found.add("serving")
        if subject.pooled:
            found.add("pool")
        if subject.branch == person.branch:
            found.add("branch")
        if person.department in {server.department for server in subject.servers}:
            found.add("department")
        return found

    def _through(self, person: StaffMember, subject: Subject) -> list[StaffMember]:
        """Those who serve *subject* and are *person* or report to them, as far as the matrix's `managers` goes."""
        return [
            server
            for server in subject.servers
            if server.active and (server.staff_id == person.staff_id or person.staff_id in self._above(server.staff_id))
        ]

    def _above(self, staff_id: str) -> list[str]:
        above: list[str] = []
        manager = self._managers.get(staff_id)
        while manager and self._table.managers != "none" and manager not in above:
            above.append(manager)
            manager = self._managers.get(manager) if self._table.managers == "chain" else None
        return above

    def explain(self, answers: Iterable[Answer], subjects: Sequence[Subject], columns: Sequence[str]) -> list[Reason]:
        """Return why the cells of *columns* and *subjects* show what they show; the same reason is said once."""
        who: dict[tuple[Shown, int | None, str], list[str]] = {}
        for answer in answers:
            for (shown, tier), alike in self._by_class(answer, subjects, columns).items():
                why = self._why(answer, shown, tier, alike)
                who.setdefault((shown, tier, why), []).append(answer.person.full_name)
        order = list(Shown)
        return [
            Reason(shown, tier, tuple(names), why, _ARTICLES[shown, tier])
            for (shown, tier, why), names in sorted(
                who.items(), key=lambda item: (order.index(item[0][0]), item[0][1] or 0)
            )
        ]

    def _by_class(
        self, answer: Answer, subjects: Iterable[Subject], columns: Sequence[str]
    ) -> dict[tuple[Shown, int | None], list[Subject]]:
        found: dict[tuple[Shown, int | None], list[Subject]] = {}
        for subject in subjects:
            for name in columns:
                shown = self.shown(answer, subject, name)
                tier = None if shown is Shown.NO_ROW else self._table.columns[name].tier
                alike = found.setdefault((shown, tier), [])
                if shown is not Shown.EMPTY and subject not in alike:
                    alike.append(subject)
        return {key: alike for key, alike in found.items() if alike}

    def _why(self, answer: Answer, shown: Shown, tier: int | None, subjects: list[Subject]) -> str:
        access = self.access(answer.role)
        which = numbers(subjects)
        match shown, tier:
            case Shown.NO_ROW, _:
                return f"{which}: {', '.join(_not_in(scope, answer.person) for scope in access.rows)}"
            case Shown.NO_COLUMN, _:
                return f"tier1: {access.tier1}, so the view has no such column"
            case Shown.STARS, _:
                return f"tier1: {access.tier1}, and no record is open"
            case Shown.WITHHELD, _ if access.tier2 == "none":
                return "tier2: none, whoever serves"
            case Shown.WITHHELD, _:
                return f"{which}: in the rows, but tier2: {access.tier2}, and {_not_in(access.tier2, answer.person)}"
            case Shown.MASKED, _:
                return "a name is masked, also to who serves"
            case Shown.VALUE, 2:
                return f"{self._served(answer.person, subjects)}; tier2: {access.tier2}"
            case _:
                return "tier 3 shows in every row in reach"

    def _served(self, person: StaffMember, subjects: list[Subject]) -> str:
        through: dict[str, list[Subject]] = {}
        for subject in subjects:
            servers = self._through(person, subject)
            own = any(server.staff_id == person.staff_id for server in servers)
            names = " and ".join(server.full_name for server in servers)
            through.setdefault("served directly" if own else f"served by {names}, who reports here", []).append(subject)
        return "; ".join(f"{numbers(alike)} {how}" for how, alike in through.items())


_NOT_IN = {
    "serving": "not served by them or their reports",
    "pool": "not in the pool",
    "none": "no rows",
}

_ARTICLES = {
    (Shown.NO_ROW, None): "5.3",
    (Shown.NO_COLUMN, 1): "5.2.1, 5.3",
    (Shown.STARS, 1): "5.2.1",
    (Shown.WITHHELD, 2): "5.2.2",
    (Shown.MASKED, 2): "5.2.2",
    (Shown.VALUE, 2): "5.2.2",
    (Shown.VALUE, 3): "5.2.3",
}


def _not_in(scope: str, person: StaffMember) -> str:
    if scope == "branch":
        return f"not of branch {person.branch}"
    if scope == "department":
        return f"nobody of {person.department} serves"
    return _NOT_IN[scope]


def numbers(subjects: Iterable[Subject]) -> str:
    """Return the customers' numbers in words."""
    return " ".join(f"#{subject.customer_id}" for subject in subjects)
