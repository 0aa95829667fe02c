"""CQ03: comparing masked forms where only find can."""

from __future__ import annotations

from collections.abc import Iterator

from pgcustsec.matrix.model import Table
from pgcustsec.query.report import Report
from pgcustsec.query.rules.looking import comparisons, is_equality, only_masked
from pgcustsec.query.rules.rule import Context, Found, Rule, Severity
from pgcustsec.query.sources import Reach


def _check(report: Report, context: Context) -> Iterator[Found]:
    for one in comparisons(report):
        if not (is_equality(one) and one.one_sided and any(one.alone)):
            continue
        at = (one.left or one.right)[0]
        for source in only_masked(report.reads.get(at, Reach())):
            yield Found(
                f"{source.name} is compared with a value, but holds masked forms only",
                _instead(context.matrix.tables[source.table], source.column),
                at,
                source.mark,
            )


def _instead(table: Table, column: str) -> str:
    if not table.columns[column].find:
        return f"the matrix has no `find: true` for {column}: look the customer up another way"
    names = [name.replace("'", "''") for name in (table.name, column)]
    return f"pgcustsec.find('{names[0]}', '{names[1]}', $1), which gives keys"


RULE = Rule(
    code="CQ03",
    name="compare_instead_of_find",
    title="Comparing masked forms where only find can",
    severity=Severity.WARNING,
    article="5.2.1",
    why=(
        "What is stored is masked, so comparing with a full value never finds its customer. pgcustsec.find() "
        "looks it up by a keyed index, gives keys only, spends an opening, and is on record."
    ),
    bad="SELECT customer_id FROM customer WHERE mobile = $1",
    good="SELECT pgcustsec.find('customer', 'mobile', $1)",
    check=_check,
)
