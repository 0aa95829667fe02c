"""CQ10: COPY of tier 1 or 2."""

from __future__ import annotations

from collections.abc import Iterator

from pgcustsec.query.report import Report
from pgcustsec.query.resolve.walk import location
from pgcustsec.query.rules.looking import listed, outputs
from pgcustsec.query.rules.rule import Context, Found, Rule, Severity


def _check(report: Report, context: Context) -> Iterator[Found]:
    for fields in report.nodes.get("CopyStmt", ()):
        sources = [] if fields.get("is_from") else outputs(report, 1, 2)
        if sources:
            yield Found(
                f"COPY takes out tier 1 or 2: {listed(sources)}",
                "a request, and pgcustsec extract run once it is approved",
                location(fields),
                sources[0].mark,
            )


RULE = Rule(
    code="CQ10",
    name="copy_out",
    title="COPY of tier 1 or 2",
    severity=Severity.ERROR,
    article="5.2.1",
    why=(
        "COPY TO STDOUT is a file on somebody's disk that nobody approved, marked or will destroy. An extract is "
        "all of that."
    ),
    bad="COPY (SELECT customer_id, birth_date FROM customer) TO STDOUT",
    good="COPY (SELECT customer_id, gender, age FROM customer) TO STDOUT",
    check=_check,
)
