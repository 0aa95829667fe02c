"""CQ44: a token that outlives its transaction."""

from __future__ import annotations

from collections.abc import Iterator

from pgcustsec.query.report import Report
from pgcustsec.query.rules.looking import settings
from pgcustsec.query.rules.rule import Context, Found, Rule, Severity


def _check(report: Report, context: Context) -> Iterator[Found]:
    for one in settings(report):
        # SET takes no parameter: what it is given is written out. An empty one takes the token away.
        if one.name != "pgcustsec.token" or one.value == "":
            continue
        if not one.local:
            yield Found("pgcustsec.token is set for the connection", INSTEAD, one.at)
        elif one.value is not None:
            yield Found("a token is written out in a statement", INSTEAD, one.at)


INSTEAD = "SELECT set_config('pgcustsec.token', $1, true), with a parameter; pgcustsec.client does it"


RULE = Rule(
    code="CQ44",
    name="token_kept",
    title="A token that outlives its transaction",
    severity=Severity.ERROR,
    article="2.3",
    why=(
        "A token says who speaks. Set for the connection it is there for the next person who gets that "
        "connection; written into a statement it is in the log, for whoever reads that."
    ),
    bad="SELECT set_config('pgcustsec.token', $1, false)",
    good="SELECT set_config('pgcustsec.token', $1, true)",
    check=_check,
)
