"""CQ11: files and programs of the server."""

from __future__ import annotations

from collections.abc import Iterator

from pgcustsec.query.report import Report
from pgcustsec.query.resolve.walk import location
from pgcustsec.query.rules.looking import calls
from pgcustsec.query.rules.rule import Context, Found, Rule, Severity

FUNCTIONS = frozenset(
    "pg_read_file pg_read_binary_file pg_read_file_old pg_ls_dir pg_stat_file pg_file_write pg_execute_server_program"
    " pg_ls_archive_statusdir pg_ls_logdir pg_ls_logicalmapdir pg_ls_logicalsnapdir pg_ls_replslotdir"
    " pg_ls_summariesdir pg_ls_tmpdir pg_ls_waldir"
    " lo_import lo_export lo_get lo_put loread lowrite lo_open lo_from_bytea".split()
)


def _check(report: Report, context: Context) -> Iterator[Found]:
    for fields in report.nodes.get("CopyStmt", ()):
        if "filename" in fields:
            what = "a program" if fields.get("is_program") else "a file"
            yield Found(f"COPY uses {what} of the server", "COPY ... TO STDOUT or FROM STDIN", location(fields))
    for call in calls(report, FUNCTIONS):
        yield Found(f"{call.name}() reads or writes past tables", "leave files to the application", call.at)


RULE = Rule(
    code="CQ11",
    name="server_files",
    title="Files and programs of the server",
    severity=Severity.ERROR,
    article="5.2.1",
    why=(
        "What goes to the server's disk or a program is past every mask and record, and what is read from there "
        "was never asked for. No role of a matrix has the right."
    ),
    bad="COPY (SELECT customer_id FROM customer) TO '/srv/customers.csv'",
    good="COPY (SELECT customer_id FROM customer) TO STDOUT",
    check=_check,
)
