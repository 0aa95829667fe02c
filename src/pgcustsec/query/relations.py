"""What a role can name: its views as the matrix has them, the catalog, and what a snapshot of the database adds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from pgcustsec.compile.scopes import deviations
from pgcustsec.matrix.model import Access, Column, Matrix, Role, Table
from pgcustsec.query.sources import NOTHING, Flow, Reach, Shown, Source, together

#: In place of a column: that a table has a row.
ROWS = "(rows)"
CATALOGS = frozenset({"pg_catalog", "information_schema"})
#: Of the catalog, what shows samples of values; to who may read the column, so of base tables to no role.
STATISTICS = frozenset({"pg_stats", "pg_statistic", "pg_stats_ext", "pg_stats_ext_exprs", "pg_statistic_ext_data"})
OURS = "pgcustsec"
#: Its views, of a role and a table each, show what a running extract was approved for.
EXTRACTS = "pgcustsec_extracts"
#: The columns of pgcustsec.change_history.
HISTORY = tuple(
    "change_id changed_at relation record_key operation column_name old_value new_value old_blind new_blind key_id"
    " staff_id login session_id application_name reason confirmed_at word".split()
)


@dataclass(frozen=True, slots=True)
class Relation:
    """
    A relation that a statement names: its columns in order and what each reaches.

    `others`: what a column reaches that is not listed, where not all are known; None where all are. `what` says what
    it is: view, table, catalog, temporary. `refused` says why the role cannot read it. `rows`: what has a say in which
    rows a view has, beside what it shows; `bare`: names without a schema in what it runs.
    """

    name: str
    columns: Mapping[str, Reach]
    what: str
    others: Reach | None = None
    refused: str | None = None
    #: The table of the matrix that the view is of.
    table: str | None = None
    access: Access | None = None
    rows: Reach = NOTHING
    bare: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class KnownFunction:
    """
    A function of the database's own: what its result reaches beside what it is given; why the role may not call.

    `gives_rows`: whether it gives any number of them; `folded`: whether planning a statement may call it, and the plan
    show what it gave; `bare`: names without a schema in what it runs.
    """

    name: str
    body: Reach
    refused: str | None = None
    gives_rows: bool = True
    folded: bool = True
    bare: frozenset[str] = frozenset()

    def reach(self, arguments: Reach) -> Reach:
        return arguments.also(self.body).by_way_of(f"{self.name}()")


#: The columns that a query gives, in order; None in place of columns that are not known.
Columns = list[tuple[str, Reach] | None]
#: Where names lead to: the paths, and the temporary tables with what is in them.
Names = tuple[tuple[tuple[str, ...], ...], dict[str, Relation]]


@dataclass(frozen=True, slots=True)
class Kept:
    """Queries that a script keeps under one name, the columns of any of them, and where names led to then."""

    queries: tuple[dict[str, Any], ...]
    columns: Columns
    names: Names


@dataclass
class Relations:
    """Everything that one role can name, by schema and name; `path` is where a bare name is looked for."""

    matrix: Matrix
    role: Role
    #: Where bare names are looked for; after a SET in a script, by what it came to, in one of several places.
    paths: tuple[tuple[str, ...], ...]
    known: Mapping[tuple[str, str], Relation]
    #: Made by the statements of a script themselves: temporary tables; queries kept as cursors (`portal`) and plans.
    made: dict[str, Relation] = field(default_factory=dict)
    kept: dict[tuple[str, str], Kept] = field(default_factory=dict)
    #: The names without a schema that were looked for.
    asked: set[str] = field(default_factory=set)
    #: What a snapshot knows beside: followed when it is first named.
    more: Mapping[tuple[str, str], Callable[[], Relation]] = field(default_factory=dict)
    routines: Mapping[tuple[str, str], Callable[[], KnownFunction]] = field(default_factory=dict)

    @property
    def names(self) -> Names:
        return self.paths, dict(self.made)

    def find(self, schema: str | None, name: str) -> Relation | None:
        """Return what *name* is to the role, or None where it names nothing that is known."""
        if schema is None:
            return self._bare(name)
        if schema in CATALOGS:
            return _catalog(schema, name)
        if schema in ("pg_temp", "pg_temporary") and name in self.made:
            return self.made[name]
        if found := self._known(schema, name):
            return found
        if (schema, name) == (OURS, "change_history"):
            return _history(self.matrix, self.role)
        if schema == OURS:
            # Other evidence and lists of people, which have their own readers: no customer's column is in them.
            return Relation(f"{schema}.{name}", {}, "pgcustsec", others=NOTHING)
        return self._extract(name) if schema == EXTRACTS else None

    def _bare(self, name: str) -> Relation | None:
        """
        What *name* is without a schema: a temporary table of the script's, or what a path leads to, or the catalog's.

        Whether a SET, or a table, was taken back by the time, is not in a script: where it could be either, it is
        refused. What is under no path is an error of the database's, which shows nothing.
        """
        self.asked.add(name)
        found = [self.made.get(name), *(self._by_path(path, name) for path in self.paths)]
        known = list({id(one): one for one in found if one is not None}.values())
        if not known:
            return _catalog("pg_catalog", name) if name.startswith("pg_") else None
        if len(known) == 1:
            return known[0]
        either = " or ".join(one.name for one in known)
        return replace(known[0], refused=f"{name} is {either}, by what the script comes to: name its schema")

    def _by_path(self, path: tuple[str, ...], name: str) -> Relation | None:
        return next((found for one in path if (found := self._known(one, name))), None)

    def make(self, relation: Relation) -> None:
        """Note a temporary table of the script's; of two under one name either may be there."""
        before = self.made.get(relation.name)
        if before is not None and before.columns != relation.columns:
            others = [one.others for one in (before, relation) if one.others is not None]
            both = together([NOTHING, *before.columns.values(), *relation.columns.values(), *others])
            relation = replace(relation, columns=dict.fromkeys(relation.columns, both), others=both)
        self.made[relation.name] = relation

    def _extract(self, name: str) -> Relation | None:
        role, _, table = name.partition(".")
        if role not in self.matrix.roles or table not in {one.name for one in self.matrix.tables.values()}:
            return None
        said = Reach(opaque=frozenset({"an extract shows what its request was approved for"}))
        refused = None if role == self.role.name else f"{name} is for extracts of role {role}"
        return Relation(f"{EXTRACTS}.{name}", {}, "extract", others=said, refused=refused)

    def _known(self, schema: str, name: str) -> Relation | None:
        found = self.known.get((schema, name))
        if found is None and (schema, name) in self.more:
            found = self.more[schema, name]()
            moved = self._moved(found.name, found.bare)
            return replace(found, refused=moved) if moved else found
        return found

    def _moved(self, what: str, bare: frozenset[str]) -> str | None:
        """Why what has *bare* names in it is not what was followed: they lead elsewhere by now, or may."""
        self.asked |= bare
        if bare & self.made.keys() or (bare and len(self.paths) > 1):
            return f"what {what} reads is decided by the search_path, and by temporary tables, that the script makes"
        return None

    def view_of(self, relation: str) -> Relation | None:
        """Return the role's own view that *relation* means, said as a view or as the table that it is of."""
        schema, _, name = relation.rpartition(".")
        for found in self.known.values():
            own = found.what == "view" and not found.refused
            if own and (
                found.table == relation or (found.name == f"{self.role.name}.{name}" and schema in ("", self.role.name))
            ):
                return found
        return None

    def nearest(self, name: str) -> str:
        """What may have been meant by *name*, as a hint."""
        views = sorted(one.name for one in self.known.values() if one.what == "view" and not one.refused)
        same = [one for one in views if one.partition(".")[2] == name]
        return f"read {same[0]}" if same else f"the role reads: {', '.join(views)}"

    def function(self, schema: str | None, name: str) -> KnownFunction | None:
        """Return what is known of a function that is not built in."""
        schemas = [one for path in self.paths for one in path] if schema is None else [schema]
        found = [self.routines[one, name]() for one in schemas if (one, name) in self.routines]
        if not found:
            return None
        if schema is None:
            self.asked.add(name)
        moved = next((why for one in found if (why := self._moved(one.name, one.bare))), None)
        # Of several paths each is read: what any of them reads.
        return replace(
            found[0],
            body=together([one.body for one in found]),
            refused=moved or found[0].refused,
            gives_rows=any(one.gives_rows for one in found),
            folded=any(one.folded for one in found),
        )


def relations(matrix: Matrix, role: Role) -> Relations:
    """Return what holders of *role* can name by *matrix* alone."""
    known: dict[tuple[str, str], Relation] = {}
    for table in matrix.tables.values():
        # No role has any right on a base table.
        columns = {column.name: NOTHING for column in table.columns.values()}
        known[table.schema, table.name] = Relation(
            table.qualified, columns, "table", NOTHING, f"no role may read the table {table.qualified} itself"
        )
    for other in matrix.roles.values():
        for access in other.tables.values():
            relation = _view(matrix, other, access)
            if other is not role:
                relation = Relation(
                    relation.name, relation.columns, "view", refused=f"{relation.name} is role {other.name}'s"
                )
            known[other.name, matrix.tables[access.table].name] = relation
    return Relations(matrix, role, ((role.name,),), known)


def _view(matrix: Matrix, role: Role, access: Access) -> Relation:
    table = matrix.tables[access.table]
    name = f"{role.name}.{table.name}"
    columns = {}
    for column in table.columns.values():
        if column.tier == 1 and access.tier1 == "absent":
            continue
        source = Source(
            table.qualified, column.name, column.tier, column.kind, _shown(matrix, role, access, column), column.mark
        )
        columns[column.name] = Reach(frozenset({Flow(source, (name,))}))
    return Relation(name, columns, "view", table=table.qualified, access=access, rows=_existence(table, access, name))


def _existence(table: Table, access: Access, name: str) -> Reach:
    """Where it is tier 2 that there is a row at all (`exists: tier2`), every number of rows has that in it (5.2.2)."""
    if not table.exists_is_tier2:
        return NOTHING
    source = Source(table.qualified, ROWS, 2, None, "never" if access.tier2 == "none" else "full", table.mark)
    return Reach(hints=frozenset({Flow(source, (name,))}))


def _shown(matrix: Matrix, role: Role, access: Access, column: Column) -> Shown:
    """What holders of *role* are shown of *column* at most, without an approved request (5.2.1, 5.2.2)."""
    if column.tier == 3:
        return "full"
    if column.tier == 1:
        return "masked" if access.tier1 == "masked" else "never"
    if access.tier2 == "none":
        return "never"
    if column.is_name and not (access.names == "value" and deviations(matrix, role, access, "names")):
        return "masked"
    return "full"


def _history(matrix: Matrix, role: Role) -> Relation:
    """What was in every column before it was changed and after: tier 2 as it was, tier 1 and names masked (3.1)."""
    flows = set()
    for table in matrix.tables.values():
        for column in table.columns.values():
            if column.tier < 3:
                shown: Shown = "masked" if column.tier == 1 or column.is_name else "full"
                source = Source(table.qualified, column.name, column.tier, column.kind, shown, column.mark)
                flows.add(Flow(source, (f"{OURS}.change_history",)))
    values = Reach(frozenset(flows))
    blind = values.hinted()
    columns = {"old_value": values, "new_value": values, "old_blind": blind, "new_blind": blind}
    told = {name: columns.get(name, NOTHING) for name in HISTORY}
    refused = None if role.supervises else f"{OURS}.change_history is for who supervises"
    return Relation(f"{OURS}.change_history", told, OURS, refused=refused)


#: What other sessions of the same login run, and one's own: statements, with the values that are in them.
_STATEMENTS = {"pg_stat_activity": "query", "pg_prepared_statements": "statement", "pg_cursors": "statement"}


def _catalog(schema: str, name: str) -> Relation:
    if column := _STATEMENTS.get(name):
        said = Reach(opaque=frozenset({f"{name} shows statements, with the values in them"}))
        return Relation(f"{schema}.{name}", {column: said}, "catalog", others=NOTHING)
    if name in STATISTICS:
        return Relation(f"{schema}.{name}", {}, "statistics", Reach(opaque=frozenset({f"{name} shows samples"})))
    return Relation(f"{schema}.{name}", {}, "catalog", others=NOTHING)
