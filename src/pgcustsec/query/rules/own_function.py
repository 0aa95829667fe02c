"""CQ18: A function of one's own over protected columns."""

from __future__ import annotations

from collections.abc import Iterator

from pgcustsec.query.functions import DYNAMIC, builtins
from pgcustsec.query.report import Report
from pgcustsec.query.rules.looking import HASHING, listed, shown
from pgcustsec.query.rules.rule import Context, Found, Rule, Severity


def _check(report: Report, context: Context) -> Iterator[Found]:
    for call in report.calls:
        if call.schema == "pgcustsec" or call.name in DYNAMIC or call.name in HASHING:
            continue
        if call.schema in (None, "pg_catalog") and call.name in builtins():
            continue
        if sources := shown(call.arguments, 1, 2):
            full = f"{call.schema}.{call.name}" if call.schema else call.name
            yield Found(
                f"function {full} is given tier 1 or 2, and is not known to be leakproof: {listed(sources)}",
                "functions of PostgreSQL's own, or the function over tier 3 and keys",
                call.at,
                sources[0].mark,
            )


RULE = Rule(
    code="CQ18",
    name="own_function",
    title="A function of one's own over protected columns",
    severity=Severity.WARNING,
    article="5.2.1",
    why=(
        "Whoever wrote the function gets every value that it is given and may keep it, pass it on, or tell it in "
        "an error: it is not leakproof, and nothing is known of what it does."
    ),
    bad="SELECT scoring.rate(annual_income) FROM customer WHERE customer_id = $1",
    good="SELECT round(annual_income) FROM customer WHERE customer_id = $1",
    check=_check,
)
