"""CQ34: many customers locked."""

from __future__ import annotations

from collections.abc import Iterator

from pgcustsec.query.report import Named, Report
from pgcustsec.query.rules.records import kept_to_records
from pgcustsec.query.rules.rule import Context, Found, Rule, Severity


def _check(report: Report, context: Context) -> Iterator[Found]:
    kept: set[str] | None = None
    for fields in report.nodes.get("SelectStmt", ()):
        if "lockingClause" not in fields:
            continue
        kept = kept_to_records(report, context) if kept is None else kept
        for named in report.relations:
            if named.table and named.how == "read" and named.table not in kept:
                yield _found(named, context)
    for named in report.relations:
        if named.table and named.how == "locked":
            yield _found(named, context)


def _found(named: Named, context: Context) -> Found:
    table = context.matrix.tables[str(named.table)]
    instead = f"a condition on the key ({', '.join(table.key)}), or no lock"
    return Found(f"rows of {named.name} are locked without a key", instead, named.at, table.mark)


RULE = Rule(
    code="CQ34",
    name="lock_many",
    title="Many customers locked",
    severity=Severity.WARNING,
    article="4.3",
    why=(
        "A row that is locked is not swept at its term, and whoever is to write it waits. FOR UPDATE is for the record "
        "that is to be written."
    ),
    bad="SELECT customer_id FROM customer WHERE status = 'prospect' FOR UPDATE",
    good="SELECT customer_id FROM customer WHERE customer_id = $1 FOR UPDATE",
    check=_check,
)
