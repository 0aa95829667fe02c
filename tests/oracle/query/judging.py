"""
What the server shows of a statement against what check said of it.

A customer's value, or its masked form, in a column whose reach has no flow of that source in that form is unsound. So
is a column that check does not list. What check is too careful about is counted: imprecision.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from psycopg import pq

from pgcustsec.db import Connection
from pgcustsec.query import Column, Report, Verdict
from pgcustsec.query.relations import ROWS
from pgcustsec.query.sources import Reach
from tests.oracle.query.canaries import Canaries, Sighting
from tests.oracle.query.generator import Made

Check = Callable[[str, str], list[Report]]
#: Rows of a statement that are looked through.
MOST_ROWS = 300
CANCELLED = "57014"


@dataclass(frozen=True)
class Shown:
    """What a statement gave: names of columns and each one's values as text; or the error."""

    names: list[str] = field(default_factory=list)
    values: list[list[str]] = field(default_factory=list)
    error: str | None = None
    state: str | None = None


@dataclass
class Tally:
    """Counts over many statements, and what must not be."""

    statements: int = 0
    accepted: int = 0
    #: Statements that check calls revealed or masked, and of these what the server refuses.
    promised: int = 0
    imprecise: list[str] = field(default_factory=list)
    #: Statements that the server runs and check calls opaque or refused.
    unsaid: list[str] = field(default_factory=list)
    unsound: list[str] = field(default_factory=list)
    #: The columns of tables that these are about.
    lost: set[str] = field(default_factory=set)
    #: Of people who do not serve the customer: the database's own failure.
    leaked: list[str] = field(default_factory=list)
    #: Columns that have nothing of customers' by what check says, and differ where nothing but that does.
    told_apart: list[str] = field(default_factory=list)
    compared: int = 0
    #: Canaries seen under `refused` statements that ran.
    shown_though_refused: int = 0
    timeouts: int = 0
    seen: Counter[str] = field(default_factory=Counter)
    #: Constructs: in how many statements, and in how many of those that the server accepts.
    used: Counter[str] = field(default_factory=Counter)
    ran: Counter[str] = field(default_factory=Counter)

    def wrong(self) -> list[str]:
        """Everything that must not be, the shortest statement first."""
        return sorted((*self.unsound, *self.told_apart, *self.leaked), key=len)

    def without_work(self, canaries: Canaries, report: Report, made: Made, shown: Shown) -> None:
        """Note what somebody was shown who is not at work: nothing of any customer's tier 1 and 2 is right."""
        if seen := canaries.found(value for values in shown.values for value in values):
            self.leaked.append(f"{sorted(seen)} to one who is not at work\n{_told(report, made)}")

    def lines(self) -> list[str]:
        seen = {str(verdict): count for verdict, count in self.seen.items()}
        return [
            f"{self.statements} statements, {self.accepted} accepted, {self.timeouts} out of time",
            f"unsound {len(self.unsound)}, leaked {len(self.leaked)}",
            f"opaque or refused of those accepted: {len(self.unsaid)}, {len(self.unsaid) / max(self.accepted, 1):.2%}",
            f"revealed or masked and refused by the server: {len(self.imprecise)} of {self.promised},"
            f" {len(self.imprecise) / max(self.promised, 1):.2%}",
            f"columns said to have nothing of customers': {self.compared}, and differing {len(self.told_apart)}",
            f"columns in which canaries were seen, by verdict: {seen};"
            f" under refused statements: {self.shown_though_refused}",
        ]


def run(connection: Connection, made: Made) -> Shown:
    """Run a statement; what it writes is taken back."""
    server = connection.pgconn
    if made.writes:
        server.exec_(b"BEGIN")
    result = server.exec_(made.text.encode())
    if made.writes:
        server.exec_(b"ROLLBACK")
    if result.status != pq.ExecStatus.TUPLES_OK:
        state = result.error_field(pq.DiagnosticField.SQLSTATE)
        return Shown(error=result.get_error_message(), state=state.decode() if state else None)
    rows = min(result.ntuples, MOST_ROWS)
    names = [(result.fname(place) or b"").decode() for place in range(result.nfields)]
    values = [
        [value.decode() for row in range(rows) if (value := result.get_value(row, place)) is not None]
        for place in range(result.nfields)
    ]
    return Shown(names, values)


def judge(tally: Tally, canaries: Canaries, report: Report, made: Made, shown: Shown, allowed: frozenset[int]) -> None:
    """Add to *tally* what *shown* says of *report*; *allowed*: customers whose tier 1 and 2 may show at all."""
    tally.statements += 1
    tally.used.update(made.used)
    promised = report.verdict in (Verdict.REVEALED, Verdict.MASKED)
    tally.promised += promised
    if shown.error is not None:
        if shown.state == CANCELLED:
            tally.timeouts += 1
        elif promised:
            tally.imprecise.append(f"{shown.error.splitlines()[0]}\n{_told(report, made)}")
        return
    tally.accepted += 1
    tally.ran.update(made.used)
    if _unsaid(report):
        tally.unsaid.append(_told(report, made))
    seen = [canaries.found(values) for values in shown.values]
    for sightings in seen:
        if foreign := {one for one in sightings if one.customer not in allowed}:
            tally.leaked.append(f"{sorted(foreign)}\n{_told(report, made)}")
    if report.verdict is Verdict.REFUSED:
        tally.shown_though_refused += sum(map(len, seen))
    else:
        tally.unsound += [f"{wrong}\n{_told(report, made)}" for wrong in _wrong(tally, report, shown, seen)]


def _unsaid(report: Report) -> bool:
    return report.verdict in (Verdict.OPAQUE, Verdict.REFUSED)


def _wrong(tally: Tally, report: Report, shown: Shown, seen: list[set[Sighting]]) -> list[str]:
    """What the columns show that was not said of them."""
    said = report.columns
    if any(column.name == "*" and column.verdict is Verdict.OPAQUE for column in said):
        return []
    if [column.name for column in said] != shown.names:
        return [f"columns are {shown.names}, said were {[column.name for column in said]}"]
    found = []
    for column, sightings in zip(said, seen, strict=True):
        if sightings:
            tally.seen[column.verdict] += 1
        lost = sorted(one for one in sightings if not says(column, one))
        if lost:
            tally.lost |= {one.column for one in lost}
            found.append(f"column {column.name}, {column.verdict}, shows {lost}")
    return found


def compare(tally: Tally, report: Report, made: Made, shown: Shown, other: Shown) -> None:
    """
    Look whether what is said to have nothing of customers' is the same in a world where all of theirs is different.

    Where no predicate, join, order or grouping looks at what is theirs, rows are as many; and so on for columns.
    """
    if "any_value" in made.text:
        return  # any one of them: which one is nobody's promise
    if shown.error or other.error or _unsaid(report) or any(_is_customers(one.reach) for one in report.uses):
        return
    if len(report.columns) != len(shown.names):
        return
    for column, values, others in zip(report.columns, shown.values, other.values, strict=True):
        if _is_customers(column.reach):
            continue
        tally.compared += 1
        if Counter(values) != Counter(others):
            differing = f"{sorted((Counter(values) - Counter(others)).items())[:3]}"
            differing += f" or {sorted((Counter(others) - Counter(values)).items())[:3]}"
            tally.told_apart.append(f"column {column.name} is {differing[:300]}\n{_told(report, made)}")


def _is_customers(reach: Reach) -> bool:
    """Whether something of customers' has a say that the other world has otherwise: it has the same rows."""
    flows = (*reach.values, *reach.hints)
    return bool(reach.opaque) or any(flow.source.is_customers and flow.source.column != ROWS for flow in flows)


def says(column: Column, sighting: Sighting) -> bool:
    """Whether what was said of *column* covers what is seen in it."""
    if column.reach.opaque:
        return True
    shown = {flow.source.shown for flow in column.reach.values if flow.source.name == sighting.column}
    return "full" in shown or (sighting.form == "masked" and "masked" in shown)


def _told(report: Report, made: Made) -> str:
    reasons = [fault.message for fault in report.faults]
    reasons += sorted({reason for one in (*report.columns, *report.uses) for reason in one.reach.opaque})
    columns = [(column.name, str(column.verdict)) for column in report.columns]
    return f"  {report.text}, as {report.role}: {report.verdict} {columns} {reasons}\n  {made.text}"
