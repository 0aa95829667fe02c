"""CQ13: a setting that guards is turned."""

from __future__ import annotations

from collections.abc import Iterator

from pgcustsec.query.report import Report
from pgcustsec.query.rules.looking import settings
from pgcustsec.query.rules.rule import Context, Found, Rule, Severity

#: Setting -> its guarding value, and what the other one does.
GUARDING = {
    "row_security": ("on", "makes every query that a policy narrows an error"),
    "session_replication_role": ("origin", "keeps triggers from firing"),
    "synchronous_commit": ("on", "may lose the record of what was shown, in a crash"),
    "track_activities": ("on", "hides what runs from who supervises"),
    "standard_conforming_strings": ("on", "reads backslashes in texts as something else"),
    "transform_null_equals": ("off", "reads = NULL as IS NULL"),
}
#: What guards as well, or better.
STRICTER = frozenset({("synchronous_commit", "remote_apply")})
ON = frozenset({"on", "true", "t", "yes", "1"})
OFF = frozenset({"off", "false", "f", "no", "0"})


def _check(report: Report, context: Context) -> Iterator[Found]:
    for one in settings(report):
        if one.name in GUARDING:
            right, does = GUARDING[one.name]
            if _plain(one.value) != right and (one.name, one.value) not in STRICTER:
                yield Found(f"{one.name} other than {right} {does}", f"leave {one.name} as it is", one.at)


def _plain(value: str | None) -> str | None:
    low = value.lower() if value else None
    return "on" if low in ON else "off" if low in OFF else low


RULE = Rule(
    code="CQ13",
    name="guarding_setting",
    title="A setting that guards is turned",
    severity=Severity.ERROR,
    article="5.2.4",
    why=(
        "These settings keep row security an error instead of an omission, triggers firing, the record of access "
        "on disk, or statements readable as they were written."
    ),
    bad="SET row_security = off",
    good="SET statement_timeout = '10s'",
    check=_check,
)
