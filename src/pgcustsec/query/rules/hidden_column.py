"""CQ25: a column that never shows."""

from __future__ import annotations

from collections.abc import Iterator

from pgcustsec.query.report import Report
from pgcustsec.query.rules.rule import Context, Found, Rule, Severity
from pgcustsec.query.sources import Source


def _check(report: Report, context: Context) -> Iterator[Found]:
    said: set[Source] = set()
    for at, reach in sorted(report.reads.items()):
        # A star names none of them.
        hidden = {flow.source for flow in reach.values if flow.source.shown == "never"}
        if len(hidden) == 1 and len(reach.values) == 1 and not hidden <= said:
            said |= hidden
            source = hidden.pop()
            yield Found(
                f"{source.name} shows to {context.role.name} as *** or NULL alone",
                "leave it out; what the work needs is requested",
                at,
                source.mark,
            )


RULE = Rule(
    code="CQ25",
    name="hidden_column",
    title="A column that never shows",
    severity=Severity.NOTE,
    article="5.2.5",
    why=(
        "The role sees *** or NULL in every row of it, whatever is stored. That the column is there keeps one "
        "text for all roles; the work of this one does not need it."
    ),
    bad="SELECT policy_id, payer_account FROM policy WHERE policy_id = $1",
    good="SELECT policy_id, product FROM policy WHERE policy_id = $1",
    check=_check,
)
