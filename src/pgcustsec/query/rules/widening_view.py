"""CQ22: a view that widens."""

from __future__ import annotations

from collections.abc import Iterator

from pgcustsec.query.report import Report
from pgcustsec.query.resolve.walk import location
from pgcustsec.query.rules.looking import listed, outputs
from pgcustsec.query.rules.rule import Context, Found, Rule, Severity


def _check(report: Report, context: Context) -> Iterator[Found]:
    views = [*report.nodes.get("ViewStmt", ())]
    views += [one for one in report.nodes.get("CreateTableAsStmt", ()) if one.get("objtype") == "OBJECT_MATVIEW"]
    for fields in views:
        at = location(fields.get("view") or fields.get("into"))
        tables = sorted({one.name for one in report.relations if one.what == "table"})
        if tables:
            mark = context.matrix.tables[tables[0]].mark if tables[0] in context.matrix.tables else None
            yield Found(f"a view over {', '.join(tables)} reads past row security", INSTEAD, at, mark)
        elif sources := outputs(report, 1, 2):
            yield Found(f"a view passes on tier 1 or 2: {listed(sources)}", INSTEAD, at, sources[0].mark)


INSTEAD = "a column in the matrix for the role that needs it; apply makes its view"


RULE = Rule(
    code="CQ22",
    name="widening_view",
    title="A view that widens",
    severity=Severity.ERROR,
    article="5.3",
    why=(
        "A view reads with its owner's rights, for whoever may read it: over tables it is past every policy, over "
        "a role's view it hands that role's rights on. A materialized one keeps values past their term as well."
    ),
    bad="CREATE VIEW crm.callers AS SELECT customer_id, birth_date FROM customer",
    good="CREATE VIEW crm.ages AS SELECT customer_id, age FROM customer",
    check=_check,
)
