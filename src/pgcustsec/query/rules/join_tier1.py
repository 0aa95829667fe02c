"""CQ04: joining by masked forms."""

from __future__ import annotations

from collections.abc import Iterator

from pgcustsec.query.report import Report
from pgcustsec.query.resolve.walk import location
from pgcustsec.query.rules.looking import Comparison, comparisons, is_equality, listed, only_masked
from pgcustsec.query.rules.rule import Context, Found, Rule, Severity
from pgcustsec.query.sources import Reach, Source


def _check(report: Report, context: Context) -> Iterator[Found]:
    for one in comparisons(report):
        if is_equality(one) and all(one.alone) and (sources := _tier1(report, one)):
            yield _found(sources, one.at)
    for fields in report.nodes.get("JoinExpr", ()):
        if fields.get("usingClause") or fields.get("isNatural"):
            at = location(fields)
            uses = [use for use in report.uses if use.where == "join" and use.at == at]
            if sources := [source for use in uses for source in only_masked(use.reach)]:
                yield _found(sources, at)


def _tier1(report: Report, one: Comparison) -> list[Source]:
    sides = [only_masked(report.reads.get(at, Reach())) for at in (*one.left, *one.right)]
    return [source for side in sides for source in side]


def _found(sources: list[Source], at: int) -> Found:
    return Found(f"a join by masked forms: {listed(sources)}", "a join by keys, of tier 3", at, sources[0].mark)


RULE = Rule(
    code="CQ04",
    name="join_tier1",
    title="Joining by masked forms",
    severity=Severity.WARNING,
    article="5.2.1",
    why=(
        "Masked forms of different customers are alike, and *** is like ***: rows are joined that have nothing to "
        "do with each other. Whoever links customers by what identifies them does it by request."
    ),
    bad="SELECT a.customer_id FROM customer AS a JOIN customer AS b ON a.mobile = b.mobile WHERE a.customer_id = $1",
    good=(
        "SELECT a.customer_id FROM customer AS a JOIN policy AS p ON p.customer_id = a.customer_id WHERE "
        "a.customer_id = $1"
    ),
    check=_check,
)
