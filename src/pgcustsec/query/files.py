"""Checking whole files for some roles: what is read off them, checked, and said of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Protocol

from pgcustsec.matrix.model import Matrix
from pgcustsec.query.check import Checker
from pgcustsec.query.reading import UNREADABLE, Lines, Passage, Refusal, read
from pgcustsec.query.report import Column, Fault, Report, Use
from pgcustsec.query.resolve.utility import OWNERS_ONLY
from pgcustsec.query.results import Checked, Origin, Place, Seen, Statement, Told, Unchecked
from pgcustsec.query.rules import Context, Finding, find
from pgcustsec.query.suppress import suppress
from pgcustsec.query.verdict import Verdict

_ARTICLES = {1: "5.2.1", 2: "5.2.2", 3: "5.2.3", None: "5.2.5"}
_BEFORE_A_STATEMENT = re.compile(r"(?:\s+|--[^\n]*(?:\n|$)|/\*.*?\*/)*", re.DOTALL)
#: What a migration does as the owner, and no role may.
_DEFINING = OWNERS_ONLY | {"CreateStmt", "ViewStmt"}


class Checks(Protocol):
    """What checks a text for a role: `Checker`, or `OnlineChecker` beside a database."""

    def check(self, text: str, role: str) -> list[Report]: ...


def check_files(
    matrix: Matrix,
    source: str,
    roles: Sequence[str],
    files: Sequence[tuple[str, str]],
    checker: Checks | None = None,
) -> Checked:
    """
    Return what is said of *files*, each a name and its text, for each of *roles*. *source* names the matrix.

    *checker* checks them; None: offline, against *matrix* alone.

    A statement that cannot be read, or is put together at run time, is refused (5.2.5). Raises `UsageError` where the
    matrix has no such role.
    """
    checker = checker or Checker(matrix)
    statements: list[Statement] = []
    unchecked: list[Unchecked] = []
    for name, text in files:
        reading = read(name, text)
        lines = Lines(text)
        for passage in reading.passages:
            statements += _Passage(name, text, lines, passage).statements(matrix, checker, roles)
        unchecked += (Unchecked(name, Place(*lines.place(note.at)), note.level, note.message) for note in reading.notes)
    return Checked(source, tuple(roles), tuple(name for name, _ in files), tuple(statements), tuple(unchecked))


def roles_that_read(matrix: Matrix) -> tuple[str, ...]:
    """Return the roles of *matrix* that have any table, in matrix order."""
    return tuple(name for name, role in matrix.roles.items() if role.tables)


def at_least(checked: Checked, verdict: Verdict) -> Checked:
    """Return *checked* with each column and use of *verdict*, or a worse one, told as an error; tier 3 never is."""
    worse = list(Verdict)[: list(Verdict).index(verdict) + 1]
    return replace(checked, statements=tuple(_with_verdicts(one, worse) for one in checked.statements))


def _with_verdicts(statement: Statement, worse: Sequence[Verdict]) -> Statement:
    more = [
        Told(
            seen.verdict.value,
            f"what is {seen.verdict.value}",
            "error",
            f"{'column ' if seen.what == 'column' else ''}{seen.label} is {seen.verdict.value}"
            + (f", of tier {seen.tier}" if seen.tier else ""),
            "leave it out, or have somebody run it who may see it",
            "The check was asked to let nothing like it through.",
            seen.article,
            seen.place,
            seen.origins[0].matrix_line if seen.origins else 0,
        )
        for seen in statement.seen
        if seen.verdict in worse and seen.tier != 3
    ]
    return replace(statement, told=(*statement.told, *more))


class _Passage:
    """A passage of a file, and from its bytes to lines and columns of the file."""

    def __init__(self, file: str, source: str, lines: Lines, passage: Passage) -> None:
        self._file = file
        self._source = source
        self._lines = lines
        self._passage = passage

    def statements(self, matrix: Matrix, checker: Checks, roles: Sequence[str]) -> Iterator[Statement]:
        """
        Yield what is said of each statement of the passage to each of *roles*, statement by statement.

        What a comment allows is taken away once for all roles, since it is of use if it is for any of them.
        """
        by_role = [self._reports(checker, role) for role in roles]
        found = [
            finding
            for role, reports in zip(roles, by_role, strict=True)
            for report in reports
            for finding in find(report, Context(matrix, matrix.roles[role]))
        ]
        left = suppress(self._passage.text, [report for reports in by_role for report in reports], found)
        for same in zip(*by_role, strict=True):
            for report in same:
                yield self._statement(report, [finding for finding in left if finding.report is report])

    def _reports(self, checker: Checks, role: str) -> list[Report]:
        reports = checker.check(self._passage.text, role)
        if self._passage.by_owner:
            reports = [report for report in reports if report.kind not in _DEFINING]
        for report in reports:
            self._explain_refusal(report)
        return reports

    def _explain_refusal(self, report: Report) -> None:
        """Say of a statement that this reader made unreadable why it did."""
        if report.kind:
            return
        begin, end = self._passage.place(report.at), self._passage.place(_end(report) - 1)
        for refusal in self._passage.refusals:
            if begin <= refusal.at <= end:
                report.faults[:] = [Fault(refusal.message, refusal.hint, self._byte(refusal, report))]
                return

    def _byte(self, refusal: Refusal, report: Report) -> int:
        return next(
            (byte for byte in range(report.at, _end(report)) if self._passage.place(byte) == refusal.at), report.at
        )

    def _statement(self, report: Report, findings: Sequence[Finding]) -> Statement:
        skipped = _BEFORE_A_STATEMENT.match(report.text)
        text = report.text[skipped.end() :] if skipped else report.text
        at = report.at + len(report.text.encode()) - len(text.encode())
        begin, end = self._passage.place(at), self._passage.place(_end(report) - 1) + 1
        if UNREADABLE in text and not report.kind:
            # What the file has there, which is not what was made of it.
            text = self._source[begin : self._lines.end(end)]
        everything: list[Column | Use] = [*report.columns, *report.uses]
        seen = tuple(self._seen(one, at) for one in everything)
        told = sorted((self._told(one, at) for one in findings), key=_by_place)
        return Statement(
            self._file,
            self._place(at, at),
            begin,
            end,
            text,
            report.role,
            report.kind,
            report.verdict,
            seen,
            tuple(told),
        )

    def _place(self, byte: int, otherwise: int) -> Place:
        return Place(*self._lines.place(self._passage.place(byte if byte >= 0 else otherwise)))

    def _seen(self, one: Column | Use, otherwise: int) -> Seen:
        what, name = ("column", one.name) if isinstance(one, Column) else (one.where, "")
        return Seen(
            what,
            name,
            one.verdict,
            one.tier,
            _ARTICLES[one.tier],
            self._place(one.at, otherwise),
            tuple(_origins(one)),
            tuple(sorted(one.reach.opaque)),
        )

    def _told(self, finding: Finding, otherwise: int) -> Told:
        rule, found = finding.rule, finding.found
        return Told(
            rule.code,
            rule.title,
            rule.severity.name.lower(),
            found.message,
            found.instead,
            rule.why,
            rule.article,
            self._place(found.at, otherwise),
            found.mark.line if found.mark else 0,
        )


def _origins(one: Column | Use) -> Iterator[Origin]:
    """Yield the columns that *one* reaches, the lowest tier first, each by its shortest way."""
    flows = sorted(
        one.reach.values | one.reach.hints,
        key=lambda flow: (flow.source.tier, flow.source.name, len(flow.path), flow.path),
    )
    told = set()
    for flow in flows:
        if flow.source.name not in told:
            told.add(flow.source.name)
            source = flow.source
            yield Origin(source.name, source.tier, source.shown, source.mark.line, flow.path)


def _end(report: Report) -> int:
    return report.at + len(report.text.encode())


def _by_place(told: Told) -> tuple[Place, str]:
    return told.place, told.rule
