"""CQ29: a value written to a column of a lower tier."""

from __future__ import annotations

from collections.abc import Iterator

from pgcustsec.query.report import Report
from pgcustsec.query.rules.looking import place_of, shown
from pgcustsec.query.rules.rule import Context, Found, Rule, Severity
from pgcustsec.query.rules.writing import written


def _check(report: Report, context: Context) -> Iterator[Found]:
    for table, column, reach, at in written(report, context):
        for source in shown(reach, 1, 2):
            if source.tier < column.tier:
                place = place_of(report, source)
                yield Found(
                    f"{source.name}, tier {source.tier}, is written to {table.qualified}.{column.name},"
                    f" tier {column.tier}",
                    "a column of the same tier, in the matrix",
                    place if place >= 0 else at,
                    column.mark,
                )


RULE = Rule(
    code="CQ29",
    name="lower_tier_written",
    title="A value written to a column of a lower tier",
    severity=Severity.ERROR,
    article="4.2",
    why=(
        "A column's tier says what it may hold. A number in a note, or a diagnosis in a status, is shown to "
        "everybody who may see that column, and no mask or term is for it."
    ),
    bad="UPDATE customer SET note = mobile WHERE customer_id = $1",
    good="UPDATE customer SET note = $2 WHERE customer_id = $1",
    check=_check,
)
