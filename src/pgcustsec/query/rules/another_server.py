"""CQ17: another server."""

from __future__ import annotations

from collections.abc import Iterator

from pgcustsec.query.report import Report
from pgcustsec.query.resolve.walk import location
from pgcustsec.query.rules.looking import calls
from pgcustsec.query.rules.rule import Context, Found, Rule, Severity

FUNCTIONS = frozenset(
    "dblink dblink_connect dblink_connect_u dblink_exec dblink_open dblink_fetch dblink_send_query"
    " dblink_get_result".split()
)
STATEMENTS = {
    "CreateForeignServerStmt": "CREATE SERVER",
    "CreateForeignTableStmt": "CREATE FOREIGN TABLE",
    "ImportForeignSchemaStmt": "IMPORT FOREIGN SCHEMA",
    "AlterForeignServerStmt": "ALTER SERVER",
    "CreateUserMappingStmt": "CREATE USER MAPPING",
    "AlterUserMappingStmt": "ALTER USER MAPPING",
    "CreatePublicationStmt": "CREATE PUBLICATION",
    "AlterPublicationStmt": "ALTER PUBLICATION",
    "CreateSubscriptionStmt": "CREATE SUBSCRIPTION",
    "AlterSubscriptionStmt": "ALTER SUBSCRIPTION",
}


def _check(report: Report, context: Context) -> Iterator[Found]:
    for call in calls(report, FUNCTIONS):
        yield Found(f"{call.name}() talks to another server", "leave it to the application, by a request", call.at)
    for kind, called in STATEMENTS.items():
        for fields in report.nodes.get(kind, ()):
            # To take a table out of a publication is right.
            if fields.get("action") != "AP_DropObjects":
                yield Found(f"{called} connects tables with another server", INSTEAD, location(fields))
    for fields in report.nodes.get("CreateExtensionStmt", ()):
        if fields["extname"] in EXTENSIONS:
            yield Found(f"extension {fields['extname']} connects this server with others", INSTEAD, report.at)


EXTENSIONS = frozenset({"dblink", "postgres_fdw", "file_fdw"})
INSTEAD = "an extract, on request"


RULE = Rule(
    code="CQ17",
    name="another_server",
    title="Another server",
    severity=Severity.ERROR,
    article="5.2.1",
    why=(
        "dblink, foreign tables and publications pass customer information on: over there no mask, scope or "
        "record of access holds."
    ),
    bad="SELECT * FROM dblink('host=elsewhere', 'SELECT 1') AS t(n int)",
    good="SELECT customer_id FROM customer WHERE customer_id = $1",
    check=_check,
)
