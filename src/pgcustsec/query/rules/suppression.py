"""CQ90: a suppression that is not in order."""

from __future__ import annotations

from collections.abc import Iterator

from pgcustsec.query.report import Report
from pgcustsec.query.rules.rule import Context, Found, Rule, Severity


def _check(report: Report, context: Context) -> Iterator[Found]:
    """Nothing: what is suppressed is known once every rule has looked. See `pgcustsec.query.suppress`."""
    yield from ()


RULE = Rule(
    code="CQ90",
    name="suppression",
    title="A suppression that is not in order",
    severity=Severity.WARNING,
    article="5.2.5",
    why=(
        "A finding that stays is somebody's decision, and the next reader must know why: -- pgcustsec: allow CQ09 "
        "because ..., on a line before the statement or at the end of one of its lines. One that finds nothing "
        "any more hides the next."
    ),
    bad=(
        "SELECT customer_id FROM customer WHERE customer_id = $1 -- pgcustsec: allow CQ01 because it once read mobile"
    ),
    good=(
        "SELECT customer_id, birth_date, health FROM customer -- pgcustsec: allow CQ24 because the list marks who "
        "is served"
    ),
    check=_check,
)
