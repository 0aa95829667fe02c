"""CQ34: many customers locked."""

from __future__ import annotations

from collections.abc import Iterator

from pgcustsec.query.report import Report
from pgcustsec.query.rules.looking import Fields
from pgcustsec.query.rules.records import kept_to_records
from pgcustsec.query.rules.rule import Context, Found, Rule, Severity


def _check(report: Report, context: Context) -> Iterator[Found]:
    for fields in report.nodes.get("SelectStmt", ()):
        if "lockingClause" not in fields:
            continue
        places = set(_locked(report, fields))
        for named in report.relations:
            if named.table and named.at in places and named.table not in kept_to_records(report, context):
                table = context.matrix.tables[named.table]
                instead = f"a condition on the key ({', '.join(table.key)}), or no lock"
                yield Found(f"rows of {named.name} are locked without a key", instead, named.at, table.mark)
    for named in report.relations:
        if named.table and named.how == "locked":
            instead = "SELECT ... FOR UPDATE of the record that is to be written, by its key"
            yield Found(f"{named.name} is locked whole", instead, named.at, context.matrix.tables[named.table].mark)


def _locked(report: Report, select: Fields) -> Iterator[int]:
    """The places of the relations whose rows a SELECT locks: all of its FROM, or those that OF names."""
    clauses = [one["LockingClause"].get("lockedRels") for one in select["lockingClause"]]
    only = None if None in clauses else {one["RangeVar"]["relname"] for rels in clauses for one in rels or ()}
    for part in select.get("fromClause", ()):
        for kind, fields in report.below(part):
            label = fields.get("alias", {}).get("aliasname", fields.get("relname"))
            if kind == "RangeVar" and (only is None or label in only):
                yield fields["location"]
            elif kind == "RangeSubselect" and only is not None and label in only:
                yield from (one["location"] for below, one in report.below(fields) if below == "RangeVar")


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
