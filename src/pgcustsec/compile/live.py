"""
How many rows are in reach of the people who hold a role today: the policies' row scopes, over named staff (5.2.2).

A policy answers for who asks. Here the same scopes are asked for everybody who holds the role, so that a plan can say
beforehand how much a change is about. It counts rows and reads no value.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import cast

from pgcustsec.compile.explain import by_assignment, by_column
from pgcustsec.compile.exposure import Exposure, Place
from pgcustsec.compile.quote import ident, literal
from pgcustsec.compile.reading import joined_top, parent_joins
from pgcustsec.compile.scopes import Condition, Scope, Union, end_of, top_of, visible
from pgcustsec.compile.terms.when import not_due
from pgcustsec.matrix.model import Access, Matrix, Role, RowScope, Table
from pgcustsec.matrix.predicate import render
from pgcustsec.shape import Site


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds a role: number and name, where they work, whom they serve by the matrix's word on managers."""

    staff: str
    name: str
    department: str
    branch: str
    serves: Mapping[str, Sequence[str]]
    #: Everybody of their department, those who left as well.
    colleagues: Sequence[str]


def before(matrix: Matrix, applied: Mapping[Place, Exposure], name: str) -> Matrix:
    """Return *matrix* with the rows that role *name* had by what was *applied*, of the tables that it still has."""
    seen = {table: one for (role, table, _), one in applied.items() if role == name and table in matrix.tables}
    tables = {table: Access(table, _scopes(one.rows), _tier2(one)) for table, one in seen.items()}
    return replace(matrix, roles={**matrix.roles, name: replace(matrix.roles[name], tables=tables)})


def _scopes(said: Iterable[str]) -> tuple[RowScope, ...]:
    # Written down by an apply, of a matrix that was checked.
    return tuple(cast(RowScope, one) for one in said)


def _tier2(seen: Exposure) -> RowScope:
    """Where tier 2 showed; it counts for rows of tables that are shown where their tier 2 is, and says so there."""
    said = [where.rpartition(": ")[2] for where in seen.only_where if where.startswith("only where tier 2 shows")]
    return _scopes(said)[0] if said else "serving"


def reach_sql(matrix: Matrix, site: Site, role: Role, table: Table, holders: Sequence[Holder]) -> str | None:
    """Return the query that counts the rows of *table* which at least one of *holders* sees; None: nobody sees any."""
    condition = _narrowest(visible(matrix, role, table))
    if not holders or not all(condition):
        return None
    top, alias = top_of(matrix, table), joined_top(matrix, table)
    joins = "\n".join(parent_joins(matrix, table, "t"))
    where = [*([term] if (term := not_due(top, alias)) else [])]
    if len(condition) == 1:
        # One union holds for somebody if it holds for all of them taken together.
        where.append(_union(condition[0], site, top, alias, _together(top, holders)))
    elif condition:
        people = ", ".join(f"({', '.join(_lists(top, [one]))})" for one in holders)
        each = " AND ".join(f"({_union(union, site, top, alias, _COLUMNS)})" for union in condition)
        where.append(
            f"EXISTS (SELECT FROM (VALUES {people}) AS h (serves, colleagues, departments, branches) WHERE {each})"
        )
    conditions = f"\nWHERE {' AND '.join(f'({one})' for one in where)}" if where else ""
    return f"SELECT pg_catalog.count(*)\nFROM {ident(*site.tables[table.qualified].relation)} AS t\n{joins}{conditions}"


def relations_read(matrix: Matrix, table: Table) -> list[str]:
    """The tables that `reach_sql` reads beside pgcustsec's own."""
    names = [table.qualified]
    while table.parent is not None:
        table = matrix.tables[table.parent.table]
        names.append(table.qualified)
    return [*names, *(served.table for served in table.served_by_tables)]


def _narrowest(condition: Condition) -> Condition:
    """*condition* without the unions that a narrower one of it says already."""
    unions = list(dict.fromkeys(condition))
    return tuple(union for union in unions if not any(other < union for other in unions))


@dataclass(frozen=True, slots=True)
class _Asked:
    """SQL arrays of who is asked about: whom they serve, their colleagues, departments and branches."""

    serves: str
    colleagues: str
    departments: str
    branches: str


_COLUMNS = _Asked("h.serves", "h.colleagues", "h.departments", "h.branches")


def _together(top: Table, holders: Sequence[Holder]) -> _Asked:
    return _Asked(*_lists(top, holders))


def _lists(top: Table, holders: Sequence[Holder]) -> list[str]:
    return [
        _array(one for holder in holders for one in holder.serves[top.managers]),
        _array(one for holder in holders for one in holder.colleagues),
        _array(holder.department for holder in holders),
        _array(holder.branch for holder in holders),
    ]


def _array(values: Iterable[str]) -> str:
    return f"ARRAY[{', '.join(map(literal, sorted(set(values))))}]::pg_catalog.text[]"


def _union(union: Union, site: Site, top: Table, alias: str, asked: _Asked) -> str:
    return " OR ".join(_scope(scope, site, top, alias, asked) for scope in sorted(union, key=lambda one: one.rows))


def _scope(scope: Scope, site: Site, top: Table, alias: str, asked: _Asked) -> str:
    arms = _arms(scope, site, top, alias, asked)
    said = f"({' OR '.join(arms)})" if arms else "false"
    if scope.until is None:
        return said
    until = f"{literal(end_of(scope.until).isoformat())}::pg_catalog.timestamptz"
    return f"({said} AND pg_catalog.clock_timestamp() < {until})"


def _arms(scope: Scope, site: Site, top: Table, alias: str, asked: _Asked) -> list[str]:
    match scope.rows:
        case "all":
            return ["true"]
        case "branch":
            return [f"{ident(alias, top.branch)} = ANY ({asked.branches})"] if top.branch else []
        case "pool":
            return [f"({render(top.pool.when, alias)}) IS TRUE"] if top.pool else []
        case "department" if top.department_column:
            return [f"{ident(alias, top.department_column)} = ANY ({asked.departments})"]
        case "department" | "serving":
            staff = f"ANY ({asked.serves if scope.rows == 'serving' else asked.colleagues})"
            return [*by_column(top, alias, staff), *by_assignment(top, site, alias, staff)]
        case _:
            return []
