"""
The masking view of one role over one table: what each cell shows (5.2.1 to 5.2.3).

Where tier 2 shows in some of the visible rows only, an inner view works that out once per row and the outer one reads
the answer for every cell. The inner one is a security barrier, which also keeps PostgreSQL from flattening the two and
working it out once per column (measured: 1.05 times the raw scan against 1.4).
"""

from __future__ import annotations

from dataclasses import dataclass

from pgcustsec.compile.quote import fitting, ident
from pgcustsec.compile.scopes import (
    Condition,
    Union,
    condition_sql,
    deviations,
    findable,
    shows_sql,
    tier2_union,
    top_of,
    visible,
)
from pgcustsec.matrix.model import Access, Column, Matrix, Role, Table
from pgcustsec.objects import INNER_SCHEMA, View, digest
from pgcustsec.shape import ColumnShape, Relation, Site

SHOWS_TIER2 = "tier 2 shows"
HIDDEN = "'***'"
BARRIER = frozenset({"security_barrier=true"})
_TEXT_TYPES = frozenset({"text", "character varying", "character"})


@dataclass(frozen=True, slots=True)
class Reading:
    """A role's way to one table: everything that its views and its policies are compiled from."""

    matrix: Matrix
    site: Site
    role: Role
    table: Table
    access: Access

    @property
    def top(self) -> Table:
        return top_of(self.matrix, self.table)

    @property
    def visible(self) -> Condition:
        return visible(self.matrix, self.role, self.table)

    @property
    def tier2(self) -> Union:
        return tier2_union(self.matrix, self.role, self.access)

    @property
    def tier2_everywhere(self) -> bool:
        """Whether a visible row always shows tier 2, so that nothing need be asked per row."""
        return bool(self.tier2) and any(union <= self.tier2 for union in self.visible)

    @property
    def found_by_server(self) -> Condition:
        """The part of `visible` by which indexes find the customers that a child's rows belong to."""
        if self.table.parent is None:
            return ()
        return tuple(union for union in self.visible if findable(union))

    @property
    def columns(self) -> list[Column]:
        """The columns that the role's view has, in matrix order."""
        return [c for c in self.table.columns.values() if c.tier != 1 or self.access.tier1 != "absent"]


def views(reading: Reading) -> list[View]:
    """Return the role's view of the table, and below it, where one is needed, the inner view."""
    flagged = bool(reading.tier2) and not reading.tier2_everywhere and any(c.tier == 2 for c in reading.columns)
    outer_name = (reading.role.name, reading.table.name)
    if not flagged:
        return [_view(reading, outer_name, _select(reading, _source(reading), flag=None))]
    inner_name = (INNER_SCHEMA, fitting(f"{reading.role.name}.{reading.table.name}"))
    inner = _view(reading, inner_name, _inner_select(reading), above=outer_name)
    outer = _view(reading, outer_name, _select(reading, f"{ident(*inner_name)} AS t", flag=ident("t", SHOWS_TIER2)))
    return [inner, outer]


def writes(reading: Reading) -> list[str]:
    """The commands by which the role may write the table; none where rows lie in inheritance children."""
    write = reading.access.write
    if reading.site.tables[reading.table.qualified].has_heirs:
        return []
    allowed = (("INSERT", write.insert), ("UPDATE", write.update), ("DELETE", write.delete))
    return [command for command, what in allowed if what]


def _view(reading: Reading, name: Relation, select: str, above: Relation | None = None) -> View:
    sql = f"CREATE VIEW {ident(*name)} WITH (security_barrier = true) AS\n{select}"
    table = reading.table.qualified
    if above:
        comment = f"Which rows of {table} show tier 2 to {reading.role.name}; read through {'.'.join(above)} alone."
        columns: tuple[tuple[str, str], ...] = ()
    else:
        comment = f"{table} as {reading.role.name} may see it: rows, columns and cells (5.2, 5.3)."
        columns = tuple((c.name, _meaning(reading, c)) for c in reading.columns)
    return View(
        schema=name[0],
        name=name[1],
        owner=reading.matrix.viewer_role(reading.role.name),
        source=digest(sql),
        options=BARRIER,
        comment=comment,
        columns=columns,
        sql=sql,
        above=above,
    )


def _meaning(reading: Reading, column: Column) -> str:
    kind = f", {column.kind}" if column.kind else ""
    if column.tier == 1:
        shows = "hidden" if not has_stars(reading, column) else "shown as ***"
    elif column.tier == 2:
        shows = "not shown" if not reading.tier2 else "shown where served"
        if reading.tier2 and column.is_name:
            shows = "masked, where served"
        if deviations(reading.matrix, reading.role, reading.access, "tier2"):
            shows += ", or under a deviation"
    else:
        shows = "shown"
    return f"Tier {column.tier}{kind}: {shows}."


def _select(reading: Reading, source: str, flag: str | None) -> str:
    cells = ",\n".join(f"    {_cell(reading, column, flag)} AS {ident(column.name)}" for column in reading.columns)
    return f"SELECT\n{cells}\nFROM {source}"


def _inner_select(reading: Reading) -> str:
    shown = [c for c in reading.columns if c.tier != 1]
    cells = "".join(f"    {ident('t', c.name)},\n" for c in shown)
    alias = alias_of_top(reading)
    shows = shows_sql(reading.matrix, reading.role, reading.top, alias, reading.tier2, reading.visible)
    # As in `_closed`: a condition on a cell of an outer view must not run before row security.
    return f"SELECT\n{cells}    COALESCE({shows}, false) AS {ident(SHOWS_TIER2)}\nFROM {_source(reading, to_top=True)}"


def _cell(reading: Reading, column: Column, flag: str | None) -> str:
    value = ident("t", column.name)
    type_ = reading.site.tables[reading.table.qualified].columns[column.name].type
    if column.tier == 3:
        return value
    if column.tier == 1:
        return f"{HIDDEN}::{type_}" if has_stars(reading, column) else f"NULL::{type_}"
    if not reading.tier2:
        return f"NULL::{type_}"
    if column.is_name and column.name not in reading.site.tables[reading.table.qualified].sealed:
        value = f"pgcustsec_internal.mask_name({value}::pg_catalog.text)::{type_}"
    elif not flag:
        value = _closed(value)
    # The NULL says its type: else the CASE would lose a length or precision that the column has.
    return f"CASE WHEN {flag} THEN {value} ELSE NULL::{type_} END" if flag else value


def _closed(value: str) -> str:
    """
    *value* unchanged, but no condition on it runs before row security, nor do statistics answer it.

    PostgreSQL lets a leakproof comparison with a bare column go first; then EXPLAIN (ANALYZE) tells of rows that nobody
    may see whether the guess was right, and its estimates tell what their values are. COALESCE passes for leaky there.
    """
    return f"COALESCE({value}, {value})"


def has_stars(reading: Reading, column: Column) -> bool:
    """Whether a hidden cell of *column* is `***`; else it is NULL."""
    shape: ColumnShape = reading.site.tables[reading.table.qualified].columns[column.name]
    return shape.plain_type in _TEXT_TYPES and not shape.is_domain


def _source(reading: Reading, *, to_top: bool = False) -> str:
    """The table as `t`, joined upwards to its customer where the customer's columns are needed or lead to the rows."""
    lines = [f"{ident(reading.table.schema, reading.table.name)} AS t"]
    if to_top or reading.found_by_server:
        lines += parent_joins(reading.matrix, reading.table, "t")
    lines += _lead(reading)
    return "\n".join(lines)


def _lead(reading: Reading) -> list[str]:
    """
    What a child's policy says of the customer, said again where the planner can start from it.

    The policy decides all the same: inside its EXISTS the condition only judges rows that are already read. What the
    customer's own policy says needs no repeating.
    """
    known = visible(reading.matrix, reading.role, reading.top)
    lead = tuple(union for union in reading.found_by_server if union not in known)
    if not lead:
        return []
    condition = condition_sql(reading.matrix, reading.role, reading.top, alias_of_top(reading), lead, indexed=True)
    return [f"WHERE {condition}"]


def parent_joins(matrix: Matrix, table: Table, alias: str) -> list[str]:
    """JOINs from *table*, read as *alias*, to the customer it belongs to; each parent is read as up1, up2, ..."""
    joins = []
    depth = 0
    while table.parent is not None:
        depth += 1
        parent = matrix.tables[table.parent.table]
        match = key_match(table, alias, f"up{depth}", parent)
        joins.append(f"    JOIN {ident(parent.schema, parent.name)} AS up{depth} ON {match}")
        table, alias = parent, f"up{depth}"
    return joins


def key_match(table: Table, alias: str, parent_alias: str, parent: Table) -> str:
    """The condition that *parent*'s row is the one *table*'s row belongs to."""
    assert table.parent is not None
    pairs = zip(parent.key, table.parent.by, strict=True)
    return " AND ".join(f"{ident(parent_alias, key)} = {ident(alias, by)}" for key, by in pairs)


def alias_of_top(reading: Reading) -> str:
    """The name under which the customer's row is read where `parent_joins` lead up from `t`."""
    depth, table = 0, reading.table
    while table.parent is not None:
        depth, table = depth + 1, reading.matrix.tables[table.parent.table]
    return f"up{depth}" if depth else "t"
