"""CQ37: several columns in one text."""

from __future__ import annotations

from collections.abc import Iterator

from pgcustsec.query.report import Report
from pgcustsec.query.resolve.walk import called, location, strings
from pgcustsec.query.rules.looking import listed, references, shown
from pgcustsec.query.rules.rule import Context, Found, Rule, Severity
from pgcustsec.query.sources import Reach

FUNCTIONS = frozenset("concat concat_ws format string_agg array_to_string".split())


def _check(report: Report, context: Context) -> Iterator[Found]:
    glues = any(strings(fields.get("name")) == ["||"] for fields in report.nodes.get("A_Expr", ()))
    if not glues and not any(call.name in FUNCTIONS for call in report.calls):
        return
    within: set[int] = set()
    for kind, fields in report.below(report.tree):
        if (kind == "A_Expr" and strings(fields.get("name")) == ["||"]) or (
            kind == "FuncCall" and called(fields)[1] in FUNCTIONS
        ):
            read = [at for at in references(report, fields) if at not in within]
            within.update(read)
            found = {source for at in read for source in shown(report.reads.get(at, Reach()), 1, 2)}
            sources = sorted(found, key=lambda source: source.mark.line)
            if len(sources) > 1:
                yield Found(
                    f"one text of {listed(sources)}", "each as a column of its own", location(fields), sources[0].mark
                )


RULE = Rule(
    code="CQ37",
    name="glued",
    title="Several columns in one text",
    severity=Severity.NOTE,
    article="5.3",
    why=(
        "In a text of several columns nobody tells any more which part has which tier: no report, no mask and no "
        "column right reaches it."
    ),
    bad="SELECT name || ' ' || address FROM customer WHERE customer_id = $1",
    good="SELECT name, address FROM customer WHERE customer_id = $1",
    check=_check,
)
