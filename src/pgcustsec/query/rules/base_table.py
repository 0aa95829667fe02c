"""CQ07: a base table instead of a view."""

from __future__ import annotations

from collections.abc import Iterator

from pgcustsec.query.report import Report
from pgcustsec.query.rules.rule import Context, Found, Rule, Severity


def _check(report: Report, context: Context) -> Iterator[Found]:
    for named in report.relations:
        if named.what == "table" and (table := context.matrix.tables.get(named.name)):
            yield Found(
                f"{named.name} is the table itself, on which no role has any right",
                f"{context.role.name}.{table.name}, or just {table.name}",
                named.at,
                table.mark,
            )


RULE = Rule(
    code="CQ07",
    name="base_table",
    title="A base table instead of a view",
    severity=Severity.ERROR,
    article="5.3",
    why="Roles read views: those mask, ask for a session and note openings. The table is its owner's alone.",
    bad="SELECT customer_id FROM crm.customer WHERE customer_id = 1",
    good="SELECT customer_id FROM customer WHERE customer_id = 1",
    check=_check,
)
