"""
What in a database is other than its matrix says, and who could see or do more because of it (5.2.5, 5.3).

The words are of what a difference makes possible, not of what somebody did with it: that is in the record of access.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from pgcustsec.compile.quote import ident
from pgcustsec.matrix.model import Matrix
from pgcustsec.objects import (
    EXTRACT_SCHEMA,
    INNER_SCHEMA,
    INTERNAL_SCHEMA,
    KEYS_SCHEMA,
    OWNER,
    PUBLIC,
    VAULT_SCHEMA,
    Check,
    DatabaseRole,
    DefaultPrivileges,
    Function,
    Grant,
    Hook,
    Key,
    Membership,
    Object,
    Policy,
    ReferenceRow,
    RowSecurity,
    Schema,
    Setting,
    TermColumn,
    Trigger,
    Unique,
    VaultTable,
    View,
    name_of,
)
from pgcustsec.plan import differences
from pgcustsec.shape import Changed, Place, WayOut

How = Literal["missing", "altered", "surplus", "foreign"]


@dataclass(frozen=True, slots=True)
class Drift:
    """
    An object that is not as the matrix says: missing, altered or surplus; `opens` says who could see or do more by it.

    None: nobody. `object` is its kind and name. A foreign one is a way past the views that somebody else made, which
    no apply touches: `by_hand` says what to do about it. `changed`: its last change by hand, where those are recorded.
    """

    object: str
    how: How
    opens: str | None
    by_hand: str | None = None
    places: tuple[Place, ...] = ()
    changed: Changed | None = None


@dataclass(frozen=True, slots=True)
class Drifted:
    """
    What of a database is not as the matrix says. `unmanaged` touches protected tables and is none of the matrix's.

    `matrix_changed`: the matrix is not the one that was applied, so that what it newly says is among the differences.
    """

    database: str
    drifts: tuple[Drift, ...]
    unmanaged: tuple[str, ...]
    matrix_changed: bool


def drifts(
    present: Mapping[Key, Object], wanted: Mapping[Key, Object], matrix: Matrix, ways: Iterable[WayOut] = ()
) -> tuple[Drift, ...]:
    """
    Return every difference between *present* and what *matrix* wants, those that open something first.

    *ways* past the views are among them, whoever made them.
    """
    found = differences(present, wanted)
    reach = _Reach(matrix, present)
    each: Iterable[tuple[How, Object, str | None]] = (
        *(("surplus", old, reach.opened(old, None)) for old in found.surplus),
        *(("altered", new, reach.opened(old, new)) for old, new in found.altered),
        *(("missing", new, reach.unguarded(new)) for new in found.missing),
    )
    said = [Drift(name_of(thing.key), how, opens, places=_places(thing)) for how, thing, opens in each]
    said += [Drift(way.name_of, "foreign", reach.way(way), by_hand(way), way.places) for way in ways]
    return tuple(sorted(said, key=lambda one: (one.opens is None, one.object)))


_OUR_SCHEMAS = ("pgcustsec", INTERNAL_SCHEMA, INNER_SCHEMA, EXTRACT_SCHEMA, VAULT_SCHEMA, KEYS_SCHEMA)

#: Attributes of a role by what they let its members do.
_ATTRIBUTES = {
    "LOGIN": "can log in itself: nobody in particular",
    "SUPERUSER": "sees and does everything",
    "BYPASSRLS": "reads every row of what it may read",
    "CREATEROLE": "makes roles",
    "CREATEDB": "makes databases",
    "REPLICATION": "can copy the whole cluster",
}


class _Reach:
    """Who reaches what: by the matrix, and by the roles' names in the database."""

    def __init__(self, matrix: Matrix, present: Mapping[Key, Object]) -> None:
        self._matrix = matrix
        self._groups = {matrix.group_role(role): role for role in matrix.roles}
        self._viewers = {matrix.viewer_role(role): role for role in matrix.roles}
        self._vaults = {thing.name: thing.base for thing in present.values() if isinstance(thing, VaultTable)}

    def opened(self, old: Object, new: Object | None) -> str | None:
        """What *old*, which is there, opens beyond *new*, which should be there; None: nothing."""
        match old:
            case Grant():
                return self._grant(old, new if isinstance(new, Grant) else None)
            case Membership():
                return self._membership(old, new if isinstance(new, Membership) else None)
            case DatabaseRole():
                can = [_ATTRIBUTES[one] for one in sorted(old.attributes) if one in _ATTRIBUTES]
                return f"{old.name} {', '.join(can)}" if can else None
            case RowSecurity():
                return self._rows(old)
            case Policy():
                return self._policy(old, new)
            case View():
                return self._view(old, new)
            case Schema():
                other = new is not None and isinstance(new, Schema) and new.owner != old.owner
                return f"{old.owner} can put other views in the place of those in schema {old.name}" if other else None
            case Function():
                return self._function(old, new)
            case Setting() if old.name == "search_path":
                return f"{old.role}: a table of a view's name in {old.value} is read and written in its place"
            case DefaultPrivileges():
                return f"everybody: {old.on} that {old.creator} makes from now on"
            case Hook():
                return f"{old.owner}: whatever {old.what} {old.name} does with values written to {self._held_in(old)}"
            case ReferenceRow() | Check() | Trigger():
                return self.unguarded(old)
            case _:
                return None

    def way(self, way: WayOut) -> str:
        """Who gets at what by *way*."""
        who = ", ".join(way.who)
        match way.kind:
            case "publication":
                return f"whoever replicates ({who}): every change of {self._carried(way)}"
            case "subscription":
                return f"whoever publishes to {who}: writes rows of {self._carried(way)}, past the views"
            case "rule":
                return f"{who}: whatever is to be done beside each {way.made_of} on {self._carried(way)}"
            case "view":
                return f"{who}: every row of {self._carried(way)} that {way.name} reads, past row security"
            case "event trigger":
                return f"{who}: {way.made_of} runs in every change of the database, an apply's too, with its rights"
            case _:
                return f"{who}: {way.made_of} is given the values that a statement casts {way.name}"

    def _carried(self, way: WayOut) -> str:
        assert way.table is not None, "only casts and event triggers are about no table"
        schema, name = way.table
        if schema == VAULT_SCHEMA:
            return f"true values of {'.'.join(self._vaults.get(name, way.table))}"
        if schema in _OUR_SCHEMAS:
            return f"pgcustsec's own {schema}.{name}"
        table = f"{schema}.{name}"
        return f"{table}: {self._by_tier(table, list(way.columns))}" if way.columns else table

    def _held_in(self, hook: Hook) -> str:
        if hook.schema == VAULT_SCHEMA:
            return f"the vault of {'.'.join(self._vaults.get(hook.table, (hook.schema, hook.table)))}"
        return f"{hook.schema}.{hook.table}"

    def unguarded(self, thing: Object) -> str | None:
        """What is no longer kept while *thing* is not there, or not as it should be; None: nothing."""
        match thing:
            case Check():
                return f"true values can be written into {thing.schema}.{thing.table}, where they are to lie masked"
            case Trigger() | TermColumn():
                return f"rows of {thing.schema}.{thing.table} may show past their term: nothing keeps it up to date"
            case RowSecurity():
                return self._rows(thing)
            case ReferenceRow():
                return f"the database decides by another {thing.table.replace('_', ' ')} {thing.code} than the matrix's"
            case _:
                return None

    def _grant(self, old: Grant, new: Grant | None) -> str | None:
        more = old.privileges - (new.privileges if new else frozenset())
        handed = old.grantable - (new.grantable if new else frozenset())
        parts = []
        if more:
            parts.append(f"{_who(old.grantee)}: {', '.join(sorted(more))} {self._target(old, 'SELECT' in more)}")
        if handed:
            parts.append(f"{_who(old.grantee)} can hand on {', '.join(sorted(handed))} {self._target(old, False)}")
        return "; ".join(parts) or None

    def _target(self, grant: Grant, reads: bool) -> str:
        if grant.on not in ("table", "column"):
            return f"on {grant.on} {'.'.join(grant.target[:2])}"
        schema, relation, *column = grant.target
        name = f"{schema}.{relation}"
        if schema == VAULT_SCHEMA:
            return f"on true values of {'.'.join(self._vaults.get(relation, (schema, relation)))}, every row"
        if schema in (INTERNAL_SCHEMA, KEYS_SCHEMA):
            return f"on pgcustsec's own {name}"
        if schema in self._matrix.roles:
            return f"on the view {name}: what the person who asks sees in role {schema}"
        if not reads:
            return f"on {name}{f' ({column[0]})' if column else ''}, past the views"
        return f"on {name}, past the views: {self._columns(name, column)}"

    def _columns(self, table: str, named: list[str]) -> str:
        return f"{self._by_tier(table, named)}; of rows that a policy lets them have"

    def _by_tier(self, table: str, named: list[str]) -> str:
        """Columns by tier; tier 1 lies masked there."""
        if table not in self._matrix.tables:
            return ", ".join(named) or "a partition, or a table that the matrix does not know"
        columns = self._matrix.tables[table].columns
        chosen = named or list(columns)
        tiers: dict[str, list[str]] = {}
        for name in chosen:
            tiers.setdefault(f"tier {columns[name].tier}" if name in columns else "not classified", []).append(name)
        return "; ".join(
            f"{tier}{' (masked)' if tier == 'tier 1' else ''} {', '.join(tiers[tier])}" for tier in sorted(tiers)
        )

    def _membership(self, old: Membership, new: Membership | None) -> str | None:
        if new is None:
            return f"{old.member}: {self._held(old.role)}" + (", and can hand it on" if old.admin else "")
        if not old.exceeds(new):
            return None
        ways = (
            ("can hand on", old.admin, new.admin),
            ("uses", old.inherit, new.inherit),
            ("becomes", old.set, new.set),
        )
        return f"{old.member} {', '.join(way for way, has, should in ways if has and not should)} {old.role}"

    def _held(self, role: str) -> str:
        if role in self._groups:
            tables = ", ".join(self._matrix.roles[self._groups[role]].tables) or "no table"
            return f"the views of role {self._groups[role]} ({tables}), as far as the person holds it"
        if role in self._viewers:
            return f"base tables as the views of {self._viewers[role]} read them, tier 2 and masked tier 1, unrecorded"
        return "everything of pgcustsec, true values too" if role == OWNER else f"all that {role} may"

    def _rows(self, security: RowSecurity) -> str:
        table = f"{security.schema}.{security.name}"
        readers = [role.name for role in self._matrix.roles.values() if table in role.tables]
        who = f"roles {', '.join(readers)}" if readers else "every role that reads it"
        return f"{who}: every row of {table}"

    def _policy(self, old: Policy, new: Object | None) -> str | None:
        if not old.permissive:
            return None
        who = ", ".join(_who(self._viewers.get(role, role)) for role in sorted(old.roles))
        on = f"{old.schema}.{old.table}"
        if new is None:
            return f"{who}: rows of {on} that policy {old.name} lets pass ({old.command})"
        assert isinstance(new, Policy)
        same = (old.source, old.roles, old.command) == (new.source, new.roles, new.command)
        return (
            None if same else f"{who}: rows of {on} by another condition, for other roles or commands ({old.command})"
        )

    def _view(self, old: View, new: Object | None) -> str | None:
        if new is None:
            return f"who may read it: whatever view {old.schema}.{old.name} shows"
        assert isinstance(new, View)
        role = old.schema if old.schema in self._matrix.roles else self._viewers.get(new.owner, new.owner)
        if (old.source, old.owner, old.options) == (new.source, new.owner, new.options):
            return None
        return f"role {role}: whatever view {old.schema}.{old.name} shows now, to whom and of which rows"

    def _function(self, old: Function, new: Object | None) -> str | None:
        if new is None:
            return None
        assert isinstance(new, Function)
        same = (old.source, old.owner, old.returns) == (new.source, new.owner, new.returns)
        return None if same else f"whom {old.schema}.{old.name} answers: whatever it says now"


def _places(thing: Object) -> tuple[Place, ...]:
    """The object whose change changed *thing*: a table for what is on it; none for what is the cluster's, and rows."""
    match thing:
        case Grant():
            return ((thing.target[0], thing.target[1] if len(thing.target) > 1 else ""),)
        case Schema():
            return ((thing.name, ""),)
        case View() | Function() | RowSecurity() | VaultTable():
            return ((thing.schema, thing.name),)
        case Policy() | Trigger() | Check() | TermColumn() | Unique() | Hook():
            return ((thing.schema, thing.table),)
        case _:
            return ()


def by_hand(way: WayOut) -> str:
    """What to do about *way*, which is somebody else's: as who made it, or as a superuser."""
    name, table = ident(way.name), ident(*way.table) if way.table else ""
    match way.kind:
        case "publication":
            return f"ALTER PUBLICATION {name} DROP TABLE {table}; one of a schema or of all: DROP PUBLICATION {name}"
        case "subscription":
            return f"ALTER SUBSCRIPTION {name} DISABLE; then take {table} out of what it is subscribed to"
        case "rule":
            return f"DROP RULE {name} ON {table}"
        case "view":
            return f"DROP {way.made_of} {way.name}, or give it to an owner whom row security holds"
        case "event trigger":
            return f"look at what {way.made_of} does; if it is nobody's: DROP EVENT TRIGGER {name}"
        case _:
            return f"DROP CAST ({way.name})"


def _who(grantee: str) -> str:
    return "everybody" if grantee == PUBLIC else grantee
