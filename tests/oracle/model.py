"""
What every login must see, in plain Python: a second reading of the policy that shares nothing with `compile`.

A `World` is a matrix, the staff and what the tables hold. `Model(world).answer(login, role, table)` is the view
`role.table` as that login must find it: every row, every cell, and why each cell is as it is. Loops and dictionaries
only, no SQL, nothing fast: whoever doubts a view reads here what it should have said.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, Literal

from pgcustsec.matrix.model import (
    Access,
    Column,
    Matrix,
    RetentionRule,
    RowScope,
    ServedByColumn,
    ServedByTable,
    Table,
)
from tests.oracle.tier1 import masked_tier1

Row = Mapping[str, Any]
Outcome = Literal[
    "value", "masked", "closed", "hidden", "withheld", "full name", "in full", "null", "no row", "absent"
]  # fmt: skip
Key = tuple[Any, ...]

HIDDEN_TEXT = "***"
#: No end.
NEVER = datetime(9999, 12, 30, tzinfo=UTC)
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
    """
    Everything an answer depends on. `pool` is the Python twin of each subject table's `pool.when`, `whens` that of each
    rule's of retention, by table and rule.
    """

    matrix: Matrix
    staff: Mapping[str, Person]
    logins: tuple[Login, ...]
    tables: Mapping[str, Stored]
    pool: Mapping[str, Callable[[Row], bool]]
    now: datetime
    seed: int = 0
    sealed: frozenset[str] = frozenset()
    owner: str = "owner"
    time_zone: str = "UTC"
    whens: Mapping[tuple[str, str], Callable[[Row], bool]] = field(default_factory=dict)

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


@dataclass(frozen=True)
class AtWork:
    """
    What of a person's sessions and records counts in one statement of theirs (5.2.4).

    `roles`: those in which a session is live; None: all. `opened`: by role and table, the key of the open record.
    `lifted`: likewise the columns that the request names by which it was opened.
    """

    roles: frozenset[str] | None = None
    opened: Mapping[tuple[str, str], Key] = field(default_factory=dict)
    lifted: Mapping[tuple[str, str], frozenset[str]] = field(default_factory=dict)

    def in_session(self, role: str) -> bool:
        return self.roles is None or role in self.roles


#: Somebody who is in a session of every role, and has opened nothing.
EVERYWHERE = AtWork()
AWAY = AtWork(frozenset())


@dataclass(frozen=True)
class Asker:
    """A person, asking in one role, at that point of their work."""

    person: Person
    role: str
    at: AtWork = EVERYWHERE

    @property
    def in_session(self) -> bool:
        return self.at.in_session(self.role)


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

    def row_shows(self, asker: Asker, table: Table, row: Row) -> bool:
        """5.3: the role's row scope holds for the customer, and for each row on the way up as the role sees it."""
        access = self.matrix.roles[asker.role].tables.get(table.qualified)
        customer = self.customer_of(table, row)
        if access is None or customer is None or self.kept_until(*customer) <= self.world.now:
            return False
        if table.parent is not None:
            above = self.parent_of(table, row)
            if above is None or not self.row_shows(asker, *above):
                return False
        if table.exists_is_tier2 and not self.tier2_shows(asker, access, customer):
            return False
        return any(self.holds(scope, asker.person, *customer) for scope in access.rows)

    # --- until when ---------------------------------------------------------------------------------------------

    def kept_until(self, table: Table, row: Row) -> datetime:
        """4.3: the longest rule that applies, no end where none does; never before what hangs on the row runs out."""
        if not table.retention:
            return NEVER
        applying = [rule for rule in table.retention if self.world.whens[table.qualified, rule.name](row)]
        ends = [self._end_by(rule, table, row) for rule in applying]
        below = {one for rule in table.retention for one in rule.basis.latest if "." in one}
        running = [end for one in below for end in self._ends_below(one, table, row)]
        return min(NEVER, max([max(ends, default=NEVER), *running]))

    def _end_by(self, rule: RetentionRule, table: Table, row: Row) -> datetime:
        """The rule's days after the latest of its dates; without any date there is nothing to count from."""
        dates: list[datetime] = []
        for one in rule.basis.latest:
            dates += self._ends_below(one, table, row) if "." in one else self._end_of(row[one])
        if not dates and rule.basis.if_null is not None:
            dates = self._end_of(row[rule.basis.if_null])
        latest = max(dates, default=NEVER)
        return NEVER if latest >= NEVER else latest + timedelta(days=rule.keep_days)

    def _ends_below(self, one: str, table: Table, row: Row) -> list[datetime]:
        """Dates of what hangs on the customer; one that is empty runs on."""
        where, _, column = one.rpartition(".")
        below = self.matrix.tables[where]
        return [
            end
            for each in self.world.tables[where].rows
            if (found := self.customer_of(below, each)) and found[0] is table and found[1] is row
            for end in self._end_of(each[column]) or [NEVER]
        ]

    @staticmethod
    def _end_of(value: date | datetime | None) -> list[datetime]:
        """A day runs through (UTC); a moment without time zone is one of UTC."""
        if value is None:
            return []
        if isinstance(value, datetime):
            return [value if value.tzinfo else value.replace(tzinfo=UTC)]
        return [datetime(value.year, value.month, value.day, tzinfo=UTC) + timedelta(days=1)]

    # --- which cells --------------------------------------------------------------------------------------------

    def tier2_shows(self, asker: Asker, access: Access, customer: tuple[Table, Row]) -> bool:
        """5.2.4: nothing of tier 2 shows outside a session that the role works in."""
        return asker.in_session and self.tier2_in_scope(asker, access, customer)

    def tier2_in_scope(self, asker: Asker, access: Access, customer: tuple[Table, Row]) -> bool:
        """
        5.2.2: tier 2 is for who serves the customer. A wider scope adds to that, and only while an approved deviation
        runs, its last day included (5.2.5); past it, it is serving only.
        """
        if access.tier2 == "none":
            return False
        if self.holds("serving", asker.person, *customer):
            return True
        wider = access.tier2 != "serving" and self.runs(asker.role, access, "tier2")
        return wider and self.holds(access.tier2, asker.person, *customer)

    def runs(self, role: str, access: Access, allows: str) -> bool:
        """5.2.5: an approved deviation allows this, today being its last day at most."""
        return any(
            (deviation.role, deviation.table, deviation.allows) == (role, access.table, allows)
            and deviation.until >= self.today
            for deviation in self.matrix.deviations
        )

    def is_open(self, asker: Asker, table: Table, row: Row) -> bool:
        """5.2.1: this is the one record of the table that is open, in this role, which has its tier 1 masked."""
        access = self.matrix.roles[asker.role].tables[table.qualified]
        opened = asker.at.opened.get((asker.role, table.qualified))
        return asker.in_session and access.tier1 == "masked" and opened == key_of(table, row)

    def in_full(self, asker: Asker, table: Table, row: Row, column: Column) -> bool:
        """5.2.1: an approved request names the column, and by it this record is the one that is open."""
        place = (asker.role, table.qualified)
        opened = asker.in_session and asker.at.opened.get(place) == key_of(table, row)
        return opened and column.tier != 3 and column.name in asker.at.lifted.get(place, frozenset())

    def opens_with_customer(self, asker: Asker, table: Table, row: Row) -> bool:
        """The matrix lists the table, and the row's customer is open, in this role, which has both masked."""
        role = self.matrix.roles[asker.role]
        rule = role.record_access or self.matrix.record_access
        customer = self.customer_of(table, row)
        if table.parent is None or table.qualified not in rule.children or customer is None:
            return False
        return role.tables[table.qualified].tier1 == "masked" and self.is_open(asker, *customer)

    def cell(self, asker: Asker, table: Table, row: Row, column: Column) -> Cell:
        """One cell of a row that shows."""
        access = self.matrix.roles[asker.role].tables[table.qualified]
        stored = row[column.name]
        if self.in_full(asker, table, row, column):
            type_ = self.world.tables[table.qualified].types[column.name]
            return Cell(padded(type_, stored), "null" if stored is None else "in full")
        if column.tier == 1:
            opened = self.is_open(asker, table, row) or self.opens_with_customer(asker, table, row)
            return tier1_cell(access, column, self.world.tables[table.qualified].types[column.name], stored, opened)
        if column.tier == 2:
            customer = self.customer_of(table, row)
            assert customer is not None
            if not self.tier2_in_scope(asker, access, customer):
                return Cell(None, "hidden" if stored is not None else "null")
            if not asker.in_session:
                return Cell(None, "withheld" if stored is not None else "null")
        if stored is None:
            return Cell(None, "null")
        if column.is_name:
            return self.name_cell(asker, access, table, row, stored)
        return Cell(stored, "value")

    def name_cell(self, asker: Asker, access: Access, table: Table, row: Row, stored: str) -> Cell:
        """5.2.2: a name is masked; 5.2.5: of the record that is open it is told while a deviation says so."""
        if access.names == "value" and self.runs(asker.role, access, "names") and self.is_open(asker, table, row):
            return Cell(stored, "full name")
        return Cell(masked_name(stored), "masked")

    def answer(self, login: str, role: str, table: Table, at: AtWork = EVERYWHERE) -> Answer:
        """The view of *table* in the schema of *role*, as *login* must find it at that point of their work."""
        access = self.matrix.roles[role].tables[table.qualified]
        columns = [c for c in table.columns.values() if c.tier != 1 or access.tier1 != "absent"]
        answer = Answer(tuple(c.name for c in columns))
        person = self.somebody(login, role)
        asker = None if person is None else Asker(person, role, at)
        for row in self.world.tables[table.qualified].rows:
            if asker is None or not self.row_shows(asker, table, row):
                answer.withheld += 1
            else:
                answer.visible.append(row)
                answer.rows.append({c.name: self.cell(asker, table, row, c) for c in columns})
        return answer

    def row_of(self, table: Table, key: Key) -> Row | None:
        """The row of a key, seen or not."""
        return self._by_key[table.qualified].get(key)

    def _keyed(self, table: Table) -> dict[tuple[Any, ...], Row]:
        rows = self.world.tables[table.qualified].rows
        return {key_of(table, row): row for row in rows}


def masked_name(name: str) -> str:
    """5.2.2: the name is masked all the same: the surname (two characters for a compound one) and at most two stars."""
    surname = name[:2] if name[:2] in COMPOUND_SURNAMES else name[:1]
    return surname + "*" * min(2, len(name) - len(surname))


def key_of(table: Table, row: Row) -> Key:
    """The row's key."""
    return tuple(row[column] for column in table.key)


def padded(sql_type: str, value: Any) -> Any:
    """A value as a column of that type gives it back: `char(n)` fills up with blanks."""
    width = re.fullmatch(r"char\((\d+)\)", sql_type)
    return value.ljust(int(width[1])) if width and value is not None else value


def is_text(sql_type: str) -> bool:
    """Whether the type can say `***`: of others nothing of tier 1 shows, not even in an open record."""
    return sql_type.startswith(("text", "varchar", "char")) and sql_type != "text[]"


def tier1_cell(access: Access, column: Column, sql_type: str, stored: Any, opened: bool) -> Cell:
    """5.2.1: tier 1 is `***` before its record is opened and masked then; types that are not text have no way to."""
    if not is_text(sql_type):
        return Cell(None, "null")
    if not opened:
        return Cell(_fitted(HIDDEN_TEXT, sql_type), "closed" if access.tier1 == "masked" else "hidden")
    if stored is None:
        return Cell(None, "null")
    return Cell(_fitted(masked_tier1(column.kind, stored.rstrip()), sql_type), "masked")


def _fitted(shown: str, sql_type: str) -> str:
    """*shown* as a column of this type gives it back."""
    base, _, rest = sql_type.removesuffix(' COLLATE "C"').partition("(")
    if not rest:
        return shown
    length = int(rest.rstrip(")"))
    return shown[:length].ljust(length) if base == "char" else shown[:length]


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
            shows = f"tier2 {access.tier2}, tier1 {access.tier1}, names {access.names}"
            yield f"  {role.name} {access.table}: rows {access.rows}, {shows}"
    yield from (f"  {person}" for person in (*world.matrix.deviations, *world.staff.values(), *world.logins))
    yield f"  purposes {[(p.code, p.roles) for p in world.matrix.purposes.values()]}, sealed {sorted(world.sealed)}"
    yield f"  now {world.now}, seed {world.seed}, TimeZone {world.time_zone}"
