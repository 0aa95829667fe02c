"""Going through a statement's tree: which function looks at which kind of node, and what is noted on the way."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from pgcustsec.query.relations import Columns, Relation, Relations
from pgcustsec.query.report import Call, Fault, Named, Report, Use, Write
from pgcustsec.query.resolve.scope import Item, Scope
from pgcustsec.query.sources import NOTHING, Reach

#: A node's fields, as libpg_query writes them in JSON.
Fields = dict[str, Any]

Expression = Callable[["Walk", Fields, Scope], Reach]
Statement = Callable[["Walk", Fields, Scope], Columns]
Table = Callable[["Walk", Fields, Scope, Scope], Any]

EXPRESSIONS: dict[str, Expression] = {}
STATEMENTS: dict[str, Statement] = {}
TABLES: dict[str, Table] = {}


def expression(*kinds: str) -> Callable[[Expression], Expression]:
    """Register what looks at an expression of *kinds*."""

    def register(function: Expression) -> Expression:
        EXPRESSIONS.update(dict.fromkeys(kinds, function))
        return function

    return register


def statement(*kinds: str) -> Callable[[Statement], Statement]:
    """Register what looks at a statement of *kinds*."""

    def register(function: Statement) -> Statement:
        STATEMENTS.update(dict.fromkeys(kinds, function))
        return function

    return register


def table(*kinds: str) -> Callable[[Table], Table]:
    """Register what looks at an entry of FROM of *kinds*."""

    def register(function: Table) -> Table:
        TABLES.update(dict.fromkeys(kinds, function))
        return function

    return register


class Walk:
    """One statement on its way: the names that it can use, and its report as far as it goes."""

    def __init__(self, relations: Relations, report: Report) -> None:
        self.relations = relations
        self.report = report
        #: Whether nothing is noted: a recursive query's term is looked at again and again.
        self.again = 0
        #: Of each target list, by its identity: where each of its columns is written.
        self.places: dict[int, list[int]] = {}
        #: Of each subquery in an expression, by its identity: what its first column is called, if that is known.
        self.firsts: dict[int, str] = {}
        #: What functions reach that are called when the statement is planned, of which the plan shows what they gave.
        self.folded = NOTHING
        #: What of the tree has been looked at, by identity.
        self.seen: set[int] = set()

    def expr(self, node: Fields | None, scope: Scope) -> Reach:
        """Return what an expression reaches."""
        if not node:
            return NOTHING
        for kind, fields in node.items():
            self.seen.add(id(fields))
            look = EXPRESSIONS.get(kind)
            return look(self, fields, scope) if look else self.below(fields, scope)
        return NOTHING

    def below(self, fields: Any, scope: Scope) -> Reach:
        """Everything that the expressions below reach: what an unknown kind of node passes on."""
        found = NOTHING
        for node in children(fields):
            found = found.also(self.expr(node, scope))
        return found

    def all(self, nodes: list[Fields] | None, scope: Scope) -> Reach:
        found = NOTHING
        for node in nodes or ():
            found = found.also(self.expr(node, scope))
        return found

    def query(self, node: Fields, scope: Scope) -> Columns:
        """Return the columns of a statement within another, or of the whole one."""
        for kind, fields in node.items():
            look = STATEMENTS.get(kind)
            self.seen.add(id(fields))
            if look is None:
                self.fault(f"{kind} is no statement that is known", "split it off, and look at it by hand", fields)
                return []
            return look(self, fields, scope)
        return []

    def use(self, where: str, reach: Reach, fields: Any) -> None:
        if not self.again and (reach.values or reach.hints or reach.opaque):
            self.report.uses.append(Use(where, reach, begin(fields)))

    def named(self, name: str, how: str, what: str | None, table: str | None, fields: Any) -> None:
        if not self.again:
            self.report.relations.append(Named(name, how, what, table, location(fields)))

    def call(self, schema: str | None, name: str, arguments: Reach, fields: Any) -> None:
        if not self.again:
            self.report.calls.append(Call(schema, name, arguments, location(fields)))

    def read(self, reach: Reach, fields: Fields) -> None:
        """Note what a name of a column, or a star, reaches; TABLE has a star without a place."""
        self.seen.add(id(fields))
        if not self.again:
            at = fields["location"]
            self.report.reads[at] = reach.also(self.report.reads.get(at, NOTHING))

    def write(self, relation: str, column: str | None, reach: Reach, fields: Any) -> None:
        if not self.again:
            self.report.writes.append(Write(relation, column, reach, location(fields)))

    def copied_into(self, into: Fields, columns: Columns) -> None:
        """Note that *columns* go to a table of their own, which later statements of the script may read."""
        relation = into["rel"]
        name = relation["relname"]
        self.report.destination = f"table {name}"
        given = strings(into.get("colNames"))
        others = unknown(columns)
        named = {
            (given[place] if place < len(given) else column): (others or reach).by_way_of(name)
            for place, (column, reach) in enumerate(filter(None, columns))
        }
        self.relations.make(Relation(name, named, "temporary", others))
        for column, reach in named.items():
            self.write(name, column, reach, relation)
        if relation.get("relpersistence") != "t":
            self.fault(
                "a table of one's own is for owners and administrators", "read the rows, or ask for an extract", into
            )

    def fault(self, message: str, hint: str, fields: Any) -> None:
        if not self.again:
            self.report.faults.append(Fault(message, hint, location(fields)))


def resolve(relations: Relations, report: Report, around: Scope | None = None) -> tuple[Columns, list[int]]:
    """
    Note in *report* what its statement reveals, which may use names of *around*.

    Returns its columns, and where each is written if it is.
    """
    walk = Walk(relations, report)
    columns = walk.query(report.tree, Scope(around))
    _nothing_passed_over(walk)
    return columns, walk.places.get(id(_target_list(report.tree)), [])


#: What reads or runs something. The rest of a tree is what these are put together with.
_READING = ("FuncCall", "funccall", "SelectStmt", "RangeVar", "ColumnRef")


def _nothing_passed_over(walk: Walk) -> None:
    """Refuse a statement of which a part that could reveal something was not looked at: a clause nobody thought of."""
    report = walk.report
    if report.faults:
        return
    for kind in _READING:
        for fields in report.nodes.get(kind, ()):
            if id(fields) not in walk.seen:
                walk.fault("a part of the statement is not known here", "write it another way", fields)
                return


#: Where a statement has the query whose columns are its own; of a set operation the left one names them.
_WITHIN = ("query", "larg", "selectStmt")


def _target_list(node: Fields) -> object:
    """The list in which the columns of the statement *node* are written; None where it has none of its own."""
    [(kind, fields)] = node.items() if len(node) == 1 else [("", node)]
    if returning := fields.get("returningClause", {}).get("exprs") or fields.get("returningList"):
        return returning
    if kind in ("UpdateStmt", "InsertStmt", "MergeStmt"):
        return None
    within = next((fields[name] for name in _WITHIN if name in fields), None)
    return _target_list(within) if within else fields.get("targetList")


def children(fields: Any) -> Iterator[Fields]:
    """Yield the nodes right below *fields*: values with one key that is a kind of node."""
    for value in fields.values() if isinstance(fields, dict) else fields if isinstance(fields, list) else ():
        if isinstance(value, dict):
            if len(value) == 1 and next(iter(value))[:1].isupper():
                yield value
            else:
                yield from children(value)
        elif isinstance(value, list):
            yield from children_of_list(value)


def relations_named(fields: Any) -> set[str]:
    """Return the names without a schema of all relations in a tree, those of common table expressions among them."""
    found: set[str] = set()
    for node in children(fields):
        for kind, below in node.items():
            if kind == "RangeVar" and "schemaname" not in below:
                found.add(below["relname"])
            found |= relations_named(below)
    return found


def children_of_list(values: list[Any]) -> Iterator[Fields]:
    for value in values:
        if isinstance(value, dict):
            if len(value) == 1 and next(iter(value))[:1].isupper():
                yield value
            else:
                yield from children(value)


def location(fields: Any) -> int:
    """The byte of the text at which a node stands, or the first of those below it; -1: not told."""
    if isinstance(fields, dict):
        # A tablespace's location is a folder.
        found = fields.get("location")
        if found is None:
            found = fields.get("name_location")
        if isinstance(found, int) and found >= 0:
            return found
        for value in fields.values():
            if isinstance(value, dict | list) and (below := location(value)) >= 0:
                return below
    elif isinstance(fields, list):
        for value in fields:
            if (below := location(value)) >= 0:
                return below
    return -1


#: Kinds whose own place is within, at an operator: what stands before it.
_LEFT = {
    "A_Expr": "lexpr",
    "BoolExpr": "args",
    "NullTest": "arg",
    "BooleanTest": "arg",
    "TypeCast": "arg",
    "SubLink": "testexpr",
    "CollateClause": "arg",
    "A_Indirection": "arg",
    "SortBy": "node",
}


def begin(fields: Any) -> int:
    """The byte at which what stands at a node begins: of `a = b` that of `a`; -1: not told."""
    here = location(fields)
    if isinstance(fields, dict):
        for kind, inner in fields.items():
            left = inner.get(_LEFT[kind]) if kind in _LEFT else None
            before = begin(left[0] if isinstance(left, list) else left) if left else -1
            if 0 <= before < here:
                return before
    return here


def called(fields: Fields) -> tuple[str | None, str]:
    """
    The schema, None if there is none, and the name of the function that a FuncCall calls; "" where it is none.

    A database may stand before them: this one, or the call is an error.
    """
    names = fields.get("funcname")
    if not names:
        return None, ""
    return (names[-2]["String"]["sval"] if len(names) > 1 else None), names[-1]["String"]["sval"]


def strings(nodes: list[Fields] | None) -> list[str]:
    """The texts of a list of String nodes, "*" for a star."""
    return [
        node["String"].get("sval", "") if "String" in node else "*"
        for node in nodes or ()
        if "String" in node or "A_Star" in node
    ]


def unknown(columns: Columns) -> Reach | None:
    """What a column at any place reaches where not all of *columns* are known; None where all are."""
    if None not in columns:
        return None
    found = Reach(opaque=frozenset({"a star over columns that are not known"}))
    for one in columns:
        found = found.also(one[1]) if one else found
    return found


def item_of(alias: Fields | None, name: str, columns: list[tuple[str, Reach]], others: Reach | None = None) -> Item:
    """Return an entry of FROM named *name*, or as its alias has it, which may name its columns anew."""
    if not alias:
        return Item(name, columns, others)
    given = strings(alias.get("colnames"))
    if others is not None and given:
        # Where not all columns are known, nobody knows which of them is at which place.
        return Item(alias["aliasname"], [(new, others) for new in given] + columns, others, renamed=True)
    renamed = [(new, reach) for new, (_, reach) in zip(given, columns, strict=False)] + list(columns[len(given) :])
    return Item(alias["aliasname"], renamed, others, renamed=bool(given))
