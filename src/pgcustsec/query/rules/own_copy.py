"""CQ30: a table of one's own with tier 1 or 2."""

from __future__ import annotations

from collections.abc import Iterator

from pgcustsec.query.report import Report
from pgcustsec.query.rules.looking import listed, shown
from pgcustsec.query.rules.rule import Context, Found, Rule, Severity
from pgcustsec.query.sources import Source
from pgcustsec.query.telling import of_name


def _check(report: Report, context: Context) -> Iterator[Found]:
    if any(one.get("objtype") == "OBJECT_MATVIEW" for one in report.nodes.get("CreateTableAsStmt", ())):
        return
    found: dict[str, list[Source]] = {}
    for write in report.writes:
        # A view of the matrix has a schema before it.
        if "." not in write.relation:
            found.setdefault(write.relation, []).extend(shown(write.reach, 1, 2))
    for name, sources in found.items():
        if sources:
            yield Found(
                f"{of_name('table', name)} takes a copy of tier 1 or 2: {listed(sources)}",
                "WITH, or a subquery; what is kept goes by an extract, on request",
                next(write.at for write in report.writes if write.relation == name),
                sources[0].mark,
            )


RULE = Rule(
    code="CQ30",
    name="own_copy",
    title="A table of one's own with tier 1 or 2",
    severity=Severity.ERROR,
    article="4.3",
    why=(
        "A copy has no mask, no scope, no record of access and no term: it is there when the right to see it has "
        "gone. No role may make temporary tables."
    ),
    bad="CREATE TEMPORARY TABLE mine AS SELECT customer_id, birth_date FROM customer WHERE owner_staff_id = $1",
    good=(
        "WITH mine AS (SELECT customer_id, birth_date FROM customer WHERE owner_staff_id = $1) SELECT customer_id "
        "FROM mine"
    ),
    check=_check,
)
