"""INSERT, UPDATE, DELETE, MERGE: what is written, what says which rows, and what RETURNING gives back."""

from __future__ import annotations

from dataclasses import replace

from pgcustsec.query.relations import Columns, Relation
from pgcustsec.query.resolve.expressions import UNLISTED
from pgcustsec.query.resolve.scope import From, Item, Scope
from pgcustsec.query.resolve.selects import listing, targets, with_clause
from pgcustsec.query.resolve.tables import entry, find, from_clause
from pgcustsec.query.resolve.walk import Fields, Walk, statement
from pgcustsec.query.sources import NOTHING, Reach, together

#: What columns are given by a statement that writes.
Written = dict[str, Reach]


@statement("InsertStmt")
def insert(walk: Walk, fields: Fields, scope: Scope) -> Columns:
    with_clause(walk, fields.get("withClause"), scope)
    relation = _target(walk, fields["relation"], "insert")
    into = [node["ResTarget"]["name"] for node in fields.get("cols", ())]
    columns = walk.query(fields["selectStmt"], Scope(scope)) if "selectStmt" in fields else []
    _may_write(walk, relation, "insert", into or None, fields["relation"])
    written = _inserted(walk, relation, into, _reaches(columns, len(into or relation.columns)), fields["relation"])
    item = _add(scope, fields["relation"], relation)
    if conflict := fields.get("onConflictClause"):
        _join(written, _on_conflict(walk, conflict, scope, relation, item, written))
    return _returning(walk, fields, scope, item, written)


@statement("UpdateStmt")
def update(walk: Walk, fields: Fields, scope: Scope) -> Columns:
    with_clause(walk, fields.get("withClause"), scope)
    relation = _target(walk, fields["relation"], "update")
    item = _add(scope, fields["relation"], relation)
    from_clause(walk, fields.get("fromClause"), scope)
    written = _assign(walk, fields.get("targetList", []), relation, scope)
    _where(walk, fields, scope)
    return _returning(walk, fields, scope, item, written)


@statement("DeleteStmt")
def delete(walk: Walk, fields: Fields, scope: Scope) -> Columns:
    with_clause(walk, fields.get("withClause"), scope)
    relation = _target(walk, fields["relation"], "delete")
    _may_write(walk, relation, "delete", None, fields["relation"])
    item = _add(scope, fields["relation"], relation)
    from_clause(walk, fields.get("usingClause"), scope)
    _where(walk, fields, scope)
    return _returning(walk, fields, scope, item, {})


@statement("MergeStmt")
def merge(walk: Walk, fields: Fields, scope: Scope) -> Columns:
    with_clause(walk, fields.get("withClause"), scope)
    relation = _target(walk, fields["relation"], "update")
    # The star of RETURNING has the source first.
    scope.visible.join(entry(walk, fields["sourceRelation"], scope, scope))
    item = _add(scope, fields["relation"], relation)
    walk.use("join", walk.expr(fields.get("joinCondition"), scope), fields.get("joinCondition"))
    written: Written = {}
    for node in fields.get("mergeWhenClauses", ()):
        clause = node["MergeWhenClause"]
        if condition := clause.get("condition"):
            walk.use("where", walk.expr(condition, scope), condition)
        if clause["commandType"] == "CMD_UPDATE":
            _join(written, _assign(walk, clause.get("targetList", []), relation, scope))
        elif clause["commandType"] == "CMD_DELETE":
            _may_write(walk, relation, "delete", None, fields["relation"])
        elif clause["commandType"] == "CMD_INSERT":
            into = [target["ResTarget"]["name"] for target in clause.get("targetList", ())]
            _may_write(walk, relation, "insert", into or None, fields["relation"])
            values = listing(walk, clause.get("values", ()), scope)
            reaches = _reaches(values, len(into or relation.columns))
            _join(written, _inserted(walk, relation, into, reaches, fields["relation"]))
    return _returning(walk, fields, scope, item, written)


def _target(walk: Walk, fields: Fields, how: str) -> Relation:
    return find(walk, fields, how) or Relation(fields["relname"], {}, "unknown", others=NOTHING)


def _add(scope: Scope, fields: Fields, relation: Relation) -> Item:
    """Make what is written visible, and in RETURNING what it was and what it is (`old`, `new`)."""
    alias = fields.get("alias")
    label = alias["aliasname"] if alias else fields["relname"]
    item = Item(label, list(relation.columns.items()), relation.others)
    if not alias:
        item.qualified = relation.name
    scope.visible.add(item)
    return item


def _where(walk: Walk, fields: Fields, scope: Scope) -> None:
    if where := fields.get("whereClause"):
        walk.use("where", walk.expr(where, scope), where)


def _inserted(walk: Walk, relation: Relation, into: list[str], reaches: list[Reach], fields: Fields) -> Written:
    """Note what a row that is inserted has; where no columns are named, it is the relation's in their order."""
    names = into or list(relation.columns)
    written: Written = {}
    for place, reach in enumerate(reaches):
        walk.write(relation.name, into[place] if place < len(into) else None, reach, fields)
        if place < len(names):
            written[names[place]] = reach
    return written


def _reaches(columns: Columns, places: int) -> list[Reach]:
    """What each of *columns* reaches; where not all are known, any of *places* may be given any of it."""
    if None in columns:
        return [together([UNLISTED, *(one[1] for one in columns if one)])] * places
    return [one[1] for one in columns if one]


def _join(written: Written, more: Written) -> None:
    for name, reach in more.items():
        written[name] = written.get(name, NOTHING).also(reach)


def _assign(walk: Walk, nodes: list[Fields], relation: Relation, scope: Scope) -> Written:
    names = [node["ResTarget"]["name"] for node in nodes]
    _may_write(walk, relation, "update", names, nodes)
    written: Written = {}
    for node in nodes:
        target = node["ResTarget"]
        value = target.get("val", {})
        if "MultiAssignRef" in value:
            value = value["MultiAssignRef"]["source"]
        reach = walk.expr(value, scope)
        walk.write(relation.name, target["name"], reach, target)
        written[target["name"]] = reach
    return written


def _may_write(walk: Walk, relation: Relation, how: str, columns: list[str] | None, fields: object) -> None:
    """Note a fault where the matrix does not let the role write so."""
    # UPDATE pg_settings is a SET that is not read as one.
    if relation.what == "catalog":
        walk.fault(f"{relation.name} is not to be written", "SET changes a setting", fields)
    if relation.access is None or relation.refused:
        return
    write, role = relation.access.write, walk.relations.role.name
    allowed = {"insert": write.insert, "update": write.update}.get(how)
    if allowed is None:
        if not write.delete:
            walk.fault(f"{role} may not delete from {relation.name}", "see `write` in the matrix", fields)
        return
    if not allowed:
        walk.fault(f"{role} may not {how} {relation.name}", "see `write` in the matrix", fields)
    elif outside := [name for name in columns or () if name not in allowed]:
        hint = f"it may {how}: {', '.join(allowed)}"
        walk.fault(f"{role} may not {how} {relation.name}.{outside[0]}", hint, fields)


def _on_conflict(
    walk: Walk, conflict: Fields, scope: Scope, relation: Relation, item: Item, inserted: Written
) -> Written:
    if relation.access:
        hint = "look the row up first, then INSERT or UPDATE"
        walk.fault(f"ON CONFLICT does not work through the view {relation.name}", hint, conflict)
    within = Scope(scope.outer, From(), scope.ctes)
    within.visible.add(item)
    excluded = [(name, inserted.get(name, NOTHING)) for name in relation.columns]
    within.visible.items.append(Item("excluded", excluded, relation.others))
    infer = conflict.get("infer", {})
    for node in infer.get("indexElems", ()):
        walk.use("conflict", item.column(node["IndexElem"].get("name", "")) or NOTHING, conflict)
    walk.use("conflict", walk.below(infer, within), conflict)
    if conflict.get("action") == "ONCONFLICT_UPDATE":
        written = _assign(walk, conflict.get("targetList", []), relation, within)
        if where := conflict.get("whereClause"):
            walk.use("where", walk.expr(where, within), where)
        return written
    return {}


def _returning(walk: Walk, fields: Fields, scope: Scope, item: Item, written: Written) -> Columns:
    """What RETURNING gives: a row as it is now has what was written; as it was, what the view showed of it."""
    _keep(walk, fields["relation"], written)
    clause = fields.get("returningClause")
    nodes = clause.get("exprs") if clause else fields.get("returningList")
    if not nodes:
        return []
    given = {}
    for option in (clause or {}).get("options", ()):
        found = option["ReturningOption"]
        given[found["option"]] = found["value"]
    before = item.columns
    scope.visible.also(item, {name: reach.by_way_of(item.alias) for name, reach in written.items()})
    for kind, default, columns in (
        ("RETURNING_OPTION_OLD", "old", before),
        ("RETURNING_OPTION_NEW", "new", item.columns),
    ):
        label = given.get(kind, default)
        if scope.visible.item(label) is None:
            scope.visible.items.append(Item(label, columns, item.others))
    return targets(walk, nodes, scope)


def _keep(walk: Walk, fields: Fields, written: Written) -> None:
    """What a script puts into a temporary table of its own, later statements read out of it."""
    name = fields["relname"]
    made = walk.relations.made.get(name)
    if made is None or fields.get("schemaname") not in (None, "pg_temp"):
        return
    columns = {one: reach.also(written.get(one, NOTHING).by_way_of(name)) for one, reach in made.columns.items()}
    walk.relations.made[name] = replace(made, columns=columns)
