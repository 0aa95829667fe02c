"""CQ42: tier 1 or 2 of many customers written at once."""

from __future__ import annotations

from collections.abc import Iterator

from pgcustsec.query.report import Report
from pgcustsec.query.rules.looking import Fields, comparison, conjuncts, is_equality
from pgcustsec.query.rules.records import kept_to_records
from pgcustsec.query.rules.rule import Context, Found, Rule, Severity


def _check(report: Report, context: Context) -> Iterator[Found]:
    names = {one.name: one.table for one in report.relations if one.how == "update" and one.table}
    if any(_row_by_row(report, fields) for fields in report.nodes.get("MergeStmt", ())):
        return
    for write in report.writes:
        table = context.matrix.tables.get(names.get(write.relation) or "")
        column = table.columns.get(write.column or "") if table else None
        if table and column and column.tier < 3 and table.qualified not in kept_to_records(report, context):
            yield Found(
                f"{table.qualified}.{column.name} is written in rows without a key",
                f"a condition on the key ({', '.join(table.key)}); pgcustsec load for a file of them",
                write.at,
                column.mark,
            )


def _row_by_row(report: Report, merge: Fields) -> bool:
    """Whether MERGE gives each row what is brought for it: ON compares a column of both."""
    conditions = (part["A_Expr"] for part in conjuncts(merge["joinCondition"]) if "A_Expr" in part)
    return any(is_equality(one) and all(one.alone) for one in (comparison(report, part) for part in conditions))


RULE = Rule(
    code="CQ42",
    name="update_many",
    title="Tier 1 or 2 of many customers written at once",
    severity=Severity.WARNING,
    article="3.1",
    why=(
        "Each customer's values are recorded truthfully, on somebody's word. One value for many is true of few of them."
    ),
    bad="UPDATE customer SET health = 'good' WHERE status = 'customer'",
    good="UPDATE customer SET health = $2 WHERE customer_id = $1",
    check=_check,
)
