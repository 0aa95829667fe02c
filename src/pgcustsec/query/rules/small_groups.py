"""CQ09: small groups."""

from __future__ import annotations

from collections.abc import Iterator

from pgcustsec.query.report import Report
from pgcustsec.query.resolve.walk import called, location, strings
from pgcustsec.query.rules.looking import Fields, columns, conjuncts, listed, references, text
from pgcustsec.query.rules.records import kept_to_records
from pgcustsec.query.rules.rule import Context, Found, Rule, Severity
from pgcustsec.query.sources import Reach, Source

#: The smallest number of rows of which an average or a count may be told.
LEAST = 5
AGGREGATES = frozenset(
    "count sum avg min max stddev stddev_pop stddev_samp variance var_pop var_samp percentile_cont percentile_disc mode"
    " bool_and bool_or every regr_avgx regr_avgy regr_slope regr_intercept regr_r2 regr_count corr covar_pop covar_samp"
    " bit_and bit_or bit_xor".split()
)


def _check(report: Report, context: Context) -> Iterator[Found]:
    for fields in report.nodes.get("SelectStmt", ()):
        aggregates = [one for clause in CLAUSES for one in _aggregates(report, fields.get(clause))]
        if not aggregates or _has_least(fields.get("havingClause", {})):
            continue
        found = _looked_at(report, aggregates, fields)
        if not found:
            continue
        if sources := [source for source in found if source.table not in kept_to_records(report, context)]:
            yield Found(
                f"a group may be a single customer's: {listed(sources)}",
                f"HAVING count(*) >= {LEAST}",
                aggregates[0]["location"],
                sources[0].mark,
            )


#: Where an aggregate tells of its group: what it is, whether it passes a condition, where it comes in an order.
CLAUSES = ("targetList", "havingClause", "sortClause")


def _looked_at(report: Report, aggregates: list[Fields], select: Fields) -> list[Source]:
    """What of tier 1 and 2 the aggregates are about, or the rows that they count, or the groups."""
    # Groups may be named by their place in the list.
    places = {location(group) for group in select.get("groupClause", [])}
    reaches = [use.reach for use in report.uses if use.where == "group" and use.at in places]
    reaches += [report.reads.get(at, Reach()) for at in references(report, select.get("whereClause"))]
    for aggregate in aggregates:
        # count(c) counts rows, whatever is in them.
        counts = called(aggregate)[1] == "count"
        reads = [report.reads.get(at, Reach()) for at in references(report, aggregate)]
        reaches += [reach for reach in reads if not counts or len(reach.values) == 1]
    return [source for reach in reaches for source in columns(reach, 1, 2) if source.is_customers]


def _aggregates(report: Report, clause: object) -> Iterator[Fields]:
    """The aggregates of a SELECT's own rows: a subquery's are looked at with that."""
    below = report.below(clause)
    within = {id(one) for kind, fields in below if kind == "SubLink" for _, one in report.below(fields)}
    for kind, fields in below:
        if kind == "FuncCall" and called(fields)[1] in AGGREGATES and "over" not in fields and id(fields) not in within:
            yield fields


def _has_least(having: Fields) -> bool:
    """Whether HAVING asks in every case for a number of rows, as count(*) >= n does, of LEAST at least."""
    return any(_least(part["A_Expr"]) >= LEAST for part in conjuncts(having) if "A_Expr" in part)


#: What n is added to for the least number that count(*) > n lets through; and the sign the other way round.
_MORE = {">": 1, ">=": 0, "=": 0, "BETWEEN": 0}
_TURNED = {"<": ">", "<=": ">=", "=": "="}


def _least(fields: Fields) -> int:
    """The least number of rows that a comparison lets through; 0 where it is about something else."""
    sign, left, right = strings(fields["name"])[-1], fields.get("lexpr") or {}, fields.get("rexpr") or {}
    if not _counts(left):
        sign, left, right = _TURNED.get(sign, ""), right, left
    if sign == "BETWEEN":
        right = right["List"]["items"][0]
    number = text(right)
    return int(number) + _MORE[sign] if sign in _MORE and _counts(left) and number and number.isdigit() else 0


def _counts(node: Fields) -> bool:
    return called(node.get("FuncCall", {}))[1] == "count"


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
