"""CQ12: SET ROLE."""

from __future__ import annotations

from collections.abc import Iterator

from pgcustsec.query.report import Report
from pgcustsec.query.rules.looking import settings
from pgcustsec.query.rules.rule import Context, Found, Rule, Severity


def _check(report: Report, context: Context) -> Iterator[Found]:
    for one in settings(report):
        if one.name in ("role", "session_authorization") and one.value not in ("none", ""):
            yield Found(
                f"{one.name} is set: that makes nobody another person",
                "connect as the login that is meant; an application signs a token",
                one.at,
            )


RULE = Rule(
    code="CQ12",
    name="set_role",
    title="SET ROLE",
    severity=Severity.ERROR,
    article="2.3",
    why=(
        "Nobody works under another's name, and the views do not believe it: who asks is whose login it is. In a "
        "migration an administrator says why."
    ),
    bad="SET ROLE wutong_service_agent",
    good="SELECT staff_id, cleared FROM pgcustsec.whoami()",
    check=_check,
)
