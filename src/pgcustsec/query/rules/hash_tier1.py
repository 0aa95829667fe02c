"""CQ45: a hash of tier 1."""

from __future__ import annotations

from collections.abc import Iterator

from pgcustsec.query.report import Report
from pgcustsec.query.rules.looking import HASHING, columns, listed
from pgcustsec.query.rules.rule import Context, Found, Rule, Severity


def _check(report: Report, context: Context) -> Iterator[Found]:
    for call in report.calls:
        if call.name in HASHING:
            found = columns(call.arguments, 1, 2)
            if sources := [source for source in found if source.tier == 1 or source.kind == "name"]:
                yield Found(
                    f"{call.name}() without a key over {listed(sources)}",
                    "the customer's key, or pgcustsec.find()",
                    call.at,
                    sources[0].mark,
                )


RULE = Rule(
    code="CQ45",
    name="hash_tier1",
    title="A hash of tier 1",
    severity=Severity.WARNING,
    article="5.2.1",
    why=(
        "Ten thousand tries undo a hash of a phone number that is known by its mask. Only a keyed digest, such as "
        "the blind index of find(), hides what it is of."
    ),
    bad="SELECT md5(mobile) FROM customer WHERE customer_id = $1",
    good="SELECT pgcustsec.find('customer', 'mobile', $1)",
    check=_check,
)
