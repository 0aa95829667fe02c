"""CQ28: a masked value written back."""

from __future__ import annotations

from collections.abc import Iterator

from pgcustsec.matrix.model import Column, Table
from pgcustsec.query.report import Report
from pgcustsec.query.resolve.walk import strings
from pgcustsec.query.rules.looking import Fields, place_of, references, shown, text
from pgcustsec.query.rules.rule import Context, Found, Rule, Severity
from pgcustsec.query.rules.writing import Assignment, assignments, is_sealed, pieces, written


def _check(report: Report, context: Context) -> Iterator[Found]:
    own = set()
    for one in assignments(report, context):
        if not is_sealed(one.column):
            continue
        parts = list(pieces(one.value))
        if any("*" in (text(part) or "") for part in parts):
            yield Found(
                f"{_name(one.table, one.column)} is written with a masked form", INSTEAD, one.at, one.column.mark
            )
        # Written back to its own row it stays as it is; a row that is inserted has none.
        own_row = one.row and not any(kind == "SubLink" for kind, _ in report.below(one.value))
        if own_row and all(_is_own(part, one) for part in parts if references(report, part)):
            own.add(_name(one.table, one.column))
    for table, column, reach, at in written(report, context):
        name = _name(table, column)
        for other in shown(reach, 1, 2) if is_sealed(column) else ():
            if other.shown == "masked" and not (other.name == name and name in own):
                place = place_of(report, other)
                yield Found(
                    f"{name} is written with what shows of {other.name}",
                    INSTEAD,
                    place if place >= 0 else at,
                    column.mark,
                )


def _name(table: Table, column: Column) -> str:
    return f"{table.qualified}.{column.name}"


def _is_own(part: Fields, one: Assignment) -> bool:
    """Whether *part* is the column that is written, of the same row."""
    *before, name = strings(part.get("ColumnRef", {}).get("fields")) or [""]
    return name == one.column.name and before[-1:] in ([], [one.row])


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
