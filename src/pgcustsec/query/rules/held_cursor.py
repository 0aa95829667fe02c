"""CQ35: a cursor that is held."""

from __future__ import annotations

from collections.abc import Iterator

from pgcustsec.query.report import Report
from pgcustsec.query.rules.looking import listed, outputs
from pgcustsec.query.rules.rule import Context, Found, Rule, Severity

#: PostgreSQL's CURSOR_OPT_HOLD.
HOLD = 0x0020


def _check(report: Report, context: Context) -> Iterator[Found]:
    for fields in report.nodes.get("DeclareCursorStmt", ()):
        if fields.get("options", 0) & HOLD and (sources := outputs(report, 1, 2)):
            yield Found(
                f"a cursor is held over tier 1 or 2: {listed(sources)}",
                "a cursor without HOLD, or pages by key",
                report.at,
                sources[0].mark,
            )


RULE = Rule(
    code="CQ35",
    name="held_cursor",
    title="A cursor that is held",
    severity=Severity.WARNING,
    article="4.2",
    why=(
        "A cursor keeps what it began with. WITH HOLD keeps a copy of it past the transaction, a closed record "
        "and a suspension, as long as the connection lasts."
    ),
    bad="DECLARE calls CURSOR WITH HOLD FOR SELECT customer_id, birth_date FROM customer WHERE owner_staff_id = $1",
    good="DECLARE calls CURSOR FOR SELECT customer_id, birth_date FROM customer WHERE owner_staff_id = $1",
    check=_check,
)
