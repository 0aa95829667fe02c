"""What rules look for in a report: columns by tier, comparisons, the records that a statement keeps to, settings."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from pgcustsec.matrix.model import Column, Table
from pgcustsec.query.report import Call, Report
from pgcustsec.query.resolve.walk import called, location, strings
from pgcustsec.query.rules.rule import Context
from pgcustsec.query.sources import Reach, Source

Fields = dict[str, Any]

#: What a use of a column is called in a message.
WORDS = {
    "order": "ordering by",
    "group": "grouping by",
    "distinct": "DISTINCT over",
    "window": "a window over",
    "set operation": "comparing rows with",
    "conflict": "a conflict on",
}
MOST_NAMED = 4
#: A digest without a key tells its value to who tries them all.
HASHING = frozenset("md5 sha224 sha256 sha384 sha512 hashtext hashtextextended digest crypt".split())


def columns(reach: Reach, *tiers: int) -> list[Source]:
    """The columns of *tiers* that have a part in *reach*, each once, whether or not anything of them shows."""
    return _sorted({flow.source for flow in (*reach.values, *reach.hints) if flow.source.tier in tiers})


def shown(reach: Reach, *tiers: int) -> list[Source]:
    """The columns of *tiers* of which something could be read off what *reach* is about."""
    return _sorted({f.source for f in reach.values if f.source.tier in tiers and f.source.shown != "never"})


def _sorted(sources: Collection[Source]) -> list[Source]:
    if len(sources) < 2:
        return list(sources)
    return sorted(sources, key=lambda source: (source.table, source.mark.line, source.column))


def listed(sources: Iterable[Source]) -> str:
    """Names of columns as a message has them, each once."""
    names = list(dict.fromkeys(source.name for source in sources))
    return ", ".join(names[:MOST_NAMED]) + (f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else "")


def read_columns(report: Report, *tiers: int) -> list[tuple[int, Source]]:
    """Where each column of *tiers* is named or starred, in the order of the text, unless it never shows."""
    return [
        (at, source)
        for at, reach in sorted(report.reads.items())
        for source in columns(reach, *tiers)
        if source.shown != "never"
    ]


def place_of(report: Report, source: Source) -> int:
    """Where *source* is named first; -1: nowhere, as in TABLE customer."""
    at = [at for at, reach in report.reads.items() if any(flow.source is source for flow in reach.values)]
    return min(at, default=-1)


def outputs(report: Report, *tiers: int) -> list[Source]:
    """The columns of *tiers* of which something goes out with the statement's rows."""
    found: set[Source] = set()
    for column in report.columns:
        found.update(shown(column.reach, *tiers))
    return _sorted(found)


def references(report: Report, tree: Any) -> list[int]:
    """The places of all names of columns below *tree*, a part of the statement's."""
    return [fields["location"] for kind, fields in report.below(tree) if kind == "ColumnRef"]


def calls(report: Report, names: Iterable[str]) -> list[Call]:
    """The calls of functions of the server's, or of nobody known, that are called one of *names*."""
    return [call for call in report.calls if call.name in names and call.schema in (None, "pg_catalog", "public")]


def calls_ours(report: Report, names: Iterable[str]) -> list[Call]:
    return [call for call in report.calls if call.name in names and call.schema == "pgcustsec"]


@dataclass(frozen=True, slots=True)
class Comparison:
    """An operator between two sides: the places of the columns of each, and whether a side is a column alone."""

    operator: str
    kind: str
    left: tuple[int, ...]
    right: tuple[int, ...]
    alone: tuple[bool, bool]
    at: int

    @property
    def one_sided(self) -> bool:
        """Whether columns are compared with a value that the statement brings."""
        return bool(self.left) != bool(self.right)


def comparison(report: Report, fields: Fields) -> Comparison:
    """The operator that *fields* are, in the tree of *report*, which keeps it."""
    if (found := report.facts.get(id(fields))) is None:
        found = report.facts[id(fields)] = _comparison(report, fields)
    known: Comparison = found
    return known


def _comparison(report: Report, fields: Fields) -> Comparison:
    sides = fields.get("lexpr") or {}, fields.get("rexpr") or {}
    left, right = (tuple(references(report, side)) for side in sides)
    return Comparison(
        (strings(fields.get("name")) or [""])[-1],
        fields["kind"],
        left,
        right,
        (_is_column(sides[0]), _is_column(sides[1])),
        fields.get("location", -1),
    )


def comparisons(report: Report) -> list[Comparison]:
    return [comparison(report, fields) for fields in report.nodes.get("A_Expr", ())]


EQUAL = frozenset({"AEXPR_OP", "AEXPR_IN", "AEXPR_OP_ANY", "AEXPR_NOT_DISTINCT"})


def is_equality(one: Comparison) -> bool:
    return one.operator == "=" and one.kind in EQUAL


def _is_column(side: Fields) -> bool:
    """Whether *side* is a column, also cast, and also of a row: (c).x."""
    while "TypeCast" in side or "A_Indirection" in side:
        side = side["TypeCast" if "TypeCast" in side else "A_Indirection"]["arg"]
    return "ColumnRef" in side


@dataclass(frozen=True, slots=True)
class Setting:
    """A setting that a statement sets: its name, its value where it is a constant, whether for the transaction only."""

    name: str
    value: str | None
    local: bool
    at: int


def settings(report: Report) -> Iterator[Setting]:
    """What SET, set_config() and ALTER ... SET set."""
    for fields in (*report.nodes.get("VariableSetStmt", ()), *report.nodes.get("setstmt", ())):
        if fields.get("kind") == "VAR_SET_VALUE":
            values = [text(argument) for argument in fields.get("args", ())]
            value = values[0] if values else None
            yield Setting(fields["name"].lower(), value, bool(fields.get("is_local")), location(fields))
    for fields in report.nodes.get("FuncCall", ()):
        given = fields.get("args", ())
        if called(fields)[1] == "set_config" and len(given) == 3 and (name := text(given[0])):
            yield Setting(name.lower(), text(given[1]), text(given[2]) not in ("f", "false"), fields["location"])


def text(node: Fields) -> str | None:
    """The constant that *node* is, as text; None where it is none."""
    while "TypeCast" in node:
        node = node["TypeCast"]["arg"]
    constant = node.get("A_Const")
    if not constant:
        return None
    if "boolval" in constant:
        return "t" if constant["boolval"].get("boolval") else "f"
    for kind in ("sval", "fval", "ival"):
        if kind in constant:
            return str(constant[kind].get(kind, 0 if kind == "ival" else ""))
    return None


def matrix_table(context: Context, schema: str | None, name: str) -> Table | None:
    """The table of the matrix that a relation is, or is some role's view of."""
    tables = context.matrix.tables
    if schema is None or schema in context.matrix.roles:
        return next((table for table in tables.values() if table.name == name), None)
    return tables.get(f"{schema}.{name}")


def is_sealed(column: Column) -> bool:
    """Whether a masked form stands in the table, and the true value in the vault."""
    return column.tier == 1 or column.is_name


def written(report: Report, context: Context) -> Iterator[tuple[Table, Column, Fields, int]]:
    """Each column of the matrix that INSERT, UPDATE or MERGE writes, with the expression that is written, and where."""
    for kind in ("InsertStmt", "UpdateStmt", "MergeStmt"):
        for fields in report.nodes.get(kind, ()):
            relation = fields["relation"]
            table = matrix_table(context, relation.get("schemaname"), relation["relname"])
            for name, value in _pairs(fields) if table else ():
                if table and (column := table.columns.get(name)):
                    yield table, column, value, location(value)


def _pairs(fields: Fields) -> Iterator[tuple[str, Fields]]:
    clauses = [fields, fields.get("onConflictClause", {})]
    clauses += [node["MergeWhenClause"] for node in fields.get("mergeWhenClauses", ())]
    for clause in clauses:
        targets = [node["ResTarget"] for node in clause.get("targetList", ())]
        given = clause.get("values") or [_value(target.get("val", {})) for target in targets]
        yield from zip([target["name"] for target in targets], given, strict=False)
    into = [node["ResTarget"]["name"] for node in fields.get("cols", ())]
    select = fields.get("selectStmt", {}).get("SelectStmt", {})
    for row in select.get("valuesLists", ()):
        yield from zip(into, row["List"].get("items", ()), strict=False)
    yield from zip(into, [node["ResTarget"].get("val", {}) for node in select.get("targetList", ())], strict=False)


def _value(node: Fields) -> Fields:
    """What a column is set to, also where several are set at once: SET (a, b) = (1, 2)."""
    several = node.get("MultiAssignRef")
    if not several:
        return node
    row: list[Fields] = several["source"].get("RowExpr", {}).get("args", [])
    return row[several["colno"] - 1] if several["colno"] <= len(row) else dict(several["source"])
