"""CQ43: a password in a statement."""

from __future__ import annotations

from collections.abc import Iterator

from pgcustsec.query.report import Report
from pgcustsec.query.resolve.walk import location, strings
from pgcustsec.query.rules.rule import Context, Found, Rule, Severity


def _check(report: Report, context: Context) -> Iterator[Found]:
    for kind in ("CreateRoleStmt", "AlterRoleStmt", "CreateUserMappingStmt", "AlterUserMappingStmt"):
        for fields in report.nodes.get(kind, ()):
            for option in (one["DefElem"] for one in fields.get("options", ())):
                given = strings([option.get("arg", {})])
                if option["defname"] == "password" and given and not given[0].startswith("SCRAM-SHA-256$"):
                    yield Found(
                        "a password stands in the statement",
                        r"\password in psql, which sends its digest; or pgcustsec staff password",
                        location(fields),
                    )


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
