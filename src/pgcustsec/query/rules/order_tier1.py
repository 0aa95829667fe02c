"""CQ05: ordering or grouping by tier 1."""

from __future__ import annotations

from collections.abc import Iterator

from pgcustsec.query.report import Report
from pgcustsec.query.rules.looking import WORDS, arrangements, columns, listed
from pgcustsec.query.rules.rule import Context, Found, Rule, Severity


def _check(report: Report, context: Context) -> Iterator[Found]:
    for how, reach, at in arrangements(report):
        if sources := columns(reach, 1):
            instead = INSTEAD.get(how, "a column of tier 3")
            yield Found(f"{WORDS[how]} tier 1: {listed(sources)}", instead, at, sources[0].mark)


INSTEAD = {
    "set operation": "UNION ALL, which compares nothing, or columns of tier 3",
    "conflict": "pgcustsec.find() first, then INSERT or UPDATE",
}


RULE = Rule(
    code="CQ05",
    name="order_tier1",
    title="Ordering or grouping by tier 1",
    severity=Severity.WARNING,
    article="5.2.1",
    why=(
        "An order, a group or a DISTINCT tells of each value how it stands to others, past its mask; and all rows "
        "that read *** fall into one."
    ),
    bad="SELECT customer_id FROM customer ORDER BY id_card",
    good="SELECT customer_id FROM customer ORDER BY customer_id",
    check=_check,
)
