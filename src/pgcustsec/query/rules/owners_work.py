"""CQ47: work of owners and administrators."""

from __future__ import annotations

from collections.abc import Iterator

from pgcustsec.query.report import Report
from pgcustsec.query.resolve.utility import OWNERS_ONLY
from pgcustsec.query.rules.rule import Context, Found, Rule, Severity

#: Statements with verdicts of their own that are owners' work as well.
MORE = frozenset({"ViewStmt", "CreateStmt"})


def is_owners(report: Report) -> bool:
    """Whether it is a statement that only an owner or an administrator may run."""
    fields = report.tree.get(report.kind, {})
    if report.kind == "CreateStmt":
        return bool(fields["relation"].get("relpersistence") != "t")
    return report.kind in OWNERS_ONLY or report.kind in MORE or fields.get("objtype") == "OBJECT_MATVIEW"


def _check(report: Report, context: Context) -> Iterator[Found]:
    if is_owners(report) and report.faults:
        yield Found(
            f"{context.role.name} may not run it", "a migration, reviewed and run by an administrator", report.at
        )


RULE = Rule(
    code="CQ47",
    name="owners_work",
    title="Work of owners and administrators",
    severity=Severity.NOTE,
    article="5.3",
    why=(
        "No role of the matrix has the right to it; a migration, run by an administrator, has. Rules look at it "
        "all the same."
    ),
    bad="CREATE INDEX ON crm.customer (status)",
    good="SELECT customer_id FROM customer WHERE customer_id = $1",
    check=_check,
)
