"""CQ02: condition on tier 1."""

from __future__ import annotations

from collections.abc import Iterator

from pgcustsec.query.report import Report
from pgcustsec.query.resolve.expressions import COMPARING
from pgcustsec.query.resolve.walk import called
from pgcustsec.query.rules.looking import columns, comparisons, is_column, is_equality, listed, references
from pgcustsec.query.rules.rule import Context, Found, Rule, Severity


def _check(report: Report, context: Context) -> Iterator[Found]:
    places = _looked_at(report)
    for at, reach in sorted(report.reads.items()):
        if at in places and (sources := columns(reach, 1)):
            yield Found(
                f"a condition on tier 1: {listed(sources)}",
                "a condition on tier 3, or pgcustsec.find() for an exact value; else an approved request",
                at,
                sources[0].mark,
            )


def _looked_at(report: Report) -> set[int]:
    """Places of columns that a condition looks at in another way than by an equality, which rules of their own name."""
    found: set[int] = set()
    for clause in ("whereClause", "havingClause", "agg_filter"):
        for fields in report.nodes.get(clause, ()):
            found.update(references(report, fields))
    for fields in report.nodes.get("CaseWhen", ()):
        found.update(references(report, fields.get("expr")))
    for one in comparisons(report):
        both = {*one.left, *one.right}
        if is_equality(one) and (any(one.alone) if one.one_sided else all(one.alone)):
            found -= both
        elif one.kind != "AEXPR_OP" or one.operator in COMPARING:
            found |= both
    for fields in report.nodes.get("FuncCall", ()):
        if called(fields)[1] in TESTING:
            found.update(references(report, fields))
    # Whether it is NULL tells only whether the cell shows; of anything made of it, as of nullif(), it may tell all.
    for fields in report.nodes.get("NullTest", ()):
        if is_column(fields["arg"]):
            found -= set(references(report, fields))
    return found


#: They say whether, or where, a text is in another: conditions, also in a list of columns.
TESTING = frozenset("starts_with regexp_like regexp_count regexp_instr strpos position".split())


RULE = Rule(
    code="CQ02",
    name="predicate_tier1",
    title="Condition on tier 1",
    severity=Severity.WARNING,
    article="5.2.1",
    why=(
        "A condition sees what the view shows: *** in every row but the one that is open, and there a masked "
        "form. It finds no customer, and what it finds of the open record tells more of it than its mask does."
    ),
    bad="SELECT customer_id FROM customer WHERE mobile LIKE '138%'",
    good="SELECT customer_id FROM customer WHERE status = 'prospect'",
    check=_check,
)
