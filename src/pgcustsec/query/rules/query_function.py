"""CQ16: a function that runs a query."""

from __future__ import annotations

from collections.abc import Iterator

from pgcustsec.query.report import Report
from pgcustsec.query.rules.looking import calls
from pgcustsec.query.rules.rule import Context, Found, Rule, Severity

FUNCTIONS = frozenset(
    "query_to_xml query_to_xmlschema query_to_xml_and_xmlschema table_to_xml table_to_xmlschema"
    " table_to_xml_and_xmlschema schema_to_xml schema_to_xmlschema schema_to_xml_and_xmlschema database_to_xml"
    " database_to_xmlschema database_to_xml_and_xmlschema cursor_to_xml cursor_to_xmlschema ts_stat ts_rewrite crosstab"
    " crosstabn connectby pg_logical_slot_get_changes pg_logical_slot_peek_changes pg_logical_slot_get_binary_changes"
    " pg_logical_slot_peek_binary_changes xpath_table".split()
)


def _check(report: Report, context: Context) -> Iterator[Found]:
    for call in calls(report, FUNCTIONS):
        yield Found(f"{call.name}() reads what a text names", "the query itself, its columns by name", call.at)


RULE = Rule(
    code="CQ16",
    name="query_function",
    title="A function that runs a query",
    severity=Severity.ERROR,
    article="5.2.5",
    why=(
        "query_to_xml and its relatives take a statement or a table as a text: no tree has it, and what comes out "
        "is in no column that has a tier."
    ),
    bad="SELECT query_to_xml('SELECT name FROM customer', true, false, '')",
    good="SELECT customer_id, status FROM customer WHERE customer_id = $1",
    check=_check,
)
