"""CQ36: EXPLAIN ANALYZE over tier 1 or 2."""

from __future__ import annotations

from collections.abc import Iterator

from pgcustsec.query.report import Report
from pgcustsec.query.resolve.walk import strings
from pgcustsec.query.rules.looking import Fields, columns, listed
from pgcustsec.query.rules.rule import Context, Found, Rule, Severity


def _check(report: Report, context: Context) -> Iterator[Found]:
    if not any(_runs(fields) for fields in report.nodes.get("ExplainStmt", ())):
        return
    for use in report.uses:
        sources = [source for source in columns(use.reach, 1, 2) if source.is_customers]
        if sources and use.where in ("where", "join", "having"):
            yield Found(
                f"row counts tell of {listed(sources)}",
                "EXPLAIN without ANALYZE, or over made-up customers: pgcustsec demo",
                use.at,
                sources[0].mark,
            )


def _runs(fields: Fields) -> bool:
    options = [option["DefElem"] for option in fields.get("options", ())]
    # Of several the last one counts.
    analyze = [one.get("arg", {}) for one in options if one["defname"] == "analyze"][-1:]
    return bool(analyze) and not _is_off(analyze[0])


def _is_off(argument: Fields) -> bool:
    """Whether it is off, false or 0, which has no value in the tree."""
    return argument == {"Integer": {}} or strings([argument])[:1] in (["off"], ["false"])


RULE = Rule(
    code="CQ36",
    name="explain_analyze",
    title="EXPLAIN ANALYZE over tier 1 or 2",
    severity=Severity.WARNING,
    article="5.2.2",
    why=(
        "It runs the statement and tells how many rows each condition let through: a yes or no about customers, "
        "with no row shown and the literals written out."
    ),
    bad="EXPLAIN ANALYZE SELECT customer_id FROM customer WHERE annual_income > 1000000",
    good="EXPLAIN SELECT customer_id FROM customer WHERE annual_income > 1000000",
    check=_check,
)
