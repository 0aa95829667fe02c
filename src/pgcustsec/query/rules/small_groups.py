"""CQ09: small groups."""

from __future__ import annotations

from collections.abc import Iterator

from pgcustsec.query.report import Report
from pgcustsec.query.resolve.walk import called, location, strings
from pgcustsec.query.rules.looking import Fields, columns, listed, references, text
from pgcustsec.query.rules.records import kept_to_records
from pgcustsec.query.rules.rule import Context, Found, Rule, Severity
from pgcustsec.query.sources import Reach, Source

#: The smallest number of rows of which an average or a count may be told.
LEAST = 5
AGGREGATES = frozenset(
    "count sum avg min max stddev stddev_pop stddev_samp variance var_pop var_samp percentile_cont percentile_disc mode"
    " bool_and bool_or every".split()
)


def _check(report: Report, context: Context) -> Iterator[Found]:
    kept: set[str] | None = None
    for fields in report.nodes.get("SelectStmt", ()):
        aggregates = list(_aggregates(report, fields.get("targetList")))
        if not aggregates or _has_least(report, fields.get("havingClause")):
            continue
        found = _looked_at(report, aggregates, fields.get("groupClause", []))
        if not found:
            continue
        kept = kept_to_records(report, context) if kept is None else kept
        if sources := [source for source in found if source.table not in kept]:
            yield Found(
                f"a group may be a single customer's: {listed(sources)}",
                f"HAVING count(*) >= {LEAST}",
                aggregates[0]["location"],
                sources[0].mark,
            )


def _looked_at(report: Report, aggregates: list[Fields], groups: list[Fields]) -> list[Source]:
    """What of tier 1 and 2 the aggregates are about, or the groups, which may be named by their place."""
    places = {location(group) for group in groups}
    reaches = [use.reach for use in report.uses if use.where == "group" and use.at in places]
    for aggregate in aggregates:
        # count(c) counts rows, whatever is in them.
        counts = called(aggregate)[1] == "count"
        reads = [report.reads.get(at, Reach()) for at in references(report, aggregate)]
        reaches += [reach for reach in reads if not counts or len(reach.values) == 1]
    return [source for reach in reaches for source in columns(reach, 1, 2) if source.is_customers]


def _aggregates(report: Report, targets: object) -> Iterator[Fields]:
    for kind, fields in report.below(targets):
        if kind == "FuncCall" and called(fields)[1] in AGGREGATES and "over" not in fields:
            yield fields


def _has_least(report: Report, having: object) -> bool:
    """Whether HAVING asks for a number of rows, count(*) >= n, of LEAST at least."""
    for kind, fields in report.below(having):
        if kind == "A_Expr" and strings(fields["name"]) in ([">"], [">="]):
            number = text(fields["rexpr"])
            counted = called(fields["lexpr"].get("FuncCall", {}))[1] == "count"
            if counted and number and number.isdigit():
                return int(number) + (strings(fields["name"]) == [">"]) >= LEAST
    return False


RULE = Rule(
    code="CQ09",
    name="small_groups",
    title="Small groups",
    severity=Severity.WARNING,
    article="5.2.2",
    why=(
        "An average over one customer is that customer's value, a count of one says who it is. Groups over tier 1 "
        "or 2 that go to others have a least size."
    ),
    bad="SELECT branch_code, avg(annual_income) FROM customer GROUP BY branch_code",
    good="SELECT branch_code, avg(annual_income) FROM customer GROUP BY branch_code HAVING count(*) >= 5",
    check=_check,
    role="sales_manager",
)
