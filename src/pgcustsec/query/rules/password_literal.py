"""CQ43: a password in a statement."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pgcustsec.query.report import Report
from pgcustsec.query.resolve.walk import called, location, strings
from pgcustsec.query.rules.looking import text
from pgcustsec.query.rules.rule import Context, Found, Rule, Severity


def _check(report: Report, context: Context) -> Iterator[Found]:
    for kind, instead in OPTIONS.items():
        for fields in report.nodes.get(kind, ()):
            for option in (one["DefElem"] for one in fields.get("options", ())):
                given = strings([option.get("arg", {})])
                if option["defname"] == "password" and given and not given[0].startswith("SCRAM-SHA-256$"):
                    yield Found("a password stands in the statement", instead, location(fields))
    for kind in ("CreateSubscriptionStmt", "AlterSubscriptionStmt"):
        for fields in report.nodes.get(kind, ()):
            if PASSWORD.search(fields.get("conninfo", "")):
                yield Found("a password stands in the connection string", FILE, report.at)
    for fields in report.nodes.get("FuncCall", ()):
        if called(fields)[1].startswith("dblink") and any(
            PASSWORD.search(text(one) or "") for one in fields.get("args", ())
        ):
            yield Found("a password stands in the connection string", FILE, location(fields))


FILE = "a service file or password file, which the server reads"
OPTIONS = {
    **dict.fromkeys(("CreateRoleStmt", "AlterRoleStmt"), r"\password in psql, which sends its digest"),
    **dict.fromkeys(("CreateUserMappingStmt", "AlterUserMappingStmt"), FILE),
}
#: In a connection string of either form.
PASSWORD = re.compile(r"\bpassword\s*=|://[^/@\s]*:[^/@\s]*@", re.IGNORECASE)


RULE = Rule(
    code="CQ43",
    name="password_literal",
    title="A password in a statement",
    severity=Severity.ERROR,
    article="2.2",
    why=(
        "The statement is in the log and in pg_stat_activity, and the password with it. Whoever reads it enters "
        "as that person."
    ),
    bad="ALTER ROLE wutong_li_na PASSWORD 'spring-2026'",
    good="ALTER ROLE wutong_li_na VALID UNTIL '2026-12-31'",
    check=_check,
)
