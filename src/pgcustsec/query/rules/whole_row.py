"""CQ38: a whole row as one value."""

from __future__ import annotations

from collections.abc import Iterator

from pgcustsec.query.report import Report
from pgcustsec.query.resolve.walk import called, strings
from pgcustsec.query.rules.looking import Fields, references
from pgcustsec.query.rules.rule import Context, Found, Rule, Severity
from pgcustsec.query.sources import Reach

COUNTING = frozenset({"count", "num_nulls", "num_nonnulls"})


def _check(report: Report, context: Context) -> Iterator[Found]:
    passed = _lists(report) | _counted(report)
    for fields in report.nodes.get("ColumnRef", ()):
        at = fields["location"]
        if at in passed:
            continue
        # What a CTE or a subquery lists by name is no whole row. A function may be written behind one: c.to_json.
        read = report.reads.get(at, Reach()).values
        if len(read) < 2:
            continue
        flows = [flow for flow in read if all(step.endswith("()") for step in flow.path[:-1])]
        sources = sorted({flow.source for flow in flows if flow.source.is_customers}, key=lambda one: one.mark.line)
        if len(flows) > 1 and sources and _is_row(fields, {flow.source.column for flow in flows}):
            yield Found(
                f"a whole row of {sources[0].table} as one value",
                "json_build_object() or a list of the columns that the work needs",
                at,
                sources[0].mark,
            )


def _is_row(fields: Fields, names: set[str]) -> bool:
    last = fields["fields"][-1]
    return "A_Star" in last or strings([last])[0] not in names


def _lists(report: Report) -> set[int]:
    """Stars in a list of columns, which have a rule of their own, and in EXISTS, which reads none."""
    values = [fields.get("val", {}) for fields in report.nodes.get("ResTarget", ())]
    lists = [value["ColumnRef"] for value in values if "ColumnRef" in value]
    return {one["location"] for one in lists if "A_Star" in one["fields"][-1]}


def _counted(report: Report) -> set[int]:
    calls = [one for one in report.nodes.get("FuncCall", ()) if called(one)[1] in COUNTING]
    tests = report.nodes.get("NullTest", ())
    return {at for one in (*calls, *tests) for at in references(report, one)}


RULE = Rule(
    code="CQ38",
    name="whole_row",
    title="A whole row as one value",
    severity=Severity.WARNING,
    article="5.3",
    why=(
        "row_to_json(c), ROW(c.*) or c alone is every column of the row, those of tier 1 too, in a value that has "
        "no columns any more, and whatever the matrix adds to the view comes with it."
    ),
    bad="SELECT row_to_json(c) FROM customer AS c WHERE customer_id = $1",
    good="SELECT json_build_object('id', c.customer_id, 'status', c.status) FROM customer AS c WHERE customer_id = $1",
    check=_check,
)
