"""CQ31: customers joined with nothing in common."""

from __future__ import annotations

from collections.abc import Iterator

from pgcustsec.query.report import Report
from pgcustsec.query.rules.looking import Fields, comparison
from pgcustsec.query.rules.records import kept_to_records, tables_of
from pgcustsec.query.rules.rule import Context, Found, Rule, Severity


def _check(report: Report, context: Context) -> Iterator[Found]:
    for statement in STATEMENTS:
        for fields in report.nodes.get(statement, ()):
            lists = [fields[clause] for clause in STATEMENTS[statement] if clause in fields]
            named = [one for one in _named(report, lists) if tables_of(report, [one])]
            if len(named) > 1 and _tied(report, context, fields, lists, named) < len(named) - 1:
                yield _found(report, context, named[-1])


#: What joins entries of FROM, and the clauses in which they are.
STATEMENTS = {
    "SelectStmt": ("fromClause",),
    "UpdateStmt": ("relation", "fromClause"),
    "DeleteStmt": ("relation", "usingClause"),
}


def _named(report: Report, lists: list[Fields]) -> list[Fields]:
    found = [one for one in lists if isinstance(one, dict)]
    return [*found, *(one for kind, one in report.below(lists) if kind == "RangeVar")]


def _found(report: Report, context: Context, last: Fields) -> Found:
    table = context.matrix.tables[min(tables_of(report, [last]))]
    return Found(
        f"{table.name} is joined with no condition to the rest of FROM",
        "JOIN ... ON, by keys",
        last["location"],
        table.mark,
    )


def _tied(report: Report, context: Context, fields: Fields, lists: list[Fields], named: list[Fields]) -> int:
    """How many things tie entries of FROM: two columns compared, USING, NATURAL, LATERAL; or keep one to its key."""
    kept = kept_to_records(report, context)
    found = sum(tables_of(report, [one]) <= kept for one in named)
    for kind, one in report.below([*lists, fields.get("whereClause")]):
        if kind == "A_Expr":
            sides = comparison(report, one)
            found += bool(sides.left and sides.right)
        elif kind == "JoinExpr":
            found += bool(one.get("usingClause") or one.get("isNatural"))
        elif kind == "RangeSubselect":
            found += bool(one.get("lateral"))
        elif kind == "SubLink":
            # What a subquery compares may tie them as well: WHERE EXISTS, IN.
            found += "testexpr" in one
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
