"""
Row scopes as SQL conditions over the customer's row (5.2.2, 1.4).

A condition is a conjunction of unions of scopes. Who asks is read in a sub-select that reads no row of the table, so
PostgreSQL works it out once per statement (an InitPlan) and not once per row; and lazily, so a row that the first arm
of an OR lets in costs nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from pgcustsec.compile.quote import fitting, ident, literal
from pgcustsec.matrix.model import Access, Deviation, Matrix, Role, RowScope, ServedByColumn, Table
from pgcustsec.matrix.predicate import empty_where, render

INTERNAL = "pgcustsec_internal"
#: The views that policies and views read, as the viewer: see sql/src/50_views.
ASKER, COLLEAGUE, AT_WORK = "asker", "colleague", "at_work"


@dataclass(frozen=True, slots=True)
class Scope:
    """One scope; with `until`, it counts up to and including that day (UTC) and not after."""

    rows: RowScope
    until: date | None = None


Union = frozenset[Scope]
Condition = tuple[Union, ...]
EVERYTHING: Union = frozenset({Scope("all")})


def top_of(matrix: Matrix, table: Table) -> Table:
    """The customer table that *table*'s rows belong to."""
    while table.parent is not None:
        table = matrix.tables[table.parent.table]
    return table


def row_union(access: Access) -> Union:
    """The scopes whose rows *access* gives; none at all when it says `none`."""
    scopes = frozenset(Scope(rows) for rows in access.rows if rows != "none")
    return EVERYTHING if Scope("all") in scopes else scopes


def tier2_union(matrix: Matrix, role: Role, access: Access) -> Union:
    """
    The scopes in which *role* sees tier 2 of the table.

    Wider than serving holds while a deviation says so (5.2.5); past its end, and without one, serving is what is left.
    """
    if access.tier2 == "none":
        return frozenset()
    serving = Scope("serving")
    if access.tier2 == "serving":
        return frozenset({serving})
    ends = [d.until for d in deviations(matrix, role, access, "tier2")]
    return frozenset({serving} | ({Scope(access.tier2, max(ends))} if ends else set()))


def deviations(matrix: Matrix, role: Role, access: Access, allows: str) -> list[Deviation]:
    """The deviations that speak of *role* on *access*'s table and allow *allows*."""
    return [d for d in matrix.deviations if (d.role, d.table, d.allows) == (role.name, access.table, allows)]


def visible(matrix: Matrix, role: Role, table: Table) -> Condition:
    """
    What must hold for a row of *table* to be seen by *role*: its own scope, and everything its parents' rows need.

    Unions that are said twice stand once; the parents' come first.
    """
    access = role.tables.get(table.qualified)
    if access is None:
        return (frozenset(),)
    above = visible(matrix, role, matrix.tables[table.parent.table]) if table.parent else ()
    return above + own_condition(matrix, role, table, above)


def own_condition(matrix: Matrix, role: Role, table: Table, above: Condition) -> Condition:
    """The part of `visible` that *above*, the parents' part, does not say already."""
    access = role.tables[table.qualified]
    wanted = [row_union(access)]
    if table.exists_is_tier2:
        wanted.append(tier2_union(matrix, role, access))
    own: list[Union] = []
    for union in wanted:
        if not _implied(union, (*above, *own)) and not (table.parent and union == EVERYTHING):
            own.append(union)
    return tuple(own)


def _implied(union: Union, by: Condition) -> bool:
    """Whether one of *by* says at least as much: fewer scopes are a narrower union."""
    return any(other <= union for other in by)


def condition_sql(matrix: Matrix, role: Role, top: Table, alias: str, condition: Condition, *, indexed: bool) -> str:
    """
    Return *condition* over the customer table *top*, read as *alias*.

    *indexed* says that the condition is to find rows (arrays, which indexes can use), not to judge rows that are read
    anyway (hashed sub-selects, which do not grow slow with the number of staff).
    """
    if not condition:
        return _holds(role.name)
    parts = [_union_sql(matrix, role, top, alias, union, indexed=indexed) for union in condition]
    return " AND ".join(f"({part})" for part in parts) if len(parts) > 1 else parts[0]


def _union_sql(matrix: Matrix, role: Role, top: Table, alias: str, union: Union, *, indexed: bool) -> str:
    if union >= {Scope("pool"), Scope("serving")} and findable(union) and _server_columns(top, alias):
        return " OR ".join(_pool_and_serving_arms(role.name, top, alias, indexed))
    arms: list[str] = []
    for scope in sorted(union, key=lambda s: (ORDER.index(s.rows), s.until or date.max)):
        arms += _scope_arms(matrix, role, top, alias, scope, indexed=indexed and findable(union))
    return " OR ".join(arms) if arms else "false"


def shows_sql(matrix: Matrix, role: Role, top: Table, alias: str, union: Union, seen: Condition) -> str:
    """
    Return whether *union* holds in a row that is visible because *seen* does.

    A row that is not in the pool was seen for another reason; where that can only be *union*, no function is asked.
    """
    if any(other - union == {Scope("pool")} for other in seen):
        # Few rows are judged, so the form that is cheap to have at hand counts, not the one that is cheap per row.
        judged = condition_sql(matrix, role, _in_nobodys_hands(top), alias, (union,), indexed=True)
        return f"({_in_pool(top, alias)}) IS NOT TRUE OR {judged}"
    return condition_sql(matrix, role, top, alias, (union,), indexed=False)


def _in_nobodys_hands(top: Table) -> Table:
    """*top* without the columns of who serves that are empty in every row of its pool: they need not be asked there."""
    assert top.pool is not None, "checked by the matrix: scope pool needs a pool"
    empty = empty_where(top.pool.when)
    served = tuple(s for s in top.served_by if not (isinstance(s, ServedByColumn) and s.column in empty))
    return replace(top, served_by=served)


def findable(union: Union) -> bool:
    """Whether indexes find the rows of *union*: who serves them, or that they are in the pool."""
    return bool(union) and all(scope.rows in ("serving", "pool") for scope in union)


#: Cheap and likely arms first: an OR stops at the first that holds.
ORDER: tuple[RowScope, ...] = ("all", "branch", "pool", "serving", "department", "none")


def _scope_arms(matrix: Matrix, role: Role, top: Table, alias: str, scope: Scope, *, indexed: bool) -> list[str]:
    arms = _ARMS[scope.rows](role.name, top, alias, indexed)
    if scope.until is None:
        return arms
    in_force = (
        f"(SELECT pg_catalog.clock_timestamp()) < {literal(end_of(scope.until).isoformat())}::pg_catalog.timestamptz"
    )
    return [f"({arm}) AND {in_force}" for arm in arms]


def end_of(day: date) -> datetime:
    """The moment at which *day* is over in UTC: no caller's TimeZone moves it."""
    return datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(days=1)


#: Whom somebody serves, by the matrix's word on managers: columns of the asker.
SERVES = {"none": "serves_none", "direct": "serves_direct", "chain": "serves_chain"}


def asked(column: str, role: str) -> str:
    """What *column* of the asker is, if they hold *role*; NULL for everybody else, which no row equals."""
    return f"({asking(f'a.{column}', literal(role))})"


def asking(what: str, role: str, view: str = ASKER) -> str:
    """The SELECT of *what* from the asker or their colleagues, read as `a`, if the asker holds *role*, an SQL text."""
    return f"SELECT {what} FROM {INTERNAL}.{view} AS a WHERE a.role_code = {role}"


def _holds(role: str) -> str:
    return f"({asking('true', literal(role))})"


def _all(role: str, top: Table, alias: str, indexed: bool) -> list[str]:
    return [_holds(role)]


def _branch(role: str, top: Table, alias: str, indexed: bool) -> list[str]:
    assert top.branch is not None, "checked by the matrix: scope branch needs a branch column"
    return [f"{ident(alias, top.branch)} = {asked('branch_code', role)}"]


def _department(role: str, top: Table, alias: str, indexed: bool) -> list[str]:
    if top.department_column is not None:
        return [f"{ident(alias, top.department_column)} = {asked('department_code', role)}"]
    staff = asking("a.staff_id", literal(role), COLLEAGUE)
    arms = [f"{column} IN ({staff})" for column in _server_columns(top, alias)]
    return arms + _assigned_arms(role, top, alias, "department", indexed=False)


def _serving(role: str, top: Table, alias: str, indexed: bool) -> list[str]:
    arms = [_served(role, top, column, indexed) for column in _server_columns(top, alias)]
    return arms + _assigned_arms(role, top, alias, "serving", indexed)


def _served(role: str, top: Table, column: str, indexed: bool) -> str:
    """The condition that *column* names one whose customers the asker serves."""
    serves = SERVES[top.managers]
    if indexed:
        return _among(column, asked(serves, role))
    return f"{column} IN ({asking(f'pg_catalog.unnest(a.{serves})', literal(role))})"


def _server_columns(top: Table, alias: str) -> list[str]:
    return [ident(alias, s.column) for s in top.served_by if isinstance(s, ServedByColumn)]


def _pool(role: str, top: Table, alias: str, indexed: bool) -> list[str]:
    # IS TRUE keeps indexes out of it: a pool is large, and beside the few rows that somebody serves it tempted the
    # planner to read the whole pool's index for every list of theirs (an agent's policies took 1.8 times as long).
    return [f"(({_in_pool(top, alias)}) IS TRUE AND {_holds(role)})"]


def _pool_and_serving_arms(role: str, top: Table, alias: str, indexed: bool) -> list[str]:
    """
    The arms of both scopes together, with one look-up of who asks instead of two (3.7 us of a point read's 32).

    Whether somebody holds the role is known from the comparison with whom they serve: it is NULL for nobody, and no
    staff number is empty. Beside the pool no index would be used for the first column anyway.
    """
    first, *more = _server_columns(top, alias)
    serves = _among(f"COALESCE({first}, '')", asked(SERVES[top.managers], role))
    pooled = f"CASE {serves} WHEN true THEN true WHEN false THEN ({_in_pool(top, alias)}) IS TRUE END"
    arms = [_served(role, top, column, indexed) for column in more]
    return [pooled, *arms, *_assigned_arms(role, top, alias, "serving", indexed)]


def _in_pool(top: Table, alias: str) -> str:
    assert top.pool is not None, "checked by the matrix: scope pool needs a pool"
    return render(top.pool.when, alias)


def _none(role: str, top: Table, alias: str, indexed: bool) -> list[str]:
    return []


_ARMS = {
    "all": _all,
    "branch": _branch,
    "department": _department,
    "serving": _serving,
    "pool": _pool,
    "none": _none,
}


def _assigned_arms(role: str, top: Table, alias: str, scope: str, indexed: bool) -> list[str]:
    """The arm that holds where the row's key is assigned, if the matrix knows assignments; see `assignments`."""
    if not top.served_by_tables:
        return []
    call = f"{INTERNAL}.{ident(assigned_name(top, scope))}({literal(role)})"
    key = [ident(alias, column) for column in top.key]
    if len(key) == 1:
        return [_among(key[0], f"(SELECT {call})") if indexed else f"{key[0]} IN (SELECT pg_catalog.unnest({call}))"]
    names = ", ".join(f"k.{ident(column)}" for column in top.key)
    return [f"({', '.join(key)}) IN (SELECT {names} FROM {call} AS k)"]


def _among(column: str, array: str) -> str:
    """
    The condition that *column* is an element of *array*, a sub-select of one value that reads no row of the table.

    CASE keeps `= ANY (...)` from being read as a comparison with the rows of a sub-select; the planner folds it away,
    which it must: only a comparison with nothing that may leak is used for an index before row security.
    """
    return f"{column} = ANY (CASE WHEN true THEN {array} END)"


def assigned_name(top: Table, scope: str) -> str:
    """Name of the compiled function that lists the customers assigned through tables; see `assignments`."""
    return fitting(f"{scope} {top.qualified}")


def uses_assignments(top: Table, condition: Condition) -> set[str]:
    """Which of the compiled functions of *top* (`serving`, `department`) *condition* calls."""
    if not top.served_by_tables:
        return set()
    scopes: set[str] = {scope.rows for union in condition for scope in union}
    used = scopes & {"serving"}
    if "department" in scopes and top.department_of_server:
        used.add("department")
    return used
