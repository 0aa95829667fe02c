"""What statements write: each column of the matrix that is given a value, and what that is put together of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from pgcustsec.matrix.model import Column, Table
from pgcustsec.query.report import Report
from pgcustsec.query.resolve.walk import called, location, strings
from pgcustsec.query.rules.looking import Fields, matrix_table, references
from pgcustsec.query.rules.rule import Context
from pgcustsec.query.sources import Reach


def is_sealed(column: Column) -> bool:
    """Whether a masked form stands in the table, and the true value in the vault."""
    return column.tier == 1 or column.is_name


#: What these give is put together of their arguments, or of parts of them.
TEXTUAL = frozenset(
    "concat concat_ws format lower upper initcap left right substr substring trim btrim ltrim rtrim lpad rpad replace"
    " translate regexp_replace split_part overlay reverse normalize".split()
)


def pieces(node: Fields) -> Iterator[Fields]:
    """
    What could be the result of *node*, whole or in part: the columns, constants and others that it is put together of.

    That is through casts, COALESCE, CASE, ||, functions of texts and subqueries, not through what only has a say.
    """
    waiting = [node]
    while waiting:
        one = waiting.pop()
        kind, fields = next(iter(one.items()), ("", {}))
        if (below := _below(kind, fields)) is None:
            yield one
        else:
            waiting += reversed(below)


def _below(kind: str, fields: Fields) -> list[Fields] | None:
    """The parts of which the result of a node of *kind* is put together; None where it is for itself."""
    if kind in ("TypeCast", "CollateClause", "NamedArgExpr"):
        return [fields["arg"]]
    if kind in ("CoalesceExpr", "MinMaxExpr") or (kind == "FuncCall" and called(fields)[1] in TEXTUAL):
        return list(fields.get("args", ()))
    if kind == "CaseExpr":
        return [*(when["CaseWhen"]["result"] for when in fields["args"]), *filter(None, [fields.get("defresult")])]
    if kind == "A_Expr" and strings(fields.get("name")) == ["||"]:
        return [fields[side] for side in ("lexpr", "rexpr") if side in fields]
    if kind == "A_Expr" and fields["kind"] == "AEXPR_NULLIF":
        return [fields["lexpr"]]
    if kind == "SubLink" and fields["subLinkType"] == "EXPR_SUBLINK":
        return [value for row in rows(fields["subselect"]["SelectStmt"]) for value in row]
    return None


def rows(select: Fields) -> Iterator[list[Fields]]:
    """The lists of expressions that a SELECT, VALUES, or each side of a set operation, gives as rows."""
    for side in ("larg", "rarg"):
        if side in select:
            yield from rows(select[side])
    yield from (row["List"].get("items", []) for row in select.get("valuesLists", ()))
    if "targetList" in select:
        yield [node["ResTarget"].get("val", {}) for node in select["targetList"]]


class Assignment(NamedTuple):
    """
    That a column of the matrix is given the value of an expression, and where that stands. `row`: what the row is
    called whose column it is, as in `c.mobile`; None of a row that is inserted.
    """

    table: Table
    column: Column
    value: Fields
    at: int
    row: str | None


def assignments(report: Report, context: Context) -> Iterator[Assignment]:
    """What INSERT, UPDATE and MERGE write out for columns of the matrix."""
    for kind in ("InsertStmt", "UpdateStmt", "MergeStmt"):
        for fields in report.nodes.get(kind, ()):
            relation = fields["relation"]
            table = matrix_table(context, relation.get("schemaname"), relation["relname"])
            row = relation.get("alias", {}).get("aliasname", relation["relname"])
            for name, value, inserted in _pairs(fields, columns_of(context, table)) if table else ():
                if table and (column := table.columns.get(name)):
                    yield Assignment(table, column, value, location(value), None if inserted else row)


def columns_of(context: Context, table: Table | None) -> list[str]:
    """The columns of the role's view of *table*, in their order: what INSERT without a list of columns fills."""
    access = context.role.tables.get(table.qualified) if table else None
    absent = access is not None and access.tier1 == "absent"
    return [column.name for column in table.columns.values() if not (absent and column.tier == 1)] if table else []


def _pairs(fields: Fields, columns: list[str]) -> Iterator[tuple[str, Fields, bool]]:
    clauses = [fields, fields.get("onConflictClause", {})]
    clauses += [node["MergeWhenClause"] for node in fields.get("mergeWhenClauses", ())]
    for clause in clauses:
        targets = [node["ResTarget"] for node in clause.get("targetList", ())]
        given = clause.get("values") or [_value(target.get("val", {})) for target in targets]
        names = [target["name"] for target in targets] or columns
        yield from ((name, value, "values" in clause) for name, value in zip(names, given, strict=False))
    into = [node["ResTarget"]["name"] for node in fields.get("cols", ())] or columns
    for row in rows(fields.get("selectStmt", {}).get("SelectStmt", {})):
        yield from ((name, value, True) for name, value in zip(into, row, strict=False))


def _value(node: Fields) -> Fields:
    """What a column is set to, also where several are set at once: SET (a, b) = (1, 2), or = (SELECT 1, 2)."""
    several = node.get("MultiAssignRef")
    if not several:
        return node
    source = several["source"]
    given = [source.get("RowExpr", {}).get("args", [])]
    if select := source.get("SubLink", {}).get("subselect", {}).get("SelectStmt"):
        given = list(rows(select))
    return next((row[several["colno"] - 1] for row in given if several["colno"] <= len(row)), {})


def written(report: Report, context: Context) -> Iterator[tuple[Table, Column, Reach, int]]:
    """What each column of the matrix that is written reaches, by way of whatever, and where it is written."""
    tables = {one.name: one.table for one in report.relations if one.table}
    unnamed: Counter[int] = Counter()
    targets = [one for one in report.nodes.get("ResTarget", ()) if "MultiAssignRef" in one.get("val", {})]
    several = {one["location"]: value for one in targets if (value := _value(one["val"]))}
    for one in report.writes:
        if not (qualified := tables.get(one.relation)):
            continue
        table, name = context.matrix.tables[qualified], one.column
        if name is None:
            # INSERT without a list of columns: it takes the place behind those before it.
            names, place = columns_of(context, table), unnamed[one.at]
            name = names[place] if place < len(names) else None
            unnamed[one.at] += 1
        if name and (column := table.columns.get(name)):
            yield table, column, _own_part(report, one.reach, several.get(one.at)), one.at


def _own_part(report: Report, reach: Reach, value: Fields | None) -> Reach:
    """Of what SET (a, b) = (1, 2) reaches, what the *value* for one of them does; all where it is not known."""
    if value is None:
        return reach
    named = {flow.source for at in references(report, value) for flow in report.reads.get(at, Reach()).values}
    return Reach(frozenset(flow for flow in reach.values if flow.source in named))
