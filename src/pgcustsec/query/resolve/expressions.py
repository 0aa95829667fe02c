"""Expressions: what of the columns below them could be read off their result, and what only has a say in it."""

from __future__ import annotations

from pgcustsec.query.functions import (
    DYNAMIC,
    FINDING,
    GIVING,
    HINTING,
    OPERATORS,
    PRINTING,
    SETS,
    SPEAKING,
    TELLING,
    builtins,
)
from pgcustsec.query.relations import OURS
from pgcustsec.query.resolve.scope import Item, Scope
from pgcustsec.query.resolve.walk import Fields, Walk, called, expression, strings
from pgcustsec.query.sources import NOTHING, Reach, together
from pgcustsec.query.telling import of_name

#: Between two operands their result is a yes or no, and nothing of either shows in it but that. Not `<<` and
#: `>>`, which compare ranges but shift numbers, nor `&&`, which puts searches for words together.
COMPARING = frozenset(
    "= <> != < > <= >= ~ ~* !~ !~* ~~ !~~ ~~* !~~* ^@ @> <@ &< &> -|- ? ?| ?& @? @@ @@@ *= *<> *< *> *<= *>="
    " ~=~ ~<>~ ~<~ ~>~ ~<=~ ~>=~ ~=".split()
)
_COMPARING_KINDS = frozenset(
    "AEXPR_OP_ANY AEXPR_OP_ALL AEXPR_DISTINCT AEXPR_NOT_DISTINCT AEXPR_IN AEXPR_LIKE AEXPR_ILIKE AEXPR_SIMILAR"
    " AEXPR_BETWEEN AEXPR_NOT_BETWEEN AEXPR_BETWEEN_SYM AEXPR_NOT_BETWEEN_SYM".split()
)
#: Of these the name is an operator, which may be somebody's own.
_NAMING_KINDS = frozenset({"AEXPR_OP", "AEXPR_OP_ANY", "AEXPR_OP_ALL"})


@expression("A_Const", "ParamRef", "SQLValueFunction", "SetToDefault", "CurrentOfExpr", "MergeSupportFunc", "TypeName")
def _constant(walk: Walk, fields: Fields, scope: Scope) -> Reach:
    return NOTHING


@expression("ColumnRef")
def column(walk: Walk, fields: Fields, scope: Scope) -> Reach:
    """Look at a name of a column, and note what it reaches."""
    found = _column(walk, fields, scope)
    walk.read(found, fields)
    return found


def _column(walk: Walk, fields: Fields, scope: Scope) -> Reach:
    """A column, a whole row, or a function of a whole row in disguise (`c.row_to_json`)."""
    names = strings(fields["fields"])
    if names == ["*"]:
        return together([item.whole for item in scope.visible.items])
    if len(names) == 1:
        found = scope.column(names[0])
        return found if found is not None else _unknown(walk, names[0], fields)
    *before, last = names
    item = scope.item(before[0]) if len(before) == 1 else scope.qualified(".".join(before[-2:]))
    if item is None and len(before) == 1:
        item = scope.qualified(before[0])
    if item is None:
        return _unknown(walk, ".".join(names), fields)
    if last == "*":
        return item.whole
    found = item.column(last)
    if found is not None:
        return found
    if last in builtins():
        # `c.f` is f(c) where c has no such column.
        return function_reach(walk, None, last, item.whole, fields)
    return _unknown(walk, ".".join(names), fields)


def _unknown(walk: Walk, name: str, fields: Fields) -> Reach:
    walk.fault(of_name("no column", name), "see the role's views: \\dv in psql, or pgcustsec validate", fields)
    return NOTHING


def whole_row(node: Fields, scope: Scope) -> Item | None:
    """The entry of FROM whose row *node* is, `c` or `schema.customer`; None where it is a column, or anything else."""
    names = strings(node["ColumnRef"]["fields"]) if "ColumnRef" in node else []
    if len(names) == 2 and names[1] != "*":
        return scope.qualified(".".join(names))
    levels = [level.visible for level in scope.levels()]
    if len(names) != 1 or any(names[0] in level.bare for level in levels):
        return None
    item = scope.item(names[0])
    others = together([level.others for level in levels if level.others is not None] or [NOTHING])
    if item is None or others == NOTHING:
        return item
    # Where not all columns are known, one of them may have the name.
    columns = [(name, reach.also(others)) for name, reach in item.columns]
    return Item(item.alias, columns, item.others and item.others.also(others), renamed=True)


@expression("A_Indirection")
def _indirection(walk: Walk, fields: Fields, scope: Scope) -> Reach:
    """`(c).x` is x of the row c, `(f(x)).y` whatever f passes on or y of it, `a[n]` of the array."""
    argument, steps = fields["arg"], fields["indirection"]
    item = whole_row(argument, scope) if "String" in steps[0] else None
    named = item.column(steps[0]["String"]["sval"]) if item is not None else None
    found = named if named is not None else walk.expr(argument, scope)
    if named is not None and "ColumnRef" in argument:
        walk.read(named, argument["ColumnRef"])
    for step in steps if named is None else steps[1:]:
        if "A_Indices" in step:
            found = found.also(walk.below(step["A_Indices"], scope).hinted())
        elif "String" in step:
            found = _field(walk, step["String"]["sval"], found, fields)
    return found


def _field(walk: Walk, name: str, found: Reach, fields: Fields) -> Reach:
    """
    `(v).name` of what reaches *found*: a field of v, or else the function `name` of v, as in `('a'::text).upper`.

    It is taken for a field where a column of that name is in it, or a function is known to give one.
    """
    _, function = called(fields["arg"].get("FuncCall", {}))
    if walk.relations.function(None, name) is None:
        columns = {flow.source.column for flow in (*found.values, *found.hints)} | set(GIVING.get(function, ()))
        if "RowExpr" in fields["arg"] and name[:1] == "f" and name[1:].isdigit():
            return found
        # A snapshot has every function that is not built in.
        if name in columns or (walk.relations.routines and name not in builtins()):
            return found
    return function_reach(walk, None, name, found, fields)


@expression("A_Expr")
def _operator(walk: Walk, fields: Fields, scope: Scope) -> Reach:
    left, right = fields.get("lexpr"), fields.get("rexpr")
    reach = walk.expr(left, scope) if left else NOTHING
    other = walk.expr(right, scope) if right else NOTHING
    kind, name = fields["kind"], strings(fields.get("name"))
    if kind == "AEXPR_NULLIF":
        return reach.also(other.hinted())
    if name in (["->"], ["->>"]) and left and right and (key := _key_of_row(walk, left, right, scope)):
        return key
    both = reach.also(other)
    if kind in _NAMING_KINDS:
        both = both.also(operator(walk, name, fields))
    # With one operand, `~` turns bits round: what they were can be read off.
    compared = kind in _COMPARING_KINDS or (name[-1] in COMPARING and left is not None)
    return both.hinted() if compared else both


def operator(walk: Walk, names: list[str], fields: Fields) -> Reach:
    """What an operator reads itself: nothing where it is built in; of another nobody can say, wherever it stands."""
    if names[-1:] and names[-1] in OPERATORS and names[:-1] in ([], ["pg_catalog"]):
        return NOTHING
    return _runs(walk, f"operator {'.'.join(names)} is somebody's own", fields)


def _key_of_row(walk: Walk, left: Fields, right: Fields, scope: Scope) -> Reach | None:
    """`to_jsonb(c) ->> 'mobile'` is c.mobile, as long as the row's columns have the names that they were born with."""
    key = right.get("A_Const", {}).get("sval", {}).get("sval")
    while "TypeCast" in left and strings(left["TypeCast"]["typeName"].get("names"))[-1:] in (["json"], ["jsonb"]):
        left = left["TypeCast"]["arg"]
    call = left.get("FuncCall", {})
    schema, name = called(call)
    if key is None or schema not in (None, "pg_catalog") or name not in ("to_jsonb", "to_json", "row_to_json"):
        return None
    if walk.relations.function(schema, name):
        return None
    item = whole_row(call["args"][0], scope) if call.get("args") else None
    return None if item is None or item.renamed else item.by_name.get(key)


@expression("List")
def _list(walk: Walk, fields: Fields, scope: Scope) -> Reach:
    return walk.all(fields.get("items"), scope)


@expression("BoolExpr", "NullTest", "BooleanTest", "JsonIsPredicate")
def _yes_or_no(walk: Walk, fields: Fields, scope: Scope) -> Reach:
    return walk.below(fields, scope).hinted()


@expression("JsonFuncExpr")
def _json_function(walk: Walk, fields: Fields, scope: Scope) -> Reach:
    """JSON_VALUE and JSON_QUERY give what is in a document, JSON_EXISTS whether it is."""
    found = walk.below(fields, scope)
    return found.hinted() if fields["op"] == "JSON_EXISTS_OP" else found


@expression("GroupingFunc")
def _grouping(walk: Walk, fields: Fields, scope: Scope) -> Reach:
    walk.all(fields.get("args"), scope)
    return NOTHING


@expression("CaseExpr")
def _case(walk: Walk, fields: Fields, scope: Scope) -> Reach:
    found = walk.expr(fields.get("arg"), scope).hinted().also(walk.expr(fields.get("defresult"), scope))
    for branch in fields.get("args", ()):
        when = branch["CaseWhen"]
        found = found.also(walk.expr(when.get("expr"), scope).hinted()).also(walk.expr(when.get("result"), scope))
    return found


@expression("SubLink")
def _subquery(walk: Walk, fields: Fields, scope: Scope) -> Reach:
    kind = fields["subLinkType"]
    columns = walk.query(fields["subselect"], Scope(scope))
    reach = together([one[1] for one in columns if one] or [NOTHING])
    if None in columns:
        reach = reach.also(UNLISTED)
    elif columns and columns[0]:
        walk.firsts[id(fields)] = columns[0][0]
    test = walk.expr(fields.get("testexpr"), scope)
    if names := strings(fields.get("operName")):
        test = test.also(operator(walk, names, fields))
    if kind in ("EXPR_SUBLINK", "ARRAY_SUBLINK", "MULTIEXPR_SUBLINK"):
        return reach.also(test)
    return NOTHING if kind == "EXISTS_SUBLINK" else reach.also(test).hinted()


#: Where a query's columns are not all known.
UNLISTED = Reach(opaque=frozenset({"a star over columns that are not known"}))


@expression("FuncCall")
def _call(walk: Walk, fields: Fields, scope: Scope) -> Reach:
    schema, name = called(fields)
    given = fields.get("args", [])
    if schema is None and len(given) == 1 and (found := _column_as_function(walk, name, given[0], scope)):
        walk.read(found, given[0].get("ColumnRef", fields))
        return found
    if schema == OURS and (shown := _ours(walk, name, given)) is not None:
        walk.call(OURS, name, walk.all(given, scope), fields)
        return shown
    arguments = walk.all(given, scope)
    if name == "set_config":
        _setting(walk, given, arguments, fields)
    aside = walk.expr(fields.get("agg_filter"), scope).hinted()
    ordered = walk.all(fields.get("agg_order"), scope)
    # An ordered-set aggregate gives back what it orders: percentile_disc, mode.
    aside = aside.also(ordered if fields.get("agg_within_group") else ordered.hinted())
    if over := fields.get("over"):
        aside = aside.also(window(walk, over, scope))
    return function_reach(walk, schema, name, arguments, fields).also(aside)


#: What decides how later statements are read; SET says it where it can be seen.
_READ_BY = frozenset({"search_path", "role", "session_authorization", "standard_conforming_strings", "client_encoding"})


def _setting(walk: Walk, given: list[Fields], arguments: Reach, fields: Fields) -> None:
    """
    Refuse set_config where it changes how later statements are read, does not say what it changes, or keeps what a
    column holds: SHOW and current_setting show that to whatever runs later.

    That names are looked for where they are looked for already changes nothing, whether or not it is run.
    """
    name, value = (_text(node) for node in (*given, {}, {})[:2])
    if name is None:
        walk.fault("which setting set_config changes is not to be said", "name the setting in the statement", fields)
    elif name.lower() == "search_path" and walk.relations.paths == ((value,),):
        return
    elif name.lower() in _READ_BY:
        walk.fault(f"set_config changes {name.lower()}", f"SET {name.lower()} is read, where it may be set", fields)
    elif any(flow.source.is_customers for flow in (*arguments.values, *arguments.hints)):
        walk.fault("set_config keeps something of a customer's, for anybody to show later", "select it", fields)


def _text(node: Fields) -> str | None:
    text: str | None = node.get("A_Const", {}).get("sval", {}).get("sval")
    return text


def _column_as_function(walk: Walk, name: str, argument: Fields, scope: Scope) -> Reach | None:
    """`mobile(c)` is c.mobile, where c is a row that has such a column and there is no function of that name."""
    given = strings(argument["ColumnRef"]["fields"]) if "ColumnRef" in argument else []
    item = scope.item(given[0]) if given[1:] == ["*"] else whole_row(argument, scope)
    if item is None or name not in item.by_name or walk.relations.function(None, name):
        return None
    return item.whole if name in builtins() else item.by_name[name]


def _ours(walk: Walk, name: str, given: list[Fields]) -> Reach | None:
    """What those of our own functions give that show or ask of records; None for all others."""
    if name in TELLING:
        return Reach(opaque=frozenset({f"pgcustsec.{name} tells of a subject in all tables"}))
    if name not in PRINTING | FINDING:
        return None
    texts = [_literal(node) for node in given]
    view = walk.relations.view_of(texts[0]) if texts and texts[0] else None
    if view is None:
        return Reach(opaque=frozenset({f"which relation pgcustsec.{name} is about is not in the statement"}))
    if name in PRINTING:
        return together(list(view.columns.values())).by_way_of(f"{name}()")
    asked = view.columns.get(texts[1] or "") if len(texts) > 1 else None
    return (asked or together(list(view.columns.values()))).hinted().by_way_of(f"{name}()")


def _literal(node: Fields) -> str | None:
    while "TypeCast" in node or "NamedArgExpr" in node:
        node = next(iter(node.values()))["arg"]
    found = node.get("A_Const", {}).get("sval", {}).get("sval")
    return found if isinstance(found, str) else None


def function_reach(walk: Walk, schema: str | None, name: str, arguments: Reach, fields: Fields) -> Reach:
    """Return what a call of a function passes on of its *arguments*, and note the call."""
    walk.call(schema, name, arguments, fields)
    if name in DYNAMIC:
        return arguments.also(_runs(walk, f"{name} reads what its arguments name, at run time", fields))
    if name in SPEAKING:
        return _runs(walk, f"{name} shows statements, with the values in them", fields)
    if schema == OURS:
        return arguments.hinted()
    known = walk.relations.function(schema, name)
    if known is not None:
        walk.use("call", Reach(opaque=known.body.opaque), fields)
        if known.gives_rows:
            walk.use("rows", known.reach(arguments), fields)
        if known.folded:
            walk.folded = walk.folded.also(known.body)
    if schema in (None, "pg_catalog") and name in builtins():
        passed = _built_in(walk, name, arguments, fields)
        # The arguments' types may lead to one of the same name that is not built in.
        return passed.also(known.reach(arguments)) if known else passed
    if known is None:
        full = f"{schema}.{name}" if schema else name
        return arguments.also(_runs(walk, f"function {full} is not known: what it reads is not to be said", fields))
    if known.refused:
        walk.fault(known.refused, "ask its owner for EXECUTE, or do without", fields)
    return known.reach(arguments)


def _built_in(walk: Walk, name: str, arguments: Reach, fields: Fields) -> Reach:
    if name in SETS and not (name == "unnest" and _all_counted(fields)):
        walk.use("rows", arguments, fields)
    passed = arguments.hinted() if name in HINTING else arguments
    return passed.by_way_of(f"{name}()") if passed.values else passed


def _runs(walk: Walk, why: str, fields: Fields) -> Reach:
    """What is said of a function that nobody knows, also where what it gives goes nowhere: it runs all the same."""
    said = Reach(opaque=frozenset({why}))
    walk.use("call", said, fields)
    return said


def _all_counted(fields: Fields) -> bool:
    """Whether the arguments are arrays written out, which are as long as they are."""
    given = fields.get("args", ())
    return bool(given) and all("A_ArrayExpr" in node for node in given)


def window(walk: Walk, fields: Fields, scope: Scope) -> Reach:
    """
    Note what a window is parted and ordered by, and how far its frame goes; all have a say in what is over it, and so
    has one that it names.
    """
    parted = walk.all([*fields.get("partitionClause", ()), *fields.get("orderClause", ())], scope)
    for name in ("startOffset", "endOffset"):
        parted = parted.also(walk.expr(fields.get(name), scope))
    walk.use("window", parted, fields)
    return parted.hinted().also(scope.windows.get(fields.get("refname") or fields.get("name", ""), NOTHING))


@expression("SortBy")
def _sort(walk: Walk, fields: Fields, scope: Scope) -> Reach:
    return walk.expr(fields.get("node"), scope).also(sorted_by(walk, fields))


def sorted_by(walk: Walk, fields: Fields) -> Reach:
    """What the operator of ORDER BY ... USING reads, if there is one."""
    names = strings(fields.get("useOp"))
    return operator(walk, names, fields) if names else NOTHING


@expression("ResTarget")
def _target(walk: Walk, fields: Fields, scope: Scope) -> Reach:
    return walk.expr(fields.get("val"), scope)
