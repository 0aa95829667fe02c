"""CQ28: a masked value written back."""

from __future__ import annotations

from collections.abc import Iterator

from pgcustsec.query.report import Report
from pgcustsec.query.rules.looking import is_sealed, references, shown, text, written
from pgcustsec.query.rules.rule import Context, Found, Rule, Severity
from pgcustsec.query.sources import Reach


def _check(report: Report, context: Context) -> Iterator[Found]:
    # Written back to its own row it stays as it is; a row that is inserted has none.
    stays = report.kind in ("UpdateStmt", "MergeStmt")
    for table, column, value, at in written(report, context):
        if not is_sealed(column):
            continue
        source = f"{table.qualified}.{column.name}"
        constant = text(value)
        if constant is not None and "*" in constant:
            yield Found(f"{source} is written with a masked form", INSTEAD, at, column.mark)
            continue
        for read in references(report, value):
            for other in shown(report.reads.get(read, Reach()), 1, 2):
                if other.shown == "masked" and not (stays and other.name == source):
                    yield Found(f"{source} is written with what shows of {other.name}", INSTEAD, at, column.mark)


INSTEAD = "the true value, as a parameter; a column that stays is not written"


RULE = Rule(
    code="CQ28",
    name="masked_written",
    title="A masked value written back",
    severity=Severity.ERROR,
    article="3.1",
    why=(
        "A masked form is not the customer's number. Written back to its own record it changes nothing; over any other "
        "true value it would be a false record: the database refuses it, and the rest of the statement with it."
    ),
    bad="UPDATE customer SET mobile = '139****0000' WHERE customer_id = $1",
    good="UPDATE customer SET mobile = $2 WHERE customer_id = $1",
    check=_check,
)
