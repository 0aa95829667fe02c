"""Whether a statement keeps to one record: keys that it gives, and what it joins with what by them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import product
from typing import NamedTuple

from pgcustsec.matrix.model import Table
from pgcustsec.query.report import Report
from pgcustsec.query.resolve.walk import strings
from pgcustsec.query.rules.looking import Fields, comparison, conjuncts, is_column, is_equality, references
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
    for kind, clause in _CLAUSES:
        for fields in report.nodes.get(kind, ()):
            yield from (Condition(part, fields) for part in conjuncts(fields.get(clause, {})))


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
    ties = list(_using(report, context))
    for condition in conditions(report):
        if "A_Expr" in condition.node:
            _look_at(report, condition, keys, ties)
        elif "SubLink" in condition.node:
            ties += _within(report, condition.node["SubLink"], condition)
        elif "CurrentOfExpr" in condition.node:
            # It says where a cursor stands: one row of what is written.
            for table in _tables(report, condition.of):
                keys.update((table, column) for column in context.matrix.tables[table].key)
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
    here = _tables(report, condition.of)
    if one.one_sided:
        # What ON of an outer join asks for leaves the rows of the other side as they are; and what a subquery asks of
        # what is around it may stand in NOT EXISTS.
        if condition.of.get("jointype", _INNER) == _INNER:
            keys.update(place for place in _places(report, (one.left or one.right)[0]) if place[0] in here)
    elif all(one.alone):
        for left in _places(report, one.left[0]):
            for right in _places(report, one.right[0]):
                ties += [Tie(by, to) for by, to in ((left, right), (right, left)) if to[0] in here]
    else:
        for side, other in (("lexpr", "rexpr"), ("rexpr", "lexpr")):
            ties += _within(report, fields[side].get("SubLink", {}), condition, fields[other])


def _within(report: Report, subquery: Fields, condition: Condition, column: Fields | None = None) -> list[Tie]:
    """The tie of `column = (SELECT one ...)`, and of `column IN (SELECT one ...)`, to that one."""
    if column is None and subquery.get("operName"):
        return []
    column = column or subquery.get("testexpr") or {}
    targets = subquery.get("subselect", {}).get("SelectStmt", {}).get("targetList", [])
    value = targets[0]["ResTarget"].get("val", {}) if len(targets) == 1 else {}
    if not (is_column(column) and is_column(value)):
        return []
    here = _tables(report, condition.of)
    by, to = (_places(report, references(report, side)[0]) for side in (value, column))
    return [Tie(one, other) for one in by for other in to if other[0] in here]


_INNER = "JOIN_INNER"
#: The sides of which a join may leave rows out: of an outer join those that it fills up with NULL.
_NARROWED = {_INNER: ("larg", "rarg"), "JOIN_LEFT": ("rarg",), "JOIN_RIGHT": ("larg",), "JOIN_FULL": ()}


def _tables(report: Report, fields: Fields) -> set[str]:
    """The tables that a SELECT lists, or of which a join leaves out rows; of other statements all."""
    key = _tables, id(fields)
    if key not in report.facts:
        report.facts[key] = _tables_of_clause(report, fields)
    known: set[str] = report.facts[key]
    return known


def _tables_of_clause(report: Report, fields: Fields) -> set[str]:
    if "relation" in fields:
        return {one.table for one in report.relations if one.table}
    kind = _INNER if _is_inner(report, fields) else fields.get("jointype", _INNER)
    clauses = _NARROWED[kind] if "larg" in fields else ("fromClause",)
    return tables_below(report, [fields[clause] for clause in clauses if clause in fields])


def _is_inner(report: Report, join: Fields) -> bool:
    """Whether WHERE asks for a value of the side that an outer join fills up with NULL: so no such row is left."""
    side = {"JOIN_LEFT": "rarg", "JOIN_RIGHT": "larg"}.get(join.get("jointype", ""))
    filled = tables_below(report, [join[side]]) if side else set()
    for select in _around(report).get(id(join), ()) if filled else ():
        parts = (part["A_Expr"] for part in conjuncts(select.get("whereClause", {})) if "A_Expr" in part)
        asked = (place for part in parts for place in _given(report, part))
        if any(table in filled for table, _ in asked):
            return True
    return False


def _around(report: Report) -> dict[int, list[Fields]]:
    """By the identity of each join the SELECTs in whose FROM it stands."""
    if _around not in report.facts:
        found: dict[int, list[Fields]] = {}
        for select in report.nodes.get("SelectStmt", ()):
            for kind, one in report.below(select.get("fromClause", [])):
                if kind == "JoinExpr":
                    found.setdefault(id(one), []).append(select)
        report.facts[_around] = found
    known: dict[int, list[Fields]] = report.facts[_around]
    return known


def _given(report: Report, fields: Fields) -> set[Place]:
    """The columns, if it is one, that an equality asks for a value that the statement brings."""
    one = comparison(report, fields)
    given = is_equality(one) and one.one_sided and any(one.alone)
    return _places(report, (one.left or one.right)[0]) if given else set()


def tables_below(report: Report, trees: list[Fields]) -> set[str]:
    """The tables of the matrix that parts of FROM name, also by way of WITH."""
    return tables_of(report, [one for kind, one in report.below(trees) if kind == "RangeVar"])


def tables_of(report: Report, named: list[Fields]) -> set[str]:
    """The tables of the matrix that *named* relations are views of, or read by way of WITH."""
    found: set[str] = set()
    for one in named:
        key = tables_of, id(one)
        if key not in report.facts:
            report.facts[key] = _tables_of_one(report, one)
        found |= report.facts[key]
    return found


def _tables_of_one(report: Report, named: Fields) -> set[str]:
    by_place, ctes = _names(report)
    found: set[str] = set()
    seen: set[str] = set()
    waiting = [named]
    while waiting:
        one = waiting.pop()
        found.update(by_place.get(one["location"], ()))
        name = one["relname"]
        if name in ctes and name not in seen and "schemaname" not in one:
            seen.add(name)
            waiting += [below for kind, below in report.below(ctes[name]["ctequery"]) if kind == "RangeVar"]
    return found


def _names(report: Report) -> tuple[dict[int, list[str]], dict[str, Fields]]:
    """The tables that are named at each place, and the common table expressions by name."""
    if _names not in report.facts:
        by_place: dict[int, list[str]] = {}
        for one in report.relations:
            if one.table:
                by_place.setdefault(one.at, []).append(one.table)
        ctes = {one["ctename"]: one for one in report.nodes.get("CommonTableExpr", ())}
        report.facts[_names] = by_place, ctes
    known: tuple[dict[int, list[str]], dict[str, Fields]] = report.facts[_names]
    return known


def _places(report: Report, at: int) -> set[Place]:
    reach = report.reads.get(at)
    return {(flow.source.table, flow.source.column) for flow in reach.values} if reach else set()


def _using(report: Report, context: Context) -> Iterator[Tie]:
    for join in report.nodes.get("JoinExpr", ()):
        if "usingClause" not in join:
            continue
        sides = [tables_below(report, [join[side]]) for side in ("larg", "rarg")]
        here = _tables(report, join)
        for name in strings(join.get("usingClause")):
            for one, other in product(*sides):
                both = [context.matrix.tables[table] for table in (one, other)]
                if one != other and all(name in table.columns for table in both):
                    ties = (Tie((one, name), (other, name)), Tie((other, name), (one, name)))
                    yield from (tie for tie in ties if tie.to[0] in here)


def _is_kept(table: Table, keys: Counter[Place], named: Counter[str]) -> bool:
    ways = [table.key, *([table.parent.by] if table.parent else [])]
    return any(all(keys[table.qualified, column] >= named[table.qualified] for column in way) for way in ways)
