"""CQ08: SELECT * over tier 1 or 2."""

from __future__ import annotations

from collections.abc import Iterator

from pgcustsec.query.report import Report
from pgcustsec.query.rules.looking import Fields, listed, references
from pgcustsec.query.rules.rule import Context, Found, Rule, Severity
from pgcustsec.query.sources import Reach


def _check(report: Report, context: Context) -> Iterator[Found]:
    unread = _within_exists(report)
    for fields in report.nodes.get("ResTarget", ()):
        at = _star(fields.get("val", {}))
        if at is None or at in unread:
            continue
        # What a CTE or a subquery lists by name is not the star's doing.
        flows = [flow for flow in report.reads.get(at, Reach()).values if len(flow.path) == 1]
        sources = sorted({flow.source for flow in flows if flow.source.is_customers}, key=lambda one: one.mark.line)
        if sources:
            yield Found(
                f"a star takes tier 1 or 2: {listed(sources)}", "the columns that the work needs", at, sources[0].mark
            )


def _star(value: Fields) -> int | None:
    fields = value.get("ColumnRef") or value.get("A_Indirection", {}).get("arg", {}).get("ColumnRef")
    last = value.get("A_Indirection", {}).get("indirection") or (fields or {}).get("fields", [])
    return fields["location"] if fields and last and "A_Star" in last[-1] else None


def _within_exists(report: Report) -> set[int]:
    """Of EXISTS (SELECT * ...) no column is read."""
    exists = [one for one in report.nodes.get("SubLink", ()) if one["subLinkType"] == "EXISTS_SUBLINK"]
    return {at for one in exists for at in references(report, one["subselect"].get("SelectStmt", {}).get("targetList"))}


RULE = Rule(
    code="CQ08",
    name="select_star",
    title="SELECT * over tier 1 or 2",
    severity=Severity.WARNING,
    article="5.3",
    why=(
        "A star takes every column that the matrix has today, and those that it gets tomorrow, whether or not the "
        "work needs them."
    ),
    bad="SELECT * FROM customer WHERE customer_id = $1",
    good="SELECT customer_id, name, status FROM customer WHERE customer_id = $1",
    check=_check,
)
