"""
The two halves beside each other: what was resolved here from matrix and grammar, and what PostgreSQL says.

What PostgreSQL sees and we do not is an error of ours, since it could reveal what we call hidden; so it is refused.
That we see more is no error: what is not certain counts as reached.
"""

from __future__ import annotations

from dataclasses import dataclass

from pgcustsec.catalog.probing import Probe
from pgcustsec.matrix.model import Matrix
from pgcustsec.query.report import Fault, Report
from pgcustsec.query.resolve.walk import strings


@dataclass(frozen=True, slots=True)
class Disagreement:
    """What PostgreSQL says of a statement and we do not; for people, and for our bug list."""

    message: str


def disagreements(report: Report, probe: Probe, matrix: Matrix) -> list[Disagreement]:
    """Return what PostgreSQL sees in a statement, by *probe*, that its *report* does not have."""
    if probe.refused is not None:
        return []
    if report.faults:
        return []
    views = {f"{role.name}.{matrix.tables[name].name}": name for role in matrix.roles.values() for name in role.tables}
    ours = _reached(report, views)
    # Of a view's name as a type (`NULL::sales_agent.customer`) it depends as well, and reads nothing.
    types = (*report.nodes.get("typeName", ()), *report.nodes.get("TypeName", ()))
    as_types = {name for fields in types for name in strings(fields.get("names"))[-1:]}
    found = []
    for schema, name, column in sorted(probe.columns):
        table = views.get(f"{schema}.{name}")
        if table is not None and (table, column) not in ours and name not in as_types:
            found.append(Disagreement(f"PostgreSQL reads {schema}.{name}.{column}, and we do not see it"))
    return found


def agree(report: Report, probe: Probe, matrix: Matrix) -> None:
    """Take over into *report* what PostgreSQL says: that it refuses the statement, and what we do not see."""
    if probe.refused is not None and not report.faults:
        report.faults.append(Fault(f"PostgreSQL refuses it: {probe.refused}", "see its message", report.at))
    for one in disagreements(report, probe, matrix):
        report.faults.append(Fault(f"an error of pgcustsec's: {one.message}", "report the statement", report.at))


def _reached(report: Report, views: dict[str, str]) -> set[tuple[str, str]]:
    reaches = [
        *(column.reach for column in report.columns),
        *(use.reach for use in report.uses),
        *(write.reach for write in report.writes),
        *(call.arguments for call in report.calls),
        # What a subquery has and nobody takes from it is read by name all the same.
        *report.reads.values(),
    ]
    flows = {(flow.source.table, flow.source.column) for r in reaches for flow in (*r.values, *r.hints)}
    written = {(views[w.relation], w.column) for w in report.writes if w.column and w.relation in views}
    return flows | written
