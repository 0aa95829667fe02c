"""Checking a text for a role: each statement parsed, resolved, and reported on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pgcustsec.errors import UsageError
from pgcustsec.matrix.model import Matrix
from pgcustsec.query.following import Following
from pgcustsec.query.parse import Parsed, parse
from pgcustsec.query.relations import Relations, relations
from pgcustsec.query.report import Column, Fault, Report
from pgcustsec.query.resolve import resolve
from pgcustsec.query.resolve.expressions import UNLISTED
from pgcustsec.query.snapshot import Snapshot


class Checker:
    """Checks statements against a matrix, offline; with a *snapshot*, what else is in the database is followed."""

    def __init__(self, matrix: Matrix, snapshot: Snapshot | None = None) -> None:
        self._matrix = matrix
        self._snapshot = snapshot
        self._known: dict[str, Relations] = {}

    @property
    def roles(self) -> list[str]:
        return list(self._matrix.roles)

    def check(self, text: str, role: str) -> list[Report]:
        """
        Return what each statement of *text* would reveal to who holds *role* and connects with their own login.

        Statements are looked at in order: a temporary table that one makes is known to the next. Raises `UsageError`
        where the matrix has no such role; never for what *text* is.
        """
        return list(self._reports(parse(text), role))

    def _reports(self, statements: list[Parsed], role: str) -> Iterator[Report]:
        names = self._names(role)
        for one in statements:
            report = Report(one.text, role, one.kind, at=one.begin, tree=one.tree)
            if one.error is not None:
                report.faults.append(Fault(one.error, "PostgreSQL's own grammar does not read it", one.error_at))
            else:
                _resolve(one, names, report)
            yield report

    def _names(self, role: str) -> Relations:
        found = self._matrix.roles.get(role)
        if found is None:
            raise UsageError(f"no role {role} in the matrix", hint=f"its roles: {', '.join(self._matrix.roles)}")
        if role not in self._known:
            names = relations(self._matrix, found)
            if self._snapshot is not None:
                following = Following(self._matrix, self._snapshot, names)
                names = following.caller = replace(names, more=following.tables(), routines=following.routines())
            self._known[role] = names
        # What a script makes is known to that script alone.
        return replace(self._known[role], made={}, kept={}, asked=set())


def _resolve(one: Parsed, names: Relations, report: Report) -> None:
    try:
        columns, places = resolve(names, report)
    except RecursionError:
        report.faults.append(Fault("it is nested too deeply to be read", "write it in steps", one.begin))
        return
    if len(places) != len(columns):
        places = [one.begin] * len(columns)
    report.columns = [
        Column(column[0], column[1], at) if column else Column("*", UNLISTED, at)
        for column, at in zip(columns, places, strict=True)
    ]
