"""CQ21: tier 1 or 2 without a session."""

from __future__ import annotations

from collections.abc import Iterator

from pgcustsec.query.report import Report
from pgcustsec.query.rules.looking import calls_ours, read_columns, settings
from pgcustsec.query.rules.rule import Context, Found, Rule, Severity


def _check(report: Report, context: Context) -> Iterator[Found]:
    """
    Once a script, and only of one that sees to its transactions or openings by itself: other statements, also several
    in a file, are sent by whoever has a session or not.
    """
    found = read_columns(report, 1, 2)
    if not found or any(_begins_session(one) or read_columns(one, 1, 2) for one in context.before):
        return
    if not any(_sees_to_itself(one) for one in context.script):
        return
    at, source = found[0]
    purposes = [purpose.code for purpose in context.matrix.purposes.values() if context.role.name in purpose.roles]
    yield Found(
        f"no session is begun before {source.name} is read",
        f"SELECT pgcustsec.start_session('{purposes[0]}')" if purposes else "a purpose for the role in the matrix",
        at,
        context.role.mark,
    )


def _sees_to_itself(report: Report) -> bool:
    return report.kind == "TransactionStmt" or bool(calls_ours(report, ("open_record", "open_full", "show_record")))


def _begins_session(report: Report) -> bool:
    return bool(calls_ours(report, ("start_session", "register_session"))) or any(
        one.name == "pgcustsec.token" for one in settings(report)
    )


RULE = Rule(
    code="CQ21",
    name="no_session",
    title="Tier 1 or 2 without a session",
    severity=Severity.NOTE,
    article="5.2.4",
    why=(
        "Tier 1 and 2 show in a session with a purpose alone. A script that begins none, and no application that "
        "speaks for somebody, reads NULL and *** in its place."
    ),
    bad="BEGIN; SELECT name FROM customer WHERE customer_id = $1; COMMIT",
    good="SELECT pgcustsec.start_session('selling'); SELECT name FROM customer WHERE customer_id = $1",
    check=_check,
)
