"""
What has been run, checked against a matrix, the present or a proposed one: what breaks, what newly reveals, and which
rights nobody used (5.3).
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pgcustsec.matrix.model import Access, Matrix, Role
from pgcustsec.query.check import Checker
from pgcustsec.query.report import Report
from pgcustsec.query.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Recorded:
    """A statement that was run, so many times, by somebody who holds these *roles*; literals may be `$1` in it."""

    text: str
    roles: tuple[str, ...]
    calls: int = 1


@dataclass(frozen=True, slots=True)
class Change:
    """
    What another matrix does to a statement that was run: `breaks`, or `reveals` columns more than before.

    `said`: why, or which columns and how.
    """

    recorded: Recorded
    how: str
    said: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unused:
    """A right of *role* that no statement used: on a whole view, or on columns of it, to read or to write."""

    role: str
    view: str
    right: str
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Workload:
    """What became of all statements: how many were read, which are refused already, changes, rights that lay idle."""

    statements: int
    refused: tuple[Change, ...]
    changes: tuple[Change, ...]
    unused: tuple[Unused, ...]


def weigh(recorded: Iterable[Recorded], present: Checker, proposed: Checker | None, matrix: Matrix) -> Workload:
    """
    Return what *recorded* statements say of *matrix*, which *present* checks against, and of the *proposed* one.

    Without a proposed matrix only what is refused today and what lies idle. A role that the proposed matrix no longer
    has breaks what its holders ran.
    """
    statements = list(recorded)
    refused, changes, used = [], [], _Used()
    for one in statements:
        role, before = _as_run(one, present)
        for report in before:
            used.note(report)
        if faults := [fault.message for report in before for fault in report.faults]:
            refused.append(Change(one, "refused", tuple(faults)))
        elif proposed is not None and (change := _change(one, role, before, proposed)):
            changes.append(change)
    return Workload(len(statements), tuple(refused), tuple(changes), tuple(used.idle(matrix)))


def _as_run(one: Recorded, present: Checker) -> tuple[str, list[Report]]:
    """As the first of its roles in which nothing refuses it: a person who holds several means the views of that one."""
    tried = [(role, present.check(one.text, role)) for role in one.roles]
    return next((pair for pair in tried if not any(report.faults for report in pair[1])), tried[0])


def _change(one: Recorded, role: str, before: list[Report], proposed: Checker) -> Change | None:
    if role not in proposed.roles:
        return Change(one, "breaks", (f"no role {role} any more",))
    after = proposed.check(one.text, role)
    if faults := [fault.message for report in after for fault in report.faults]:
        return Change(one, "breaks", tuple(faults))
    more = [said for old, new in zip(before, after, strict=True) for said in _reveals_more(old, new)]
    return Change(one, "reveals", tuple(more)) if more else None


def _reveals_more(old: Report, new: Report) -> Iterator[str]:
    """Columns whose verdict is a worse one, or about a stricter tier, than before."""
    worst = list(Verdict)
    # Columns may have one name; a star may have more columns than it had.
    same = len(old.columns) == len(new.columns)
    before = {column.name: column for column in old.columns}
    for place, column in enumerate(new.columns):
        was = old.columns[place] if same else before.get(column.name)
        now = (worst.index(column.verdict), column.tier or 3)
        if was is None or now < (worst.index(was.verdict), was.tier or 3):
            shown = f"{column.verdict} (tier {column.tier})" if column.tier else str(column.verdict)
            yield f"{column.name}: {was.verdict if was else 'not there'} -> {shown}"


class _Used:
    """What statements read and wrote, by role."""

    def __init__(self) -> None:
        self._read: set[tuple[str, str, str]] = set()
        self._named: set[tuple[str, str, str]] = set()
        self._written: set[tuple[str, str, str]] = set()

    def note(self, report: Report) -> None:
        reaches = [column.reach for column in report.columns]
        reaches += [use.reach for use in report.uses] + [write.reach for write in report.writes]
        reaches += [call.arguments for call in report.calls] + list(report.reads.values())
        for reach in reaches:
            for flow in (*reach.values, *reach.hints):
                self._read.add((report.role, flow.source.table, flow.source.column))
        self._named |= {(report.role, one.name, one.how) for one in report.relations}
        self._written |= {(report.role, one.relation, one.column) for one in report.writes if one.column}

    def idle(self, matrix: Matrix) -> Iterator[Unused]:
        for role in matrix.roles.values():
            for access in role.tables.values():
                yield from self._idle(matrix, role, access)

    def _idle(self, matrix: Matrix, role: Role, access: Access) -> Iterator[Unused]:
        table = matrix.tables[access.table]
        view = f"{role.name}.{table.name}"
        hows = {how for who, name, how in self._named if (who, name) == (role.name, view)}
        shown = [c.name for c in table.columns.values() if c.tier == 2 or (c.tier == 1 and access.tier1 != "absent")]
        if not hows:
            yield Unused(role.name, view, "read", ())
        elif idle := [name for name in shown if (role.name, access.table, name) not in self._read]:
            yield Unused(role.name, view, "read", tuple(idle))
        for how, columns in (("insert", access.write.insert), ("update", access.write.update)):
            left = [name for name in columns if how not in hows or (role.name, view, name) not in self._written]
            if left:
                yield Unused(role.name, view, how, () if len(left) == len(columns) else tuple(left))
        if access.write.delete and "delete" not in hows:
            yield Unused(role.name, view, "delete", ())


#: csvlog's columns: the login, and what was logged.
_LOGIN, _MESSAGE = 1, 13
_STATEMENT = re.compile(
    r"^(?:duration: [\d.]+ ms\s+)?(?:statement|execute [^:]*|parse [^:]*|bind [^:]*): (.*)$", re.DOTALL
)


def read_log(text: str) -> Iterator[tuple[str, str]]:
    """
    Yield login and statement of each line of a server's log in *text* that has one: csvlog, or jsonlog.

    Lines of other kinds, and what is no statement, are passed over.
    """
    entries = _of_json(text) if text.lstrip().startswith("{") else _of_csv(text)
    for login, message in entries:
        if found := _STATEMENT.match(message):
            yield login, found[1]


def _of_csv(text: str) -> Iterator[tuple[str, str]]:
    # A statement may be longer than what csv takes for a field by itself.
    csv.field_size_limit(max(csv.field_size_limit(), len(text)))
    for row in csv.reader(io.StringIO(text)):
        if len(row) > _MESSAGE:
            yield row[_LOGIN], row[_MESSAGE]


def _of_json(text: str) -> Iterator[tuple[str, str]]:
    for line in text.splitlines():
        try:
            entry = json.loads(line)
        except ValueError:
            continue
        if isinstance(entry, dict) and "user" in entry and "message" in entry:
            yield str(entry["user"]), str(entry["message"])
