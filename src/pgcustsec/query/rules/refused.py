"""CQ48: a statement that the database refuses."""

from __future__ import annotations

from collections.abc import Iterator

from pgcustsec.query.report import Report
from pgcustsec.query.rules.owners_work import is_owners
from pgcustsec.query.rules.rule import Context, Found, Rule, Severity


def _check(report: Report, context: Context) -> Iterator[Found]:
    for fault in report.faults if report.tree and not is_owners(report) else ():
        yield Found(fault.message, fault.hint, fault.at)


RULE = Rule(
    code="CQ48",
    name="refused",
    title="A statement that the database refuses",
    severity=Severity.ERROR,
    article="5.2.5",
    why=(
        "A name that is nothing to the role, or a right that the matrix does not give: it would fail, and not by "
        "accident."
    ),
    bad="UPDATE customer SET gender = $2 WHERE customer_id = $1",
    good="UPDATE customer SET note = $2 WHERE customer_id = $1",
    check=_check,
)
