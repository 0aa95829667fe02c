"""
A role's way to one table, as a value: everything that its views, its policies and its functions are compiled from.

And what is asked of a row on that way, as conditions in SQL: whether tier 2 shows, whether the record is open.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from pgcustsec.compile.clearance import cleared_sql, comparable, is_open
from pgcustsec.compile.quote import ident
from pgcustsec.compile.scopes import (
    Condition,
    Union,
    deviations,
    end_of,
    findable,
    shows_sql,
    tier2_union,
    top_of,
    visible,
)
from pgcustsec.compile.vault.sealed import key_text
from pgcustsec.matrix.model import Access, Column, Matrix, Role, Table
from pgcustsec.shape import ColumnShape, Site, TableShape

#: What a hidden cell of text shows.
HIDDEN = "'***'"
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
    def cleared_everywhere(self) -> bool:
        """Whether a row is visible only to who is in a session: that it, or one above it, exists is tier 2."""
        table: Table | None = self.table
        while table is not None:
            if table.exists_is_tier2:
                return True
            table = self.matrix.tables[table.parent.table] if table.parent else None
        return False

    @property
    def opened(self) -> list[Column]:
        """The columns of tier 1 that show their masked form while the record is open (5.2.1)."""
        if self.access.tier1 != "masked":
            return []
        return [c for c in self.columns if c.tier == 1 and has_stars(self, c)]

    @property
    def named(self) -> list[Column]:
        """The names that show their true value while the record is open, by an approved deviation (5.2.5)."""
        approved = deviations(self.matrix, self.role, self.access, "names")
        if self.access.tier1 != "masked" or self.access.names != "value" or not self.tier2 or not approved:
            return []
        return [c for c in self.columns if c.is_name and has_stars(self, c)]

    @property
    def names_until(self) -> datetime:
        """The moment at which the last of those deviations is over: the end of its day, in UTC."""
        return end_of(max(d.until for d in deviations(self.matrix, self.role, self.access, "names")))

    @property
    def opens(self) -> bool:
        """Whether the role opens records of the table."""
        return bool(self.opened or self.named)

    @property
    def uses_requests(self) -> bool:
        """Whether who holds the role uses requests (专项事务申请), and so may for rows of the table."""
        return not self.shape.has_heirs and bool(self.matrix.requests_used_by(self.role))

    @property
    def lifted(self) -> list[Column]:
        """The view's columns that show in full what an approved request names, of the record that is open by it."""
        if not self.uses_requests or self.access.tier1 == "absent":
            return []
        return [c for c in self.columns if c.tier != 3]

    @property
    def asks_record(self) -> bool:
        """Whether the view asks which record is open."""
        return self.opens or bool(self.lifted)

    @property
    def opens_with_subject(self) -> bool:
        """Whether the table's records are open while their customer's is, by the matrix's rule."""
        rule = self.role.record_access or self.matrix.record_access
        if self.table.parent is None or self.table.qualified not in rule.children:
            return False
        above = self.role.tables.get(self.top.qualified)
        return self.opens and above is not None and above.tier1 == "masked"

    @property
    def shape(self) -> TableShape:
        return self.site.tables[self.table.qualified]

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


def tier2_shows(reading: Reading, alias: str, *, cleared_known: bool = False) -> str | None:
    """
    The condition that tier 2 of a visible row shows, read with its customer as *alias*; None: it always does.

    *cleared_known* says that somebody else asks whether there is a live session.
    """
    conditions = []
    if not (cleared_known or reading.cleared_everywhere):
        conditions.append(cleared_sql(reading.role, reading.table))
    if not reading.tier2_everywhere:
        shown = shows_sql(reading.matrix, reading.role, reading.top, alias, reading.tier2, reading.visible)
        conditions.append(f"({shown})" if conditions else shown)
    return " AND ".join(conditions) or None


def record_open(reading: Reading, alias: str, customer: list[str]) -> str:
    """
    Whether the record *alias* is open: true, false, or NULL where nobody is in a session.

    *customer* is its customer's key, column by column.
    """
    own = own_record_open(reading, alias)
    if not reading.opens_with_subject:
        return own
    return f"({own} OR {_compared(reading, reading.top, customer)})"


def own_record_open(reading: Reading, alias: str) -> str:
    return _compared(reading, reading.table, [ident(alias, name) for name in reading.table.key])


def _compared(reading: Reading, table: Table, key: list[str]) -> str:
    """Whether *key*, an expression for each column of *table*'s key, is that of the record of it that is open."""
    shape = reading.site.tables[table.qualified]
    type_ = comparable([shape.columns[name].plain_type for name in table.key])
    if type_:
        return is_open(reading.role, table, type_, f"{key[0]}::{type_}" if type_ == "text" else key[0])
    return is_open(reading.role, table, "text", key_text(table, shape, key))


def customer_key(reading: Reading) -> list[str]:
    """The customer's key, column by column, as the row `t` or what it is joined to upwards has it."""
    if reading.table.parent is None:
        return [ident("t", name) for name in reading.table.key]
    if reading.matrix.tables[reading.table.parent.table].parent is None:
        return [ident("t", name) for name in reading.table.parent.by]
    return [ident(alias_of_top(reading), name) for name in reading.top.key]


def writes(reading: Reading) -> list[str]:
    """The commands by which the role may write the table; none where rows lie in inheritance children."""
    write = reading.access.write
    if reading.site.tables[reading.table.qualified].has_heirs:
        return []
    allowed = (("INSERT", write.insert), ("UPDATE", write.update), ("DELETE", write.delete))
    return [command for command, what in allowed if what]


def has_stars(reading: Reading, column: Column) -> bool:
    """Whether a hidden cell of *column* is `***`; else it is NULL."""
    shape: ColumnShape = reading.site.tables[reading.table.qualified].columns[column.name]
    return shape.plain_type in _TEXT_TYPES and not shape.is_domain


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
    return joined_top(reading.matrix, reading.table)


def joined_top(matrix: Matrix, table: Table) -> str:
    """The name under which *table*'s customer is read where `parent_joins` lead up from *table*, read as `t`."""
    depth = 0
    while table.parent is not None:
        depth, table = depth + 1, matrix.tables[table.parent.table]
    return f"up{depth}" if depth else "t"
