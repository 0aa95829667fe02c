"""CQ41: customers deleted without a key."""

from __future__ import annotations

from collections.abc import Iterator

from pgcustsec.query.report import Report
from pgcustsec.query.resolve.walk import location
from pgcustsec.query.rules.looking import matrix_table
from pgcustsec.query.rules.records import kept_to_records
from pgcustsec.query.rules.rule import Context, Found, Rule, Severity


def _check(report: Report, context: Context) -> Iterator[Found]:
    instead = "leave it to its term (pgcustsec retention run), or file an erasure"
    kept: set[str] | None = None
    for named in report.relations:
        if named.how == "delete" and named.table:
            kept = kept_to_records(report, context) if kept is None else kept
            if named.table not in kept:
                yield Found(
                    f"rows of {named.name} are deleted without a key",
                    instead,
                    named.at,
                    context.matrix.tables[named.table].mark,
                )
    for fields in report.nodes.get("TruncateStmt", ()):
        for relation in (one["RangeVar"] for one in fields["relations"]):
            if table := matrix_table(context, relation.get("schemaname"), relation["relname"]):
                yield Found(f"{table.qualified} is emptied by hand", instead, location(relation), table.mark)


RULE = Rule(
    code="CQ41",
    name="delete_by_hand",
    title="Customers deleted without a key",
    severity=Severity.WARNING,
    article="4.3",
    why=(
        "Destruction is at a term, with a certificate, and never of what is held. DELETE over many rows, and "
        "TRUNCATE, are none of that."
    ),
    bad="DELETE FROM customer WHERE status = 'lost'",
    good="SELECT customer_id FROM customer WHERE status = 'lost'",
    check=_check,
)
