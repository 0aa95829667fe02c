"""CQ33: the planner's statistics."""

from __future__ import annotations

from collections.abc import Iterator

from pgcustsec.query.report import Report
from pgcustsec.query.rules.rule import Context, Found, Rule, Severity


def _check(report: Report, context: Context) -> Iterator[Found]:
    for named in report.relations:
        if named.what == "statistics":
            yield Found(f"{named.name} shows samples of values", "pg_class for how many rows there are", named.at)


RULE = Rule(
    code="CQ33",
    name="statistics",
    title="The planner's statistics",
    severity=Severity.ERROR,
    article="5.2.2",
    why=(
        "pg_stats keeps the most common values of every column, and a histogram of the others: a sample of customers, "
        "for whoever may read the tables. A role may not, and finds nothing there."
    ),
    bad="SELECT most_common_vals FROM pg_stats WHERE tablename = 'customer'",
    good="SELECT reltuples FROM pg_class WHERE relname = 'customer'",
    check=_check,
)
