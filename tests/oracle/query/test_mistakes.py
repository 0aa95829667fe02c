"""The control: mistakes that somebody might make in check, made one at a time, are noticed by the same statements."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from pgcustsec.query import Checker
from pgcustsec.query.resolve import expressions, modifying, selects, tables
from pgcustsec.query.resolve.scope import From, Item
from pgcustsec.query.resolve.walk import EXPRESSIONS, TABLES, Walk
from pgcustsec.query.sources import NOTHING, Reach
from tests.oracle.query.conftest import DEFAULT_STATEMENTS
from tests.oracle.query.test_soundness import IMPRECISE, UNSAID
from tests.oracle.query.watching import Watched
from tests.oracle.query.world import PEOPLE

Patch = Callable[[pytest.MonkeyPatch], None]
MISTAKES: dict[str, Patch] = {}
#: They read all tables, write, and see names.
ROLE = "service_agent"


def mistake(what: str) -> Callable[[Patch], Patch]:
    def register(patch: Patch) -> Patch:
        MISTAKES[what] = patch
        return patch

    return register


def _expression(what: str, kind: str, wrong: Callable[[Reach], Reach]) -> None:
    """The mistake of taking what an expression of *kind* passes on for less."""

    @mistake(what)
    def patch(monkeypatch: pytest.MonkeyPatch) -> None:
        right = EXPRESSIONS.get(kind) or (lambda walk, fields, scope: walk.below(fields, scope))
        monkeypatch.setitem(EXPRESSIONS, kind, lambda walk, fields, scope: wrong(right(walk, fields, scope)))


def _entry(what: str, kind: str) -> None:
    """The mistake of taking what an entry of FROM of *kind* gives for nothing of anybody's."""

    @mistake(what)
    def patch(monkeypatch: pytest.MonkeyPatch) -> None:
        right = TABLES[kind]

        def wrong(walk: Walk, fields: Any, scope: Any, beside: Any) -> From:
            found: From = right(walk, fields, scope, beside)
            made = From()
            for item in found.items:
                made.add(Item(item.alias, [(name, NOTHING) for name, _ in item.columns], item.others and NOTHING))
            return made

        monkeypatch.setitem(TABLES, kind, wrong)


def _uses(what: str, *places: str) -> None:
    """The mistake of passing over what looks at columns without showing them."""

    @mistake(what)
    def patch(monkeypatch: pytest.MonkeyPatch) -> None:
        right = Walk.use

        def wrong(self: Walk, where: str, reach: Reach, fields: Any) -> None:
            if where not in places:
                right(self, where, reach, fields)

        monkeypatch.setattr(Walk, "use", wrong)


def _nothing(reach: Reach) -> Reach:
    return NOTHING


_expression("the result of CASE is taken for a hint", "CaseExpr", Reach.hinted)
_expression("COALESCE passes nothing on", "CoalesceExpr", _nothing)
_expression("GREATEST and LEAST compare, and show nothing", "MinMaxExpr", Reach.hinted)
_expression("a cast passes nothing on", "TypeCast", _nothing)
_expression("an array passes nothing on", "A_ArrayExpr", _nothing)
_expression("a row passes nothing on", "RowExpr", _nothing)
_expression("a scalar subquery is taken for a hint", "SubLink", Reach.hinted)
_expression("(c).x is not seen", "A_Indirection", _nothing)
_expression("a function call is taken for a hint", "FuncCall", Reach.hinted)
_expression("JSON_OBJECT passes nothing on", "JsonObjectConstructor", _nothing)
_expression("JSON_ARRAYAGG passes nothing on", "JsonArrayAgg", _nothing)
_expression("JSON_VALUE and JSON_QUERY pass nothing on", "JsonFuncExpr", _nothing)
_expression("an operator shows nothing of what it is given", "A_Expr", Reach.hinted)
_entry("a subquery in FROM gives nothing", "RangeSubselect")
_entry("functions in FROM give nothing", "RangeFunction")
_entry("JSON_TABLE gives nothing", "JsonTable")
_uses("WHERE is passed over", "where")
_uses("conditions of joins are passed over", "join")
_uses("GROUP BY and DISTINCT are passed over", "group", "distinct")
_uses("set operations are passed over", "set operation")
_uses("how many rows functions make is passed over", "rows")


@mistake("columns of USING stay two")
def _using(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(From, "merge", lambda self, names: None)


@mistake("whole rows are not followed")
def _rows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Item, "whole", property(lambda self: NOTHING))


@mistake("LATERAL is not seen")
def _lateral(monkeypatch: pytest.MonkeyPatch) -> None:
    right = tables._subselect
    monkeypatch.setitem(
        TABLES,
        "RangeSubselect",
        lambda walk, fields, scope, beside: right(walk, {**fields, "lateral": False}, scope, beside),
    )


@mistake("what stands in a CTE is not followed")
def _ctes(monkeypatch: pytest.MonkeyPatch) -> None:
    right = selects._as_item

    def wrong(name: str, given: list[str], columns: Any, extra: list[str]) -> Item:
        found = right(name, given, columns, extra)
        return Item(found.alias, [(column, NOTHING) for column, _ in found.columns], found.others)

    monkeypatch.setattr(selects, "_as_item", wrong)


@mistake("the star of a CTE or a subquery is not followed")
def _star(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(selects, "_columns_of", lambda item: [(name, NOTHING) for name, _ in item.columns])


@mistake("a set operation has the columns of its left side alone")
def _left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(selects, "_by_place", lambda left, right, only_left: left)


@mistake("a recursive query is gone through once")
def _once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(selects, "_recursive", lambda walk, name, given, query, scope: _first_term(walk, query, scope))


def _first_term(walk: Walk, query: Any, scope: Any) -> Any:
    return selects.select(walk, query["SelectStmt"]["larg"], selects.Scope(scope))


@mistake("of VALUES the last row counts")
def _values(monkeypatch: pytest.MonkeyPatch) -> None:
    right = selects._values
    monkeypatch.setattr(selects, "_values", lambda walk, rows, scope: right(walk, rows[-1:], scope))


@mistake("x(c) is not seen to be a column")
def _function(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(expressions, "_column_as_function", lambda walk, name, argument, scope: NOTHING)


@mistake("c.row_to_json passes nothing on")
def _attribute(monkeypatch: pytest.MonkeyPatch) -> None:
    right = expressions.function_reach
    monkeypatch.setattr(
        expressions,
        "function_reach",
        lambda walk, schema, name, arguments, fields: (
            right(walk, schema, name, arguments, fields) if "funcname" in fields else NOTHING
        ),
    )


@mistake("a key of a row as JSON shows nothing")
def _key(monkeypatch: pytest.MonkeyPatch) -> None:
    right = expressions._key_of_row
    monkeypatch.setattr(expressions, "_key_of_row", lambda *given: right(*given) and NOTHING)


@mistake("what is written does not come back")
def _written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(From, "also", lambda self, item, more: None)
    monkeypatch.setattr(modifying, "_keep", lambda walk, fields, written: None)


@mistake("FILTER has no say")
def _filter(monkeypatch: pytest.MonkeyPatch) -> None:
    right = expressions._call
    monkeypatch.setitem(
        EXPRESSIONS,
        "FuncCall",
        lambda walk, fields, scope: right(
            walk, {key: value for key, value in fields.items() if key != "agg_filter"}, scope
        ),
    )


@mistake("what is asked in EXISTS and IN is passed over")
def _exists(monkeypatch: pytest.MonkeyPatch) -> None:
    right = expressions._subquery

    def wrong(walk: Walk, fields: Any, scope: Any) -> Reach:
        before = len(walk.report.uses)
        found = right(walk, fields, scope)
        if fields["subLinkType"] in ("EXISTS_SUBLINK", "ANY_SUBLINK"):
            del walk.report.uses[before:]
            return NOTHING
        return found

    monkeypatch.setitem(EXPRESSIONS, "SubLink", wrong)


@pytest.mark.one_server
def test_each_mistake_is_noticed(watched: Watched, capsys: pytest.CaptureFixture[str]) -> None:
    seen = list(watched.watch(ROLE, range(DEFAULT_STATEMENTS // len(PEOPLE))))
    right = Checker(watched.stage.broker.matrix).check
    assert watched.judged(right, ROLE, seen).wrong() == []
    noticed = {}
    for what, patch in MISTAKES.items():
        with pytest.MonkeyPatch.context() as monkeypatch:
            patch(monkeypatch)
            tally = watched.judged(Checker(watched.stage.broker.matrix).check, ROLE, seen)
        too_careful = len(tally.unsaid) > UNSAID * tally.accepted or len(tally.imprecise) > IMPRECISE * tally.promised
        noticed[what] = (len(tally.unsound), len(tally.told_apart), too_careful)
    with capsys.disabled():
        print("\nmistake: statements unsound, told apart in the other world, more unsaid than may be")
        print(*(f"  {what}: {numbers}" for what, numbers in noticed.items()), sep="\n")
    assert [what for what, numbers in noticed.items() if not any(numbers)] == []
