"""CQ46: a statement that does not parse."""

from __future__ import annotations

from collections.abc import Iterator

from pgcustsec.query.report import Report
from pgcustsec.query.rules.rule import Context, Found, Rule, Severity


def _check(report: Report, context: Context) -> Iterator[Found]:
    for fault in report.faults if not report.tree else ():
        yield Found(fault.message, fault.hint or "PostgreSQL's SQL, a statement at a time", fault.at)


RULE = Rule(
    code="CQ46",
    name="does_not_parse",
    title="A statement that does not parse",
    severity=Severity.ERROR,
    article="5.2.5",
    why=(
        "What PostgreSQL's own grammar does not read cannot be looked at, and so is refused, never passed: a "
        "typing mistake, or another system's SQL."
    ),
    bad="SELEC customer_id FROM customer",
    good="SELECT customer_id FROM customer WHERE customer_id = $1",
    check=_check,
)
