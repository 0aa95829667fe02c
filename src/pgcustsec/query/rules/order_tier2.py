"""CQ06: ordering or grouping by tier 2."""

from __future__ import annotations

from collections.abc import Iterator

from pgcustsec.query.report import Report
from pgcustsec.query.rules.looking import WORDS, arrangements, columns, listed
from pgcustsec.query.rules.rule import Context, Found, Rule, Severity


def _check(report: Report, context: Context) -> Iterator[Found]:
    for how, reach, at in arrangements(report):
        sources = [source for source in columns(reach, 2) if source.is_customers]
        if how in ("order", "group", "distinct", "window") and sources and not columns(reach, 1):
            yield Found(f"{WORDS[how]} tier 2: {listed(sources)}", "a column of tier 3", at, sources[0].mark)


RULE = Rule(
    code="CQ06",
    name="order_tier2",
    title="Ordering or grouping by tier 2",
    severity=Severity.NOTE,
    article="5.2.2",
    why=(
        "Who sees the order, also of rows whose values do not show, learns how customers stand to each other. And "
        "a condition or order on tier 2 uses no index: it runs on what the view shows."
    ),
    bad="SELECT customer_id FROM customer ORDER BY annual_income",
    good="SELECT customer_id FROM customer ORDER BY last_contact_at",
    check=_check,
)
