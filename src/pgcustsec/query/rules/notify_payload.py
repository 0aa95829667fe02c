"""CQ32: customer information in a notification."""

from __future__ import annotations

from collections.abc import Iterator

from pgcustsec.query.report import Report
from pgcustsec.query.rules.looking import calls, listed, shown
from pgcustsec.query.rules.rule import Context, Found, Rule, Severity


def _check(report: Report, context: Context) -> Iterator[Found]:
    for call in calls(report, ("pg_notify", "pg_logical_emit_message")):
        if sources := shown(call.arguments, 1, 2):
            yield Found(
                f"{call.name}() is given tier 1 or 2: {listed(sources)}", "the key alone", call.at, sources[0].mark
            )


RULE = Rule(
    code="CQ32",
    name="notify_payload",
    title="Customer information in a notification",
    severity=Severity.ERROR,
    article="5.2.1",
    why=(
        "Whoever listens on the channel reads the payload, whatever their role. A key is enough: who gets it "
        "reads the row by their own rights."
    ),
    bad="SELECT pg_notify('callback', mobile) FROM customer WHERE customer_id = $1",
    good="SELECT pg_notify('callback', customer_id::text) FROM customer WHERE customer_id = $1",
    check=_check,
)
