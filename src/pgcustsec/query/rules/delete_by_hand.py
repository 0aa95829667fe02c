"""CQ41: customers deleted without a key."""

from __future__ import annotations

from collections.abc import Iterator

from pgcustsec.query.report import Report
from pgcustsec.query.resolve.walk import location, strings
from pgcustsec.query.rules.looking import matrix_table
from pgcustsec.query.rules.records import kept_to_records
from pgcustsec.query.rules.rule import Context, Found, Rule, Severity


def _check(report: Report, context: Context) -> Iterator[Found]:
    instead = "leave it to its term (pgcustsec retention run), or file an erasure"
    for named in report.relations:
        if named.how == "delete" and named.table and named.table not in kept_to_records(report, context):
            yield Found(
                f"rows of {named.name} are deleted without a key",
                instead,
                named.at,
                context.matrix.tables[named.table].mark,
            )
    for name, at in _merged_away(report):
        if name not in kept_to_records(report, context):
            yield Found(f"rows of {name} are deleted without a key", instead, at, context.matrix.tables[name].mark)
    for name, at in _dropped(report, context):
        yield Found(f"{name} is dropped with all that is in it", instead, at)
    for fields in report.nodes.get("TruncateStmt", ()):
        for relation in (one["RangeVar"] for one in fields["relations"]):
            if table := matrix_table(context, relation.get("schemaname"), relation["relname"]):
                yield Found(f"{table.qualified} is emptied by hand", instead, location(relation), table.mark)


def _merged_away(report: Report) -> Iterator[tuple[str, int]]:
    """The tables of which MERGE deletes rows."""
    targets = {
        fields["relation"]["location"]
        for fields in report.nodes.get("MergeStmt", ())
        if any(one["MergeWhenClause"]["commandType"] == "CMD_DELETE" for one in fields["mergeWhenClauses"])
    }
    yield from ((one.table, one.at) for one in report.relations if one.table and one.at in targets)


def _dropped(report: Report, context: Context) -> Iterator[tuple[str, int]]:
    schemas = {table.schema for table in context.matrix.tables.values()}
    for fields in report.nodes.get("DropStmt", ()):
        for one in fields["objects"]:
            names = strings(one.get("List", {}).get("items", [one]))
            if fields["removeType"] == "OBJECT_TABLE" and ".".join(names[-2:]) in context.matrix.tables:
                yield ".".join(names[-2:]), report.at
            elif fields["removeType"] == "OBJECT_SCHEMA" and names[0] in schemas:
                yield f"schema {names[0]}", report.at


RULE = Rule(
    code="CQ41",
    name="delete_by_hand",
    title="Customers deleted without a key",
    severity=Severity.WARNING,
    article="4.3",
    why=(
        "Destruction is at a term, with a certificate, and never of what is held. DELETE over many rows, "
        "TRUNCATE and DROP are none of that."
    ),
    bad="DELETE FROM customer WHERE status = 'lost'",
    good="SELECT customer_id FROM customer WHERE status = 'lost'",
    check=_check,
)
