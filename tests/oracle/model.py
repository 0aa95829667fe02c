"""
What every login must see, in plain Python: a second reading of the policy that shares nothing with `compile`.

A `World` is a matrix, the staff and what the tables hold. `Model(world).answer(login, role, table)` is the view
`role.table` as that login must find it: every row, every cell, and why each cell is as it is. Loops and dictionaries
only, no SQL, nothing fast: whoever doubts a view reads here what it should have said.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, Literal

from pgcustsec.matrix.model import Access, Column, Matrix, RowScope, ServedByColumn, ServedByTable, Table

Row = Mapping[str, Any]
Outcome = Literal["value", "masked", "hidden", "null", "no row", "absent"]

HIDDEN_TEXT = "***"
COMPOUND_SURNAMES = ("欧阳", "诸葛")  # of the names that the strategies make


@dataclass(frozen=True)
class Person:
    """A staff member as the staff table has them; `roles` are the person's, whatever their login was granted."""

    staff_id: str
    department: str
    branch: str
    manager: str | None = None
    active: bool = True
    login: str | None = None
    roles: tuple[str, ...] = ()


@dataclass(frozen=True)
class Login:
    """A role that may connect; `groups` are the matrix roles whose group it was granted, rightly or not."""

    name: str
    groups: tuple[str, ...] = ()


@dataclass(frozen=True)
class Stored:
    """
    A table as the database has it: every column with its SQL type, the rows, and into which relation each one goes
    (a child by inheritance takes its rows itself; everything else goes in at the root).
    """

    types: Mapping[str, str]
    rows: tuple[Row, ...]
    ddl: tuple[str, ...]
    into: tuple[str, ...] = ()


@dataclass(frozen=True, repr=False)
class World:
    """Everything an answer depends on. `pool` is the Python twin of each subject table's `pool.when`."""

    matrix: Matrix
    staff: Mapping[str, Person]
    logins: tuple[Login, ...]
    tables: Mapping[str, Stored]
    pool: Mapping[str, Callable[[Row], bool]]
    now: datetime
    seed: int = 0
    owner: str = "owner"
    time_zone: str = "UTC"

    def __repr__(self) -> str:
        """What a failure prints: everything but the rows, which come from the seed."""
        return "\n".join(["World(", *_story(self), ")"])

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        """The same when hypothesis prints it."""
        printer.text(repr(self))


@dataclass(frozen=True)
class Cell:
    """One cell that must be shown, and which of the table's rules made it so."""

    shown: Any
    outcome: Outcome


@dataclass
class Answer:
    """One view as one login must find it."""

    columns: tuple[str, ...]
    rows: list[dict[str, Cell]] = field(default_factory=list)
    visible: list[Row] = field(default_factory=list)  # the same rows as they are stored
    withheld: int = 0  # rows of the table that this login must not find


class Model:
    """The answers for one world."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.matrix = world.matrix
        self.today: date = world.now.date()
        self._by_login = {p.login: p for p in world.staff.values() if p.login is not None}
        self._by_key = {name: self._keyed(table) for name, table in self.matrix.tables.items()}
        self._servers: dict[tuple[str, int], frozenset[str]] = {}

    # --- who asks -----------------------------------------------------------------------------------------------

    def somebody(self, login: str, role: str) -> Person | None:
        """5.3: rights are the person's own, by role; who left, is unknown or does not hold the role is nobody."""
        person = self._by_login.get(login)
        if person is None or not person.active or role not in person.roles:
            return None
        return person

    def managers_above(self, staff_id: str) -> set[str]:
        """Everybody above in the manager chain; it passes through people who left."""
        above: set[str] = set()
        manager = self.world.staff[staff_id].manager
        while manager is not None and manager not in above:
            above.add(manager)
            manager = self.world.staff[manager].manager
        return above

    # --- whose customer -----------------------------------------------------------------------------------------

    def servers(self, table: Table, row: Row) -> frozenset[str]:
        """Staff numbers that a customer's row names as serving, known or not (5.2.2: serve the customer directly)."""
        cached = self._servers.get((table.qualified, id(row)))
        if cached is None:
            cached = self._servers[table.qualified, id(row)] = frozenset(self._named_servers(table, row))
        return cached

    def _named_servers(self, table: Table, row: Row) -> set[str]:
        named: set[str] = set()
        for source in table.served_by:
            if isinstance(source, ServedByColumn):
                named.add(row[source.column])
            else:
                named |= self._assigned(table, row, source)
        named.discard(None)
        return named

    def _assigned(self, table: Table, row: Row, source: ServedByTable) -> set[str]:
        key = tuple(row[column] for column in table.key)
        assigned = set()
        for assignment in self.world.tables[source.table].rows:
            pointed_at = tuple(assignment[column] for column in source.subject)
            if pointed_at == key and self._running(assignment, source.until):
                assigned.add(assignment[source.staff])
        return assigned

    def _running(self, assignment: Row, until: str | None) -> bool:
        """4.3: past its term it is over. A date runs through its day (UTC), a timestamp to its moment."""
        end = None if until is None else assignment[until]
        if end is None:
            return True
        if isinstance(end, datetime):
            return (
                end.timestamp() > self.world.now.timestamp()
                if end.tzinfo
                else end > self.world.now.replace(tzinfo=None)
            )
        return bool(end >= self.today)

    def serves(self, person: Person, table: Table, row: Row) -> bool:
        """5.2.2: who serves the customer directly, or manages the one who does, as far as the matrix says."""
        for server in self.servers(table, row):
            serving = self.world.staff.get(server)
            if serving is None or not serving.active:
                continue
            if serving.staff_id == person.staff_id:
                return True
            if table.managers == "direct" and serving.manager == person.staff_id:
                return True
            if table.managers == "chain" and person.staff_id in self.managers_above(server):
                return True
        return False

    # --- which rows ---------------------------------------------------------------------------------------------

    def holds(self, scope: RowScope, person: Person, table: Table, row: Row) -> bool:
        """Is this customer's row inside one scope of this person (5.2.5: what no scope names is outside)?"""
        if scope == "all":
            return True
        if scope == "serving":
            return self.serves(person, table, row)
        if scope == "pool":
            return self.world.pool[table.qualified](row)
        if scope == "branch":
            return table.branch is not None and row[table.branch] == person.branch
        if scope == "department":
            return self._same_department(person, table, row)
        return False

    def _same_department(self, person: Person, table: Table, row: Row) -> bool:
        """1.4: the row's own department, or that of a server of it, who may have left but must be known."""
        if table.department_column is not None:
            return bool(row[table.department_column] == person.department)
        if not table.department_of_server:
            return False
        known = [self.world.staff[s] for s in self.servers(table, row) if s in self.world.staff]
        return any(server.department == person.department for server in known)

    def parent_of(self, table: Table, row: Row) -> tuple[Table, Row] | None:
        """The row that this row's subject is found through; None for an orphan."""
        assert table.parent is not None
        parent = self.matrix.tables[table.parent.table]
        found = self._by_key[parent.qualified].get(tuple(row[column] for column in table.parent.by))
        return None if found is None else (parent, found)

    def customer_of(self, table: Table, row: Row) -> tuple[Table, Row] | None:
        """The customer at the top that a row is about (1.2); None for an orphan."""
        while table.parent is not None:
            above = self.parent_of(table, row)
            if above is None:
                return None
            table, row = above
        return table, row

    def row_shows(self, role: str, person: Person, table: Table, row: Row) -> bool:
        """5.3: the role's row scope holds for the customer, and for each row on the way up as the role sees it."""
        access = self.matrix.roles[role].tables.get(table.qualified)
        customer = self.customer_of(table, row)
        if access is None or customer is None:
            return False
        if table.parent is not None:
            above = self.parent_of(table, row)
            if above is None or not self.row_shows(role, person, *above):
                return False
        if table.exists_is_tier2 and not self.tier2_shows(role, access, person, customer):
            return False
        return any(self.holds(scope, person, *customer) for scope in access.rows)

    # --- which cells --------------------------------------------------------------------------------------------

    def tier2_shows(self, role: str, access: Access, person: Person, customer: tuple[Table, Row]) -> bool:
        """
        5.2.2: tier 2 is for who serves the customer. A wider scope adds to that, and only while an approved deviation
        runs, its last day included (5.2.5); past it, it is serving only.
        """
        if access.tier2 == "none":
            return False
        if self.holds("serving", person, *customer):
            return True
        runs = any(
            (deviation.role, deviation.table, deviation.allows) == (role, access.table, "tier2")
            and deviation.until >= self.today
            for deviation in self.matrix.deviations
        )
        return access.tier2 != "serving" and runs and self.holds(access.tier2, person, *customer)

    def cell(self, role: str, person: Person, table: Table, row: Row, column: Column) -> Cell:
        """One cell of a row that shows."""
        access = self.matrix.roles[role].tables[table.qualified]
        stored = row[column.name]
        if column.tier == 1:
            return tier1_cell(access, self.world.tables[table.qualified].types[column.name])
        if column.tier == 2:
            customer = self.customer_of(table, row)
            assert customer is not None
            if not self.tier2_shows(role, access, person, customer):
                return Cell(None, "hidden" if stored is not None else "null")
        if stored is None:
            return Cell(None, "null")
        if column.is_name:
            return Cell(masked_name(stored), "masked")
        return Cell(stored, "value")

    def answer(self, login: str, role: str, table: Table) -> Answer:
        """The view of *table* in the schema of *role*, as *login* must find it."""
        access = self.matrix.roles[role].tables[table.qualified]
        columns = [c for c in table.columns.values() if c.tier != 1 or access.tier1 != "absent"]
        answer = Answer(tuple(c.name for c in columns))
        person = self.somebody(login, role)
        for row in self.world.tables[table.qualified].rows:
            if person is None or not self.row_shows(role, person, table, row):
                answer.withheld += 1
            else:
                answer.visible.append(row)
                answer.rows.append({c.name: self.cell(role, person, table, row, c) for c in columns})
        return answer

    def _keyed(self, table: Table) -> dict[tuple[Any, ...], Row]:
        rows = self.world.tables[table.qualified].rows
        return {tuple(row[column] for column in table.key): row for row in rows}


def masked_name(name: str) -> str:
    """5.2.2: the name is masked all the same: the surname (two characters for a compound one) and at most two stars."""
    surname = name[:2] if name[:2] in COMPOUND_SURNAMES else name[:1]
    return surname + "*" * min(2, len(name) - len(surname))


def tier1_cell(access: Access, sql_type: str) -> Cell:
    """5.2.1: no tier-1 value shows before a record is opened; text says so, other types have no way to say it."""
    outcome: Outcome = "masked" if access.tier1 == "masked" else "hidden"
    base, _, rest = sql_type.removesuffix(' COLLATE "C"').partition("(")
    if base not in ("text", "varchar", "char"):
        return Cell(None, "null")
    if not rest:
        return Cell(HIDDEN_TEXT, outcome)
    length = int(rest.rstrip(")"))
    shown = HIDDEN_TEXT[:length]
    return Cell(shown.ljust(length) if base == "char" else shown, outcome)


def scope_label(access: Access) -> str:
    """How the ledger calls a row scope."""
    return access.rows[0] if len(access.rows) == 1 else "union"


def depth(matrix: Matrix, table: Table) -> int:
    """Steps from a table's rows up to the customer."""
    return 0 if table.parent is None else 1 + depth(matrix, matrix.tables[table.parent.table])


def _story(world: World) -> Iterator[str]:
    for table in world.matrix.tables.values():
        tiers = {column.name: column.tier for column in table.columns.values()}
        about = replace(table, columns={}, pool=None)
        yield f"  {about}, tiers {tiers}, pool {table.pool and table.pool.when}"
    for name, stored in world.tables.items():
        yield f"  {name}: {len(stored.rows)} rows, {'; '.join(stored.ddl)}"
    for role in world.matrix.roles.values():
        for access in role.tables.values():
            yield f"  {role.name} {access.table}: rows {access.rows}, tier2 {access.tier2}, tier1 {access.tier1}"
    yield from (f"  {person}" for person in (*world.matrix.deviations, *world.staff.values(), *world.logins))
    yield f"  now {world.now}, seed {world.seed}, TimeZone {world.time_zone}"
