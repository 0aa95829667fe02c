"""CQ14: tier 1 and 2 at another isolation level."""

from __future__ import annotations

from collections.abc import Iterator

from pgcustsec.query.report import Report
from pgcustsec.query.resolve.walk import location
from pgcustsec.query.rules.looking import settings, text
from pgcustsec.query.rules.rule import Context, Found, Rule, Severity

NAMES = frozenset({"transaction_isolation", "default_transaction_isolation"})


def _check(report: Report, context: Context) -> Iterator[Found]:
    set_to = [(one.value, one.at) for one in settings(report) if one.name in NAMES]
    for fields in report.nodes.get("DefElem", ()):
        if fields.get("defname") == "transaction_isolation":
            set_to.append((text(fields["arg"]), location(fields)))
    for level, at in set_to:
        if level and level.lower() != "read committed":
            yield Found(f"at {level.upper()} tier 1 and 2 are refused", "READ COMMITTED, the default", at)


RULE = Rule(
    code="CQ14",
    name="isolation",
    title="Tier 1 and 2 at another isolation level",
    severity=Severity.WARNING,
    article="5.2.4",
    why=(
        "An older snapshot would outlive a suspension or a closed record, so tier 1 and 2 show at READ COMMITTED "
        "only; else the database refuses (CS107)."
    ),
    bad="BEGIN ISOLATION LEVEL REPEATABLE READ",
    good="BEGIN",
    check=_check,
)
