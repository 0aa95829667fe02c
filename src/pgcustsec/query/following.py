"""Following what a snapshot knows: a view to the columns that its query reaches, a function to what its body reads."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from pglast.parser import ParseError

from pgcustsec.matrix.model import Column, Matrix, Table
from pgcustsec.query.bodies import Head, head, statements_of_plpgsql, statements_of_sql
from pgcustsec.query.parse import parse
from pgcustsec.query.relations import KnownFunction, Relation, Relations
from pgcustsec.query.report import Report
from pgcustsec.query.resolve import resolve
from pgcustsec.query.resolve.scope import Item, Scope
from pgcustsec.query.snapshot import KnownRoutine, KnownTable, Snapshot
from pgcustsec.query.sources import NOTHING, Flow, Reach, Shown, Source, together


@dataclass(frozen=True, slots=True)
class Read:
    """
    What a text reads: what each column of its last statement reaches, and what has a say in which rows there are.

    `bare`: the names without a schema in it, of which the search_path decides.
    """

    columns: list[Reach]
    rows: Reach = NOTHING
    bare: frozenset[str] = frozenset()

    @property
    def reach(self) -> Reach:
        return together([self.rows.hinted(), *self.columns])


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
        found = self._read(name, one.definition, self.caller if one.invoker else self.owners)
        if found is None or len(found.columns) != len(one.columns):
            unknown = Reach(opaque=frozenset({f"the query of {name} is not to be followed"}))
            return Relation(name, dict.fromkeys(one.columns, unknown), "other view", refused=refused, rows=unknown)
        columns = {column: reach.by_way_of(name) for column, reach in zip(one.columns, found.columns, strict=True)}
        rows = found.rows.by_way_of(name)
        return Relation(name, columns, "other view", refused=refused, rows=rows, bare=found.bare)

    def _read(self, name: str, text: str, names: Relations, around: Scope | None = None) -> Read | None:
        """What the statements of *text* read, which may use names of *around*; None where they are not resolved."""
        if name in self._open:
            return None
        self._open.add(name)
        try:
            names = replace(names, made={}, kept={}, asked=set())
            result, rows = list[Reach](), NOTHING
            for one in parse(text):
                report = Report(one.text, names.role.name, one.kind, tree=one.tree)
                if one.error is not None:
                    return None
                columns, _ = resolve(names, report, around or Scope())
                if report.faults or None in columns:
                    return None
                result = [reach for _, reach in filter(None, columns)]
                rows = together([rows, *(use.reach for use in report.uses)])
            return Read(result, rows.hinted(), frozenset(names.asked))
        finally:
            self._open.discard(name)

    def _routine(self, routines: list[KnownRoutine], owner: bool) -> KnownFunction:
        name = f"{routines[0].schema}.{routines[0].name}"
        allowed = owner or any(self.caller.role.name in one.callers for one in routines)
        refused = None if allowed else f"{self.caller.role.name} may not call {name}"
        found = [self._function(name, one, owner) for one in routines]
        return KnownFunction(
            name,
            together([one.body for one in found]),
            refused,
            gives_rows=any(one.gives_rows for one in found),
            folded=any(one.folded for one in found),
            bare=frozenset().union(*(one.bare for one in found)),
        )

    def _function(self, name: str, one: KnownRoutine, owner: bool) -> KnownFunction:
        try:
            said = head(one.source)
            texts, variables = _texts(one, said)
        except (ParseError, ValueError, KeyError):
            return KnownFunction(name, _unknown(name))
        around = _inside(one.name, variables)
        reads = [self._body(name, one, text, said, around, owner) for text in texts]
        reads += [self._default(name, expression, owner) for expression in said.defaults]
        return KnownFunction(
            name,
            together([read.reach for read in reads] or [NOTHING]),
            gives_rows=said.gives_rows,
            folded=said.folded,
            bare=frozenset().union(*(read.bare for read in reads)),
        )

    def _body(self, name: str, one: KnownRoutine, text: str | None, said: Head, around: Scope, owner: bool) -> Read:
        # Called by what has the owner's rights, it has them too. There a name without a schema is not followed.
        names = self.owners if one.definer or owner else self.caller
        if said.path is not None and names is self.caller:
            names = replace(names, paths=(said.path,))
        found = None if text is None else self._read(f"{name}()", text, names, around)
        return found or Read([_unknown(name)])

    def _default(self, name: str, expression: dict[str, Any], owner: bool) -> Read:
        """What an argument is that the caller leaves out."""
        names = replace(self.owners if owner else self.caller, made={}, kept={}, asked=set())
        report = Report("", names.role.name, "SelectStmt", tree=_select(expression))
        columns, _ = resolve(names, report)
        if report.faults:
            return Read([_unknown(name)])
        uses = together([NOTHING, *(use.reach for use in report.uses)])
        return Read([reach for _, reach in filter(None, columns)], uses, frozenset(names.asked))


def _texts(one: KnownRoutine, said: Head) -> tuple[list[str | None], frozenset[str]]:
    """The statements of a function, None for what is not in its source; and the names of its variables."""
    if one.language == "sql":
        return [statements_of_sql(one.body)], said.arguments
    return statements_of_plpgsql(one.source) if one.language == "plpgsql" else ([None], frozenset())


def _inside(function: str, variables: frozenset[str]) -> Scope:
    """What is around a function's statements: a name that is no column is an argument or a variable."""
    around = Scope(variables=variables)
    around.visible.add(Item(function, [(name, NOTHING) for name in sorted(variables)], NOTHING))
    return around


def _select(expression: dict[str, Any]) -> dict[str, Any]:
    return {"SelectStmt": {"targetList": [{"ResTarget": {"val": expression}}]}}


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


def _once(make: Callable[[], Any]) -> Callable[[], Any]:
    """*make*, whose result is kept."""
    made: list[Any] = []

    def get() -> Any:
        if not made:
            made.append(make())
        return made[0]

    return get
