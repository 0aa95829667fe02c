"""What rules look for in a report: columns by tier, comparisons, the records that a statement keeps to, settings."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from pgcustsec.matrix.model import Table
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
#: What these show is told where their query is kept, or shows of the one record that is open (show_record).
ELSEWHERE = frozenset({"FetchStmt", "ExecuteStmt", "CallStmt"})
#: A digest without a key tells its value to who tries them all.
HASHING = frozenset(
    "md5 sha224 sha256 sha384 sha512 hashtext hashtextextended hashbpchar hashbpcharextended hash_array"
    " hash_array_extended hash_record hash_record_extended crc32 crc32c digest crypt".split()
)


def columns(reach: Reach, *tiers: int) -> list[Source]:
    """The columns of *tiers* that have a part in *reach*, each once, whether or not anything of them shows."""
    return _sorted({flow.source for flow in (*reach.values, *reach.hints) if flow.source.tier in tiers})


def only_masked(reach: Reach) -> list[Source]:
    """The columns of which nothing but masked forms, or ***, is compared: those of tier 1, and names shown masked."""
    return [one for one in columns(reach, 1, 2) if one.tier == 1 or (one.kind == "name" and one.shown == "masked")]


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


def arrangements(report: Report) -> Iterator[tuple[str, Reach, int]]:
    """What orders, groups, or is held against other rows, in clauses and aggregates: how (see `WORDS`), and where."""
    yield from ((use.where, use.reach, use.at) for use in report.uses if use.where in WORDS)
    for fields in report.nodes.get("FuncCall", ()):
        # An ordered-set aggregate gives back what it orders: that is an output.
        ordered = [] if fields.get("agg_within_group") else references(report, fields.get("agg_order"))
        distinct = references(report, fields.get("args")) if fields.get("agg_distinct") else []
        for how, places in (("order", ordered), ("distinct", distinct)):
            yield from ((how, report.reads.get(at, Reach()), at) for at in places)


def calls(report: Report, names: Iterable[str]) -> list[Call]:
    """The calls of functions that are called one of *names*, in whatever schema an extension was put; ours left out."""
    return [call for call in report.calls if call.name in names and call.schema != "pgcustsec"]


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
        (is_column(sides[0]), is_column(sides[1])),
        fields.get("location", -1),
    )


def comparisons(report: Report) -> list[Comparison]:
    return [comparison(report, fields) for fields in report.nodes.get("A_Expr", ())]


def conjuncts(condition: Fields) -> Iterator[Fields]:
    """The parts of *condition* that must all hold: it is parted at AND."""
    waiting = [condition] if condition else []
    while waiting:
        one = waiting.pop()
        if one.get("BoolExpr", {}).get("boolop") == "AND_EXPR":
            waiting += one["BoolExpr"]["args"]
        else:
            yield one


EQUAL = frozenset({"AEXPR_OP", "AEXPR_IN", "AEXPR_OP_ANY", "AEXPR_NOT_DISTINCT"})


def is_equality(one: Comparison) -> bool:
    return one.operator == "=" and one.kind in EQUAL


def is_column(side: Fields) -> bool:
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
            yield Setting(name.lower(), text(given[1]), text(given[2]) not in FALSE, fields["location"])


#: What PostgreSQL reads as false, of what somebody would write.
FALSE = frozenset({"f", "false", "n", "no", "off", "0"})


def text(node: Fields) -> str | None:
    """The constant that *node* is, as text; None where it is none."""
    while "TypeCast" in node or "NamedArgExpr" in node:
        node = next(iter(node.values()))["arg"]
    constant = node.get("A_Const")
    if not constant:
        return None
    if "boolval" in constant:
        return "t" if constant["boolval"].get("boolval") else "f"
    for kind in ("sval", "fval", "ival"):
        if kind in constant:
            return str(constant[kind].get(kind, 0 if kind == "ival" else ""))
    return None


def memberships(report: Report) -> Iterator[tuple[str, int, set[str]]]:
    """Each role of which others are made members, where, and who they are: by GRANT, CREATE ROLE, ALTER GROUP."""
    for fields in report.nodes.get("GrantRoleStmt", ()):
        if fields.get("is_grant"):
            for granted in fields.get("granted_roles", ()):
                name = granted.get("AccessPriv", {}).get("priv_name", "")
                yield name, location(fields), _named_roles(fields.get("grantee_roles"))
    for fields in report.nodes.get("CreateRoleStmt", ()):
        for option in (one["DefElem"] for one in fields.get("options", ()) if "addroleto" in one["DefElem"]["defname"]):
            for name in sorted(_named_roles(option["arg"]["List"]["items"])):
                yield name, option["location"], {fields["role"]}
    for fields in report.nodes.get("AlterRoleStmt", ()):
        for option in (one["DefElem"] for one in fields.get("options", ())):
            if option["defname"] == "rolemembers" and fields.get("action") == 1:
                who = _named_roles(option["arg"]["List"]["items"])
                yield fields["role"].get("rolename", ""), location(fields), who


def _named_roles(nodes: list[Fields] | None) -> set[str]:
    return {one["RoleSpec"].get("rolename", "") for one in nodes or ()}


def matrix_table(context: Context, schema: str | None, name: str) -> Table | None:
    """The table of the matrix that a relation is, or is some role's view of."""
    tables = context.matrix.tables
    if schema is None or schema in context.matrix.roles:
        return next((table for table in tables.values() if table.name == name), None)
    return tables.get(f"{schema}.{name}")
