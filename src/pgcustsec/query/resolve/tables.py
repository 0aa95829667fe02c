"""FROM: views, tables, common table expressions, subqueries, functions, joins, XMLTABLE, JSON_TABLE."""

from __future__ import annotations

from pgcustsec.query.functions import GIVING, POPULATING
from pgcustsec.query.relations import OURS, Columns, Relation
from pgcustsec.query.resolve.expressions import UNLISTED
from pgcustsec.query.resolve.naming import name_of
from pgcustsec.query.resolve.scope import From, Item, Scope
from pgcustsec.query.resolve.walk import TABLES, Fields, Walk, called, item_of, strings, table
from pgcustsec.query.sources import NOTHING, Reach, together


def from_clause(walk: Walk, nodes: list[Fields] | None, scope: Scope) -> None:
    """Make visible in *scope* what FROM lists; each entry may look sideways at those before it, if it is LATERAL."""
    for node in nodes or ():
        scope.visible.join(entry(walk, node, scope, scope))


def entry(walk: Walk, node: Fields, scope: Scope, beside: Scope) -> From:
    """Return what one entry of FROM makes visible; *beside* sees what stands before it."""
    for kind, fields in node.items():
        look = TABLES.get(kind)
        if look is None:
            walk.fault(f"{kind} in FROM is not known", "write it another way, or look at it by hand", fields)
            return From()
        found: From = look(walk, fields, scope, beside)
        return found
    return From()


def one(item: Item) -> From:
    made = From()
    made.add(item)
    return made


@table("RangeVar")
def relation(walk: Walk, fields: Fields, scope: Scope, beside: Scope) -> From:
    walk.seen.add(id(fields))
    schema, name = fields.get("schemaname"), fields["relname"]
    if schema is None and (cte := scope.cte(name)):
        item = item_of(fields.get("alias"), name, list(cte.columns), cte.others)
        walk.named(name, "read", "cte", None, fields)
        return one(item)
    found = find(walk, fields, "read")
    if found is None:
        return one(item_of(fields.get("alias"), name, [], NOTHING))
    item = item_of(fields.get("alias"), name, list(found.columns.items()), found.others)
    if not fields.get("alias"):
        item.qualified = found.name if schema is None else f"{schema}.{name}"
    return one(item)


def find(walk: Walk, fields: Fields, how: str) -> Relation | None:
    """Return the relation that a RangeVar names, noted as used *how*; a fault where there is none, or no right."""
    walk.seen.add(id(fields))
    schema, name = fields.get("schemaname"), fields["relname"]
    written = f"{schema}.{name}" if schema else name
    found = walk.relations.find(schema, name)
    hint = walk.relations.nearest(name)
    if found is None:
        walk.named(written, how, None, None, fields)
        walk.fault(f"{written} is no relation that role {walk.relations.role.name} can name", hint, fields)
        return None
    walk.named(found.name, how, found.what, found.table, fields)
    if found.refused:
        walk.fault(found.refused, hint, fields)
    if how != "insert":
        walk.use("rows", found.rows, fields)
    return found


@table("RangeSubselect")
def _subselect(walk: Walk, fields: Fields, scope: Scope, beside: Scope) -> From:
    # Without LATERAL it sees what is around the whole statement, not what stands beside it.
    around = beside if fields.get("lateral") else Scope(scope.outer, ctes=scope.ctes)
    columns = walk.query(fields["subquery"], Scope(around))
    alias = fields.get("alias")
    return one(_derived(alias, alias["aliasname"] if alias else "", columns))


def _derived(alias: Fields | None, name: str, columns: Columns) -> Item:
    known = [(column, reach.by_way_of(name) if name else reach) for column, reach in filter(None, columns)]
    others = together([reach for _, reach in known] or [NOTHING]).also(UNLISTED) if None in columns else None
    return item_of(alias, name, known, others)


@table("RangeFunction")
def _function(walk: Walk, fields: Fields, scope: Scope, beside: Scope) -> From:
    """
    Functions in FROM look sideways whether or not they are LATERAL; several side by side give the columns of all.

    Where what columns one gives is in no tree, any name reaches what the functions pass on.
    """
    alias = fields.get("alias")
    reach, label, columns = NOTHING, alias["aliasname"] if alias else "", list[tuple[str, Reach] | None]()
    functions = fields.get("functions", ())
    for pair in functions:
        call, *definitions = pair["List"]["items"]
        passed = walk.expr(call, beside)
        reach = reach.also(passed)
        label = label or name_of(call)
        given = _column_names([*definitions, *fields.get("coldeflist", ())])
        columns += _columns_of(walk, call, passed, given, label if len(functions) == 1 else name_of(call))
    if fields.get("ordinality"):
        columns.append(("ordinality", NOTHING))
    if None not in columns:
        return one(item_of(alias, label, [(name, r.by_way_of(label)) for name, r in filter(None, columns)]))
    reach = reach.by_way_of(label)
    names = strings(alias.get("colnames")) if alias else []
    return one(Item(label, [(column, reach) for column in names or [label]], reach))


def _columns_of(walk: Walk, call: Fields, passed: Reach, given: list[str], own: str) -> Columns:
    """
    The columns of one function in FROM: as they are *given* with it, or as its name says; None: not known.

    *own* is the name of one that has no other.
    """
    if given:
        return [(name, passed) for name in given]
    function = call.get("FuncCall", {})
    schema, name = called(function)
    if (schema, name) == (OURS, "find"):
        return [(own, passed)]
    if schema not in (None, "pg_catalog"):
        return [None]
    if name in POPULATING:
        row = _row_type(walk, function["args"][0])
        return [(column, passed) for column in row.columns] if row else [None]
    if columns := GIVING.get(name):
        return [(column or own, passed) for column in columns]
    return [None]


def _row_type(walk: Walk, node: Fields) -> Relation | None:
    """The relation of whose rows `NULL::customer` is one, where all of its columns are known."""
    cast = node.get("TypeCast", {})
    if "A_Const" not in cast.get("arg", {}) or cast["typeName"].get("arrayBounds"):
        return None
    *schema, name = strings(cast["typeName"].get("names"))
    found = walk.relations.find(schema[-1] if schema else None, name) if len(schema) < 2 else None
    return found if found is not None and found.others is None else None


def _column_names(nodes: list[Fields] | None) -> list[str]:
    found = []
    for node in nodes or ():
        if "List" in node:
            found += _column_names(node["List"].get("items"))
        elif "ColumnDef" in node:
            found.append(node["ColumnDef"]["colname"])
    return found


@table("RangeTableSample")
def _sample(walk: Walk, fields: Fields, scope: Scope, beside: Scope) -> From:
    walk.use("rows", walk.all([*fields.get("args", ()), fields.get("repeatable", {})], beside), fields)
    return entry(walk, fields["relation"], scope, beside)


@table("RangeTableFunc")
def _xml_table(walk: Walk, fields: Fields, scope: Scope, beside: Scope) -> From:
    reach = walk.below(fields, beside).by_way_of("XMLTABLE")
    walk.use("rows", reach, fields)
    columns = [column["RangeTableFuncCol"]["colname"] for column in fields.get("columns", ())]
    return one(item_of(fields.get("alias"), "xmltable", [(name, reach) for name in columns]))


@table("JsonTable")
def _json_table(walk: Walk, fields: Fields, scope: Scope, beside: Scope) -> From:
    reach = walk.below(fields, beside).by_way_of("JSON_TABLE")
    walk.use("rows", reach, fields)
    return one(item_of(fields.get("alias"), "json_table", [(name, reach) for name in _json_columns(fields["columns"])]))


def _json_columns(nodes: list[Fields]) -> list[str]:
    found = []
    for node in nodes:
        column = node["JsonTableColumn"]
        if column.get("columns"):
            found += _json_columns(column["columns"])
        else:
            found.append(column["name"])
    return found


@table("JoinExpr")
def _join(walk: Walk, fields: Fields, scope: Scope, beside: Scope) -> From:
    left = entry(walk, fields["larg"], scope, beside)
    # What stands right of it may look at it, if it is LATERAL.
    sideways = Scope(beside.outer, From(), beside.ctes)
    sideways.visible.join(beside.visible)
    sideways.visible.join(left)
    right = entry(walk, fields["rarg"], scope, sideways)
    if fields.get("isNatural"):
        shared = [name for name, _ in filter(None, left.star) if name in right.bare]
        if left.others is not None or right.others is not None:
            walk.use("join", together([UNLISTED]), fields)
    else:
        shared = strings(fields.get("usingClause"))
    both = From()
    both.join(left)
    both.join(right)
    both.merge(shared)
    for _, reach in filter(None, both.star[: len(shared)]):
        walk.use("join", reach, fields)
    if using := fields.get("join_using_alias"):
        both.items.append(Item(using["aliasname"], [(name, both.bare[name]) for name in shared if name in both.bare]))
    if quals := fields.get("quals"):
        # ON sees the two sides of its join, and not what stands beside it, which may have their names.
        walk.use("join", walk.expr(quals, Scope(beside.outer, both, beside.ctes)), quals)
    if alias := fields.get("alias"):
        known = [column for column in both.star if column]
        return one(item_of(alias, "", known, both.others if None in both.star else None))
    return both
