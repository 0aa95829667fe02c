"""CQ31: customers joined with nothing in common."""

from __future__ import annotations

from collections.abc import Iterator

from pgcustsec.query.report import Report
from pgcustsec.query.rules.looking import Fields, comparison, is_equality
from pgcustsec.query.rules.rule import Context, Found, Rule, Severity


def _check(report: Report, context: Context) -> Iterator[Found]:
    views = {one.at: one.table for one in report.relations if one.table}
    for fields in report.nodes.get("SelectStmt", ()):
        named = [one for kind, one in report.below(fields.get("fromClause")) if kind == "RangeVar"]
        of_matrix = [one for one in named if one.get("location") in views]
        if len(of_matrix) < 2 or _tied(report, fields) >= len(of_matrix) - 1:
            continue
        last = of_matrix[-1]
        name = str(views[last["location"]])
        yield Found(
            f"{last['relname']} is joined with no condition to the rest of FROM",
            "JOIN ... ON, by keys",
            last["location"],
            context.matrix.tables[name].mark,
        )


def _tied(report: Report, fields: Fields) -> int:
    """How many conditions tie entries of FROM: two columns compared, a key that is given, USING, NATURAL, LATERAL."""
    found = 0
    for kind, one in report.below([fields.get("fromClause"), fields.get("whereClause")]):
        if kind == "A_Expr":
            sides = comparison(report, one)
            found += bool(sides.left and sides.right) or is_equality(sides)
        elif kind == "JoinExpr":
            found += bool(one.get("usingClause") or one.get("isNatural"))
        elif kind == "RangeSubselect":
            found += bool(one.get("lateral"))
    return found


RULE = Rule(
    code="CQ31",
    name="cross_join",
    title="Customers joined with nothing in common",
    severity=Severity.WARNING,
    article="5.2.1",
    why=(
        "Every row with every row: what nobody's work needs, and the quickest way to read everything that a role has."
    ),
    bad="SELECT c.customer_id, p.policy_id FROM customer AS c, policy AS p",
    good="SELECT c.customer_id, p.policy_id FROM customer AS c JOIN policy AS p ON p.customer_id = c.customer_id",
    check=_check,
)
