"""Following what a snapshot knows: a view to the columns that its query reaches, a function to what its body reads."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from pglast import parser
from pglast.parser import ParseError

from pgcustsec.matrix.model import Column, Matrix, Table
from pgcustsec.query.parse import parse
from pgcustsec.query.relations import KnownFunction, Relation, Relations
from pgcustsec.query.report import Report
from pgcustsec.query.resolve import resolve
from pgcustsec.query.resolve.scope import Item, Scope
from pgcustsec.query.snapshot import KnownRoutine, KnownTable, Snapshot
from pgcustsec.query.sources import NOTHING, Flow, Reach, Shown, Source, together


@dataclass
class Following:
    """What a snapshot adds for one role; each view and function is followed once, when it is first named."""

    matrix: Matrix
    snapshot: Snapshot
    caller: Relations
    _owners: Relations | None = None
    #: Those that are being followed: a circle ends.
    _open: set[str] = field(default_factory=set)

    @property
    def owners(self) -> Relations:
        """What who owns the tables reads, and whatever runs with their rights: the tables as they are stored."""
        if self._owners is None:
            known = {
                (table.schema, table.name): _stored(table, self.snapshot.sealed.get(table.qualified, ()))
                for table in self.matrix.tables.values()
            }
            more, routines = self.tables(owner=True), self.routines(owner=True)
            self._owners = replace(self.caller, known=known, paths=((),), more=more, routines=routines)
        return self._owners

    def tables(self, *, owner: bool = False) -> dict[tuple[str, str], Callable[[], Relation]]:
        """Return by schema and name what gives each relation of the snapshot; to an *owner* without refusal."""
        return {(one.schema, one.name): _once(partial(self._table, one, owner)) for one in self.snapshot.tables}

    def routines(self, *, owner: bool = False) -> dict[tuple[str, str], Callable[[], KnownFunction]]:
        """Return the same for functions. Of one name with several, what any of them reads."""
        by_name: dict[tuple[str, str], list[KnownRoutine]] = {}
        for one in self.snapshot.routines:
            by_name.setdefault((one.schema, one.name), []).append(one)
        return {name: _once(partial(self._routine, found, owner)) for name, found in by_name.items()}

    def _table(self, one: KnownTable, owner: bool) -> Relation:
        name = f"{one.schema}.{one.name}"
        allowed = owner or self.caller.role.name in one.readers
        refused = None if allowed else f"{self.caller.role.name} may not read {name}"
        if one.definition is None:
            return Relation(name, dict.fromkeys(one.columns, NOTHING), "other table", refused=refused)
        return Relation(name, self._definition(name, one), "other view", refused=refused)

    def _definition(self, name: str, one: KnownTable) -> dict[str, Reach]:
        assert one.definition is not None
        found = self._reached(name, one.definition, self.caller if one.invoker else self.owners)
        if found is None or len(found) != len(one.columns):
            unknown = Reach(opaque=frozenset({f"the query of {name} is not to be followed"}))
            return dict.fromkeys(one.columns, unknown)
        return {column: reach.by_way_of(name) for column, reach in zip(one.columns, found, strict=True)}

    def _reached(self, name: str, text: str, names: Relations, function: str | None = None) -> list[Reach] | None:
        """
        What each column of the last statement of *text* reaches; None where it is not to be resolved.

        In the body of a *function* a name that is no column is an argument or a variable.
        """
        if name in self._open:
            return None
        self._open.add(name)
        try:
            result: list[Reach] | None = None
            for one in parse(text):
                report = Report(one.text, names.role.name, one.kind, tree=one.tree)
                if one.error is not None:
                    return None
                around = Scope()
                if function is not None:
                    around.visible.add(Item(function, [], NOTHING))
                columns, _ = resolve(replace(names, made={}, kept={}), report, around)
                if report.faults or None in columns:
                    return None
                result = [reach for _, reach in filter(None, columns)]
            return result
        finally:
            self._open.discard(name)

    def _routine(self, routines: list[KnownRoutine], owner: bool) -> KnownFunction:
        name = f"{routines[0].schema}.{routines[0].name}"
        reach = together([self._body(name, one) for one in routines])
        allowed = owner or any(self.caller.role.name in one.callers for one in routines)
        return KnownFunction(name, reach, None if allowed else f"{self.caller.role.name} may not call {name}")

    def _body(self, name: str, one: KnownRoutine) -> Reach:
        names = self.owners if one.definer else self.caller
        if one.language == "sql":
            found = self._reached(f"{name}()", _as_statements(one.body), names, function=one.name)
            return together(found or [NOTHING]) if found is not None else _unknown(name)
        if one.language != "plpgsql":
            return Reach(opaque=frozenset({f"{name} is written in {one.language}"}))
        reach = NOTHING
        try:
            queries = list(_queries(json.loads(parser.parse_plpgsql_json(one.source))))
        except (ParseError, ValueError):
            return _unknown(name)
        for query in queries:
            found = None if query is None else self._reached(f"{name}()", query, names, function=one.name)
            reach = reach.also(together(found or [NOTHING]) if found is not None else _unknown(name))
        return reach


def _unknown(name: str) -> Reach:
    return Reach(opaque=frozenset({f"the body of {name} is not to be followed"}))


def _stored(table: Table, sealed: Collection[str]) -> Relation:
    """A table as its owner reads it: masked forms where it is *sealed*, values elsewhere."""

    def reach(column: Column) -> Reach:
        shown: Shown = "masked" if column.name in sealed else "full"
        source = Source(table.qualified, column.name, column.tier, column.kind, shown, column.mark)
        return Reach(frozenset({Flow(source, (table.qualified,))}))

    columns = {column.name: reach(column) for column in table.columns.values()}
    # A column that the matrix does not name is one that nobody classified.
    others = Reach(opaque=frozenset({f"{table.qualified} has columns of no tier"}))
    return Relation(table.qualified, columns, "table", others=others)


_ATOMIC = re.compile(r"^\s*BEGIN\s+ATOMIC\b(.*)\bEND\s*;?\s*$", re.IGNORECASE | re.DOTALL)
_RETURN = re.compile(r"^\s*RETURN\b(.*)$", re.IGNORECASE | re.DOTALL)


def _as_statements(body: str) -> str:
    """The statements of a function in SQL, whichever way its body is written."""
    if atomic := _ATOMIC.match(body):
        return atomic[1]
    if result := _RETURN.match(body):
        return f"SELECT {result[1]}"
    return body


_ASSIGNED = re.compile(r"^\s*[\w.\"\[\]]+\s*:?=(.*)$", re.DOTALL)


def _queries(tree: Any) -> Iterator[str | None]:
    """Yield each query and expression of a PL/pgSQL function as a statement; None for one that is made at run time."""
    if isinstance(tree, dict):
        for key, value in tree.items():
            if key in ("PLpgSQL_stmt_dynexecute", "PLpgSQL_stmt_dynfors"):
                yield None
            if key == "PLpgSQL_expr":
                yield _as_query(value["query"])
            else:
                yield from _queries(value)
    elif isinstance(tree, list):
        for value in tree:
            yield from _queries(value)


def _as_query(text: str) -> str:
    for candidate in (text, f"SELECT {text}", *(f"SELECT {found[1]}" for found in [_ASSIGNED.match(text)] if found)):
        try:
            parser.parse_sql_json(candidate)
        except ParseError:
            continue
        return candidate
    return text


def _once(make: Callable[[], Any]) -> Callable[[], Any]:
    """*make*, whose result is kept."""
    made: list[Any] = []

    def get() -> Any:
        if not made:
            made.append(make())
        return made[0]

    return get
