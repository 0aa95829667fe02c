"""CQ50: a login or role that stands above row security."""

from __future__ import annotations

from collections.abc import Iterator

from pgcustsec.query.report import Report
from pgcustsec.query.rules.looking import memberships
from pgcustsec.query.rules.rule import Context, Found, Rule, Severity

#: Attribute in the grammar -> in SQL.
BEYOND = {"superuser": "SUPERUSER", "bypassrls": "BYPASSRLS", "isreplication": "REPLICATION"}


def _check(report: Report, context: Context) -> Iterator[Found]:
    for kind in ("CreateRoleStmt", "AlterRoleStmt"):
        for fields in report.nodes.get(kind, ()):
            for option in (one["DefElem"] for one in fields.get("options", ())):
                if option["defname"] in BEYOND and option["arg"]["Boolean"].get("boolval"):
                    yield Found(
                        f"{BEYOND[option['defname']]} is past every policy and every mask",
                        INSTEAD,
                        option["location"],
                    )
    for name, at, _ in memberships(report):
        if name in PREDEFINED:
            yield Found(f"{name} reads or writes past the matrix", INSTEAD, at)


INSTEAD = "NOSUPERUSER NOBYPASSRLS NOREPLICATION, and a role of the matrix: pgcustsec staff move --role"
#: PostgreSQL's own roles that reach every table, or the server's files and programs.
PREDEFINED = frozenset(
    "pg_read_all_data pg_write_all_data pg_read_server_files pg_write_server_files pg_execute_server_program".split()
)


RULE = Rule(
    code="CQ50",
    name="role_beyond",
    title="A role above row security",
    severity=Severity.ERROR,
    article="5.3",
    why=(
        "A superuser, a role with BYPASSRLS, and one that replicates read every row as it is stored, and are asked for "
        "no session; pg_read_all_data and its like read every table. None of them is anybody's daily work."
    ),
    bad="ALTER ROLE wutong_li_na BYPASSRLS",
    good="ALTER ROLE wutong_li_na NOBYPASSRLS",
    check=_check,
)
