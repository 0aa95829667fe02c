"""SELECT, VALUES, set operations, WITH: the columns that they give, and what has a say in which rows there are."""

from __future__ import annotations

from typing import Any

from pgcustsec.query.relations import Columns
from pgcustsec.query.resolve.expressions import UNLISTED, sorted_by, whole_row, window
from pgcustsec.query.resolve.naming import UNNAMED, name_of
from pgcustsec.query.resolve.scope import Item, Scope
from pgcustsec.query.resolve.tables import from_clause
from pgcustsec.query.resolve.walk import Fields, Walk, expression, relations_named, statement, strings, unknown
from pgcustsec.query.sources import NOTHING, Reach, together

#: A recursive query's columns reach no more after so many rounds and one for each column: a value may go from each to
#: the next. These few are for the first round, and the one that finds nothing new.
ROUNDS = 4


@statement("SelectStmt")
def select(walk: Walk, fields: Fields, scope: Scope) -> Columns:
    columns = _query(walk, fields, scope)
    # INTO stands in the first SELECT, and is about the whole.
    first = fields
    while "larg" in first:
        first = first["larg"]
    if into := first.get("intoClause"):
        walk.copied_into(into, columns)
    return columns


def _query(walk: Walk, fields: Fields, scope: Scope) -> Columns:
    walk.seen.add(id(fields))
    with_clause(walk, fields.get("withClause"), scope)
    if fields.get("op", "SETOP_NONE") != "SETOP_NONE":
        columns = _set_operation(walk, fields, scope)
    elif rows := fields.get("valuesLists"):
        columns = _values(walk, rows, scope)
    else:
        columns = _plain(walk, fields, scope)
    _order_and_limit(walk, fields, scope, columns)
    return columns


def _plain(walk: Walk, fields: Fields, scope: Scope) -> Columns:
    from_clause(walk, fields.get("fromClause"), scope)
    if where := fields.get("whereClause"):
        walk.use("where", walk.expr(where, scope), where)
    for node in fields.get("windowClause", ()):
        definition = node["WindowDef"]
        scope.windows[definition["name"]] = window(walk, definition, scope)
    columns = targets(walk, fields.get("targetList"), scope)
    scope.outputs = _named(columns)
    for node in fields.get("groupClause", ()):
        _use_output(walk, "group", node, scope, columns)
    if having := fields.get("havingClause"):
        walk.use("having", walk.expr(having, scope), having)
    if "distinctClause" in fields:
        for node in fields["distinctClause"]:
            if node:
                _use_output(walk, "distinct", node, scope, columns)
        if not any(fields["distinctClause"]):
            walk.use("distinct", _all(columns), fields.get("targetList"))
    return columns


def targets(walk: Walk, nodes: list[Fields] | None, scope: Scope) -> Columns:
    """Return the columns of a target list, stars written out."""
    columns: Columns = []
    places: list[int] = []
    for node in nodes or ():
        target = node["ResTarget"]
        value = target.get("val")
        if value is None:
            continue
        if (star := _star(walk, value, scope)) is not None:
            columns += star
        else:
            reach = walk.expr(value, scope)
            name = target.get("name") or name_of(value, walk.firsts)
            columns += [(name, reach)] if name else [(UNNAMED, reach), None]
        places += [target.get("location", -1)] * (len(columns) - len(places))
    walk.places[id(nodes)] = places
    return columns


def listing(walk: Walk, nodes: list[Fields], scope: Scope) -> Columns:
    """What a row of VALUES has: a star in it is as many values as columns. They have no names here."""
    columns: Columns = []
    for node in nodes:
        star = _star(walk, node, scope)
        columns += [("", walk.expr(node, scope))] if star is None else star
    return columns


def _star(walk: Walk, value: Fields, scope: Scope) -> Columns | None:
    """The columns of `*`, `c.*` or `(c).*`, which are read; None where *value* is none of these."""
    star = _starred(walk, value, scope)
    if star is not None and (named := value.get("ColumnRef") or value["A_Indirection"]["arg"].get("ColumnRef")):
        walk.read(_all(star), named)
    return star


def _starred(walk: Walk, value: Fields, scope: Scope) -> Columns | None:
    if "ColumnRef" in value and "A_Star" in value["ColumnRef"]["fields"][-1]:
        names = strings(value["ColumnRef"]["fields"])[:-1]
        if not names:
            return list(scope.visible.star)
        item = scope.item(names[0]) if len(names) == 1 else scope.qualified(".".join(names[-2:]))
        item = item or (scope.qualified(names[0]) if len(names) == 1 else None)
        if item is None:
            walk.fault(f"no {'.'.join(names)} in FROM", "name what FROM lists, or its alias", value["ColumnRef"])
            return []
        return _columns_of(item)
    if "A_Indirection" in value and "A_Star" in value["A_Indirection"]["indirection"][-1]:
        argument = value["A_Indirection"]["arg"]
        item = whole_row(argument, scope)
        if item is not None and len(value["A_Indirection"]["indirection"]) == 1:
            return _columns_of(item)
        # How many columns a row has that a function gives, or a column holds, is not in the statement.
        return [("*", walk.expr(argument, scope)), None]
    return None


def _columns_of(item: Item) -> Columns:
    columns: Columns = list(item.columns)
    return columns if item.counted else [*columns, None]


def _all(columns: Columns) -> Reach:
    found = together([one[1] for one in columns if one] or [NOTHING])
    return found.also(UNLISTED) if None in columns else found


def _named(columns: Columns) -> dict[str, Reach]:
    found: dict[str, Reach] = {}
    for one in columns:
        if one:
            found[one[0]] = found[one[0]].also(one[1]) if one[0] in found else one[1]
    return found


def _use_output(walk: Walk, where: str, node: Fields, scope: Scope, columns: Columns) -> None:
    """Note what one entry of ORDER BY, GROUP BY or DISTINCT ON looks at: a place, an output's name, an expression."""
    if "GroupingSet" in node:
        for below in node["GroupingSet"].get("content", ()):
            _use_output(walk, where, below, scope, columns)
        return
    if "List" in node or "RowExpr" in node:
        parts = node["List"]["items"] if "List" in node else node["RowExpr"].get("args", ())
        for below in parts:
            _use_output(walk, where, below, scope, columns)
        return
    sort = node.get("SortBy", {})
    found = _looked_at(walk, where, sort.get("node", node), scope, columns)
    walk.use(where, found.also(sorted_by(walk, sort)), node)


def _looked_at(walk: Walk, where: str, node: Fields, scope: Scope, columns: Columns) -> Reach:
    number = node.get("A_Const", {}).get("ival")
    if number is not None:
        place = number.get("ival", 0)
        known = None not in columns[:place]
        return columns[place - 1][1] if known and 0 < place <= len(columns) else _all(columns)
    if "ColumnRef" in node:
        names = strings(node["ColumnRef"]["fields"])
        # GROUP BY alone has a column of FROM before one of the output; one that FROM may have counts as both.
        if len(names) == 1 and names[0] in scope.outputs and (where != "group" or names[0] not in scope.visible.bare):
            found = scope.outputs[names[0]]
            if where == "group" and scope.visible.others is not None:
                found = found.also(scope.visible.others)
            walk.read(found, node["ColumnRef"])
            return found
    return walk.expr(node, scope)


def _order_and_limit(walk: Walk, fields: Fields, scope: Scope, columns: Columns) -> None:
    for node in fields.get("sortClause", ()):
        _use_output(walk, "order", node, scope, columns)
    for name in ("limitCount", "limitOffset"):
        if node := fields.get(name):
            walk.use("limit", walk.expr(node, scope), node)
    for lock in fields.get("lockingClause", ()):
        # They name what FROM lists.
        walk.seen.update(id(named["RangeVar"]) for named in lock["LockingClause"].get("lockedRels", ()))


def _values(walk: Walk, rows: list[Fields], scope: Scope) -> Columns:
    """Columns by their place, each what all rows have there."""
    found: list[Reach] = []
    listed = True
    for row in rows:
        given = listing(walk, row["List"].get("items", ()), scope)
        listed = listed and None not in given
        for place, one in enumerate(filter(None, given)):
            if place < len(found):
                found[place] = found[place].also(one[1])
            else:
                found.append(one[1])
    columns: Columns = [(f"column{place}", reach) for place, reach in enumerate(found, start=1)]
    if not listed:
        everything = _all([*columns, None])
        columns = [*((name, everything) for name, _ in filter(None, columns)), None]
    scope.outputs = _named(columns)
    return columns


def _set_operation(walk: Walk, fields: Fields, scope: Scope) -> Columns:
    """UNION, INTERSECT, EXCEPT: columns by their place, under the names of the left side."""
    left = _query(walk, fields["larg"], Scope(scope))
    right = _query(walk, fields["rarg"], Scope(scope))
    if not fields.get("all") or fields["op"] != "SETOP_UNION":
        walk.use("set operation", _all(left).also(_all(right)), fields["larg"])
    columns = _by_place(left, right, fields["op"] == "SETOP_EXCEPT")
    scope.outputs = _named(columns)
    return columns


def _by_place(left: Columns, right: Columns, only_left: bool) -> Columns:
    if None in left or None in right:
        everything = _all(left).also(_all(right))
        return [(name, everything) for name, _ in filter(None, left)] + [None]
    columns: Columns = []
    for (name, one), (_, other) in zip(filter(None, left), filter(None, right), strict=False):
        columns.append((name, one.also(other.hinted() if only_left else other)))
    return columns


def with_clause(walk: Walk, fields: Fields | None, scope: Scope) -> None:
    """Make visible in *scope* the common table expressions of WITH, one after the other."""
    if not fields:
        return
    for cte in _in_order(fields):
        name, given = cte["ctename"], strings(cte.get("aliascolnames"))
        query = cte["ctequery"]
        if fields.get("recursive") and _is_set_operation(query):
            columns = _recursive(walk, name, given, query, scope)
        else:
            columns = walk.query(query, Scope(scope))
        scope.ctes[name] = _as_item(name, given, columns, _extra(cte))


def _in_order(fields: Fields) -> list[Fields]:
    """The expressions of WITH so that each stands after those that it reads: WITH RECURSIVE takes them in any order."""
    ctes = {node["CommonTableExpr"]["ctename"]: node["CommonTableExpr"] for node in fields["ctes"]}
    if not fields.get("recursive"):
        return list(ctes.values())
    ordered: dict[str, Fields] = {}

    def put(name: str, before: frozenset[str]) -> None:
        for read in relations_named(ctes[name]["ctequery"]) & ctes.keys() - before:
            if read not in ordered:
                put(read, before | {read})
        ordered[name] = ctes[name]

    for name in ctes:
        if name not in ordered:
            put(name, frozenset({name}))
    return list(ordered.values())


def _is_set_operation(query: Fields) -> bool:
    return bool(query.get("SelectStmt", {}).get("op", "SETOP_NONE") != "SETOP_NONE")


def _as_item(name: str, given: list[str], columns: Columns, extra: list[str]) -> Item:
    others = unknown(columns)
    # Where not all columns are known, nobody knows which of them is at which place.
    renamed = [
        (given[place], (others or reach).by_way_of(name)) if place < len(given) else (column, reach.by_way_of(name))
        for place, (column, reach) in enumerate(filter(None, columns))
    ]
    everything = together([reach for _, reach in renamed] or [NOTHING])
    # SEARCH and CYCLE add a path of what they go by.
    renamed += [(column, everything) for column in extra]
    return Item(name, renamed, others and others.by_way_of(name))


def _extra(cte: Fields) -> list[str]:
    search, cycle = cte.get("search_clause") or {}, cte.get("cycle_clause") or {}
    names = (search.get("search_seq_column"), cycle.get("cycle_mark_column"), cycle.get("cycle_path_column"))
    return [name for name in names if name]


def _recursive(walk: Walk, name: str, given: list[str], query: Fields, scope: Scope) -> Columns:
    """
    What a recursive query's columns reach: what its first term gives, and what its second makes of that, again and
    again until nothing is added. Only the last round is noted.
    """
    fields = query["SelectStmt"]
    walk.seen.add(id(fields))
    inner = Scope(scope)
    with_clause(walk, fields.get("withClause"), inner)
    walk.again += 1
    columns = _query(walk, fields["larg"], Scope(inner))
    for _ in range(ROUNDS + len(columns)):
        inner.ctes[name] = _as_item(name, given, columns, [])
        more = _by_place(columns, _query(walk, fields["rarg"], Scope(inner)), only_left=False)
        if more == columns:
            break
        columns = more
    walk.again -= 1
    _query(walk, fields["larg"], Scope(inner))
    _query(walk, fields["rarg"], Scope(inner))
    _order_and_limit(walk, fields, inner, columns)
    return columns


@expression("SelectStmt")
def _as_expression(walk: Walk, fields: Any, scope: Scope) -> Reach:
    """A query where an expression is looked for: JSON_ARRAY(SELECT ...)."""
    return _all(select(walk, fields, Scope(scope)))
