"""Whether a statement keeps to one record: keys that it gives, and what it joins with what by them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from pgcustsec.matrix.model import Table
from pgcustsec.query.report import Report
from pgcustsec.query.resolve.walk import strings
from pgcustsec.query.rules.looking import Fields, comparison, is_equality
from pgcustsec.query.rules.rule import Context

Place = tuple[str, str]  # table, column

_CLAUSES = (
    ("SelectStmt", "whereClause"),
    ("UpdateStmt", "whereClause"),
    ("DeleteStmt", "whereClause"),
    ("JoinExpr", "quals"),
    ("MergeStmt", "joinCondition"),
)


class Condition(NamedTuple):
    """A condition that must hold, parted from others at AND, and the node whose clause it is."""

    node: Fields
    of: Fields


def conditions(report: Report) -> Iterator[Condition]:
    """The conditions of WHERE, ON and MERGE."""
    waiting = [
        Condition(fields[clause], fields)
        for kind, clause in _CLAUSES
        for fields in report.nodes.get(kind, ())
        if fields.get(clause)
    ]
    while waiting:
        one = waiting.pop()
        if one.node.get("BoolExpr", {}).get("boolop") == "AND_EXPR":
            waiting += [Condition(part, one.of) for part in one.node["BoolExpr"]["args"]]
        else:
            yield one


class Tie(NamedTuple):
    """That a row of `to` has the value of a row of `by`: where that is of one record, so is this."""

    by: Place
    to: Place


def kept_to_records(report: Report, context: Context) -> set[str]:
    """
    The tables of which the statement reads rows of one record at most, by a key that it gives.

    A record is a row by its whole key, or the rows below one parent. A table that is named twice needs two keys; one
    that is inserted into gives back what was brought.
    """
    if kept_to_records not in report.facts:
        report.facts[kept_to_records] = _kept_to_records(report, context)
    found: set[str] = report.facts[kept_to_records]
    return found


def _kept_to_records(report: Report, context: Context) -> set[str]:
    named: Counter[str] = Counter(one.table for one in report.relations if one.table and one.how != "insert")
    keys: Counter[Place] = Counter()
    ties = list(_using(report, context, list(named)))
    for condition in conditions(report):
        if "A_Expr" in condition.node:
            _look_at(report, condition, keys, ties)
    kept = {one.table for one in report.relations if one.table and one.table not in named}
    while True:
        more = {table for table in named if table not in kept and _is_kept(context.matrix.tables[table], keys, named)}
        if not more:
            return kept
        kept |= more
        for tie in [tie for tie in ties if tie.by[0] in kept and tie.to[0] not in kept]:
            keys[tie.to] += 1
            ties.remove(tie)


def _look_at(report: Report, condition: Condition, keys: Counter[Place], ties: list[Tie]) -> None:
    """Note the key that a condition gives, or what it ties together."""
    fields = condition.node["A_Expr"]
    one = comparison(report, fields)
    if not is_equality(one) or one.kind == "AEXPR_OP_ANY" or not any(one.alone):
        return
    if one.kind == "AEXPR_IN" and len(fields["rexpr"]["List"]["items"]) > 1:
        return
    if one.one_sided:
        # What ON of an outer join asks for leaves the rows of the other side as they are.
        if condition.of.get("jointype", "JOIN_INNER") == "JOIN_INNER":
            keys.update(_places(report, (one.left or one.right)[0]))
    elif all(one.alone):
        here = _tables(report, condition.of)
        for left in _places(report, one.left[0]):
            for right in _places(report, one.right[0]):
                # A subquery is tied to what is around it, not the other way: it may stand in NOT EXISTS.
                ties += [Tie(by, to) for by, to in ((left, right), (right, left)) if to[0] in here]


def _tables(report: Report, fields: Fields) -> set[str | None]:
    """The tables that a SELECT, or a join, lists; of other statements all."""
    lists = [fields[clause] for clause in ("fromClause", "larg", "rarg") if clause in fields]
    listed = {one.get("location") for kind, one in report.below(lists) if kind == "RangeVar"}
    whole = "relation" in fields
    return {one.table for one in report.relations if whole or one.at in listed}


def _places(report: Report, at: int) -> set[Place]:
    reach = report.reads.get(at)
    return {(flow.source.table, flow.source.column) for flow in reach.values} if reach else set()


def _using(report: Report, context: Context, tables: list[str]) -> Iterator[Tie]:
    names = {name for join in report.nodes.get("JoinExpr", ()) for name in strings(join.get("usingClause"))}
    for one in tables:
        for other in tables:
            for name in names:
                both = context.matrix.tables[one], context.matrix.tables[other]
                if one != other and all(name in table.columns for table in both):
                    yield Tie((one, name), (other, name))


def _is_kept(table: Table, keys: Counter[Place], named: Counter[str]) -> bool:
    ways = [table.key, *([table.parent.by] if table.parent else [])]
    return any(all(keys[table.qualified, column] >= named[table.qualified] for column in way) for way in ways)
