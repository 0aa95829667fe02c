"""Tables for the oracle's worlds: what the matrix says of them, how they are made, and rows for them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from random import Random
from typing import Any, Literal

from hypothesis import strategies as st

from pgcustsec.matrix.model import (
    Column,
    Managers,
    Parent,
    Pool,
    ServedBy,
    ServedByColumn,
    ServedByTable,
    Table,
    Tier,
)
from tests.oracle.model import Person, Row
from tests.oracle.tier1 import KINDS, SEARCHED, tier1_value
from tests.oracle.values import (
    NAMES,
    OTHER_TYPES,
    PLAIN_TYPES,
    TEXT_TYPES,
    key_value,
    plain_value,
    until_value,
)

Storage = Literal["plain", "range", "hash", "list", "list-range", "inherits"]

KEYS: tuple[dict[str, str], ...] = (
    {"id": "integer"},
    {"id": "integer"},
    {"客户号": "uuid"},
    {"Code": "varchar(12)"},
    {"region": "text", "id": "integer"},
    {"region": "text", "id": "integer"},
)
STORAGES: dict[int, tuple[Storage, ...]] = {
    1: ("plain", "plain", "hash", "inherits"),
    2: ("plain", "list", "list-range", "inherits"),
}
REGIONS = ("N", "S", "W")
#: Names for columns: some need quotes, and children use those of the customer's table for other things.
NAMES_OF_COLUMNS = (
    "status",
    "owner",
    "branch",
    "dept",
    "flag",
    "note",
    "Mixed Case",
    "姓名",
    "user",
    'q"uote',
    "staff",
    "c",
)
CLERK_TYPES = ("text", "varchar(20)", 'text COLLATE "C"')
SHOWN_TIERS: tuple[Tier, ...] = (3, 3, 3, 3, 2)


@dataclass(frozen=True)
class Shape:
    """A table as drawn: what the matrix says, the columns in the table's order, its DDL, how rows are made."""

    table: Table
    types: Mapping[str, str]
    ddl: tuple[str, ...]
    makers: Mapping[str, str]  # column -> what fills it: key, staff, branch, dept, status, name, until, tier1, plain
    storage: Storage = "plain"
    pool: Callable[[Row], bool] | None = None
    orphans: bool = True
    in_matrix: bool = True

    def targets(self, rows: Sequence[Row]) -> tuple[str, ...]:
        """The relation that each row is put into."""
        if self.storage != "inherits":
            return (qualified(self.table),) * len(rows)
        return tuple(part(self.table, "old") if place % 3 == 0 else qualified(self.table) for place in range(len(rows)))


def quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def qualified(table: Table) -> str:
    return f"{quoted(table.schema)}.{quoted(table.name)}"


def part(table: Table, suffix: str) -> str:
    return f"{quoted(table.schema)}.{quoted(f'{table.name}_{suffix}')}"


@st.composite
def draw_shapes(draw: st.DrawFn) -> list[Shape]:
    """One or two customer tables, each with children one and two steps below, parents before children."""
    shapes: list[Shape] = []
    schema = draw(st.sampled_from(["crm", "crm", "Odd Schema"]))
    for name, child, grandchild in (("customer", "policy", "claim"), ("Lead", "保单", "附件")):
        if shapes and draw(st.integers(0, 3)) < 3:
            break
        subject = _subject(draw, schema, name)
        shapes += subject
        first = _child(draw, schema, child, subject[0].table)
        shapes += [first, _child(draw, schema, grandchild, first.table)]
        if draw(st.integers(0, 3)) == 0:
            shapes.append(_child(draw, schema, f"{child}_2", subject[0].table))
    return shapes


# --- columns ----------------------------------------------------------------------------------------------------


class _Draft:
    """Columns being collected: names that are free, their types, what fills them, what the matrix says of them."""

    def __init__(self, draw: st.DrawFn, key: Mapping[str, str]) -> None:
        self.draw = draw
        self.types: dict[str, str] = dict(key)
        self.makers: dict[str, str] = dict.fromkeys(key, "key")
        self.columns: dict[str, Column] = {}
        for name in key:
            self.columns[name] = Column(name, draw(st.sampled_from(SHOWN_TIERS)))

    def add(self, name: str, sql_type: str, maker: str, tier: Tier | None, kind: str | None = None) -> str:
        """Add a column; with tier None the matrix does not name it."""
        while name in self.types:
            name += "2"
        self.types[name] = sql_type
        self.makers[name] = maker
        if tier is not None:
            self.columns[name] = Column(name, tier, kind)
        return name

    def free_name(self) -> str:
        return self.draw(st.sampled_from(NAMES_OF_COLUMNS))

    def plain(self, tier: Tier | None, types: Sequence[str] = PLAIN_TYPES) -> None:
        sql_type = self.draw(st.sampled_from(types))
        if tier == 1 and sql_type in TEXT_TYPES:
            self.tier1(sql_type)
        else:
            kind = {"bytea": "file", "jsonb": "json"}.get(sql_type) if tier == 1 else None
            self.add(self.free_name(), sql_type, "plain", tier, kind)

    def tier1(self, sql_type: str) -> None:
        """A text of tier 1; half of those that can be found by value are, and some of these are unique."""
        kind = self.draw(st.sampled_from(KINDS))
        name = self.add(self.free_name(), sql_type, "tier1", 1, kind)
        find = kind in SEARCHED and self.draw(st.booleans())
        unique = find and self.draw(st.integers(0, 2)) == 0
        self.columns[name] = replace(self.columns[name], find=find, unique=unique)

    def contents(self) -> None:
        """What every table has: a name, tiers 1 and 2 and 3, text and not; then what comes; and unnamed columns."""
        self.add(self.free_name(), self.draw(st.sampled_from(["text", "varchar", "varchar(8)"])), "name", 2, "name")
        self.plain(1, TEXT_TYPES)
        self.plain(1, OTHER_TYPES)
        self.plain(2)
        self.plain(3)
        tiers: list[Tier | None] = [1, 2, 3, None]
        for tier in self.draw(st.lists(st.sampled_from(tiers), max_size=3)):
            self.plain(tier)

    def in_matrix_order(self) -> dict[str, Column]:
        names = self.draw(st.permutations(list(self.columns)))
        return {name: self.columns[name] for name in names}


# --- customers --------------------------------------------------------------------------------------------------


def _subject(draw: st.DrawFn, schema: str, name: str) -> list[Shape]:
    """A table whose rows are customers and, where assignments say who serves, the table of these."""
    key = draw(st.sampled_from(KEYS))
    draft = _Draft(draw, key)
    served: list[ServedBy] = []
    kind = draw(st.sampled_from(["column", "column", "both", "table", "two columns"]))
    for _ in range({"column": 1, "both": 1, "table": 0, "two columns": 2}[kind]):
        column = draft.add("owner", draw(st.sampled_from(CLERK_TYPES)), "staff", draw(st.sampled_from(SHOWN_TIERS)))
        served.append(ServedByColumn(column))
    assignment = None
    if kind in ("both", "table"):
        assignment = _assignment(draw, schema, f"{name}_assignment", f"{schema}.{name}", key)
        served.append(_source(assignment))
    branch = None
    if draw(st.integers(0, 9)) < 9:
        branch = draft.add("branch", draw(st.sampled_from(["text", "varchar(8)", "char(2)"])), "branch", 3)
    department = draw(st.sampled_from(["server", "server", "column", "column", "none"]))
    in_department = draft.add("dept", draw(st.sampled_from(CLERK_TYPES)), "dept", 3) if department == "column" else None
    pool, in_pool = _pool(draw, draft, served) if draw(st.integers(0, 9)) < 9 else (None, None)
    draft.contents()
    table = Table(
        schema, name, tuple(key), draft.in_matrix_order(),
        served_by=tuple(served),
        managers=draw(st.sampled_from(_MANAGERS)),
        branch=branch,
        department_column=in_department,
        department_of_server=department == "server",
        exists_is_tier2=draw(st.integers(0, 9)) == 9,
        pool=pool,
    )  # fmt: skip
    shape = _stored(draw, draft, table, key)
    shape = replace(shape, pool=in_pool)
    return [shape] if assignment is None else [shape, assignment]


_MANAGERS: tuple[Managers, ...] = ("direct", "chain", "chain", "none")


def _pool(draw: st.DrawFn, draft: _Draft, served: Sequence[ServedBy]) -> tuple[Pool, Callable[[Row], bool]]:
    """A pool predicate in SQL and the same in Python: what is not known to be true is not in the pool."""
    status = draft.add("status", draw(st.sampled_from(["text", "varchar(8)"])), "status", 3)
    flag = draft.add("flag", "boolean", "plain", draw(st.sampled_from(SHOWN_TIERS)))
    claimed = draft.add("claimed_at", "timestamp with time zone", "plain", 3)
    owner = next((s.column for s in served if isinstance(s, ServedByColumn)), None)
    choice: list[tuple[str, Callable[[Row], bool]]] = [
        (f"{quoted(status)} = 'prospect'", lambda row: row[status] == "prospect"),
        (f"NOT {quoted(flag)}", lambda row: row[flag] is False),
        (
            f"{quoted(status)} IN ('prospect', 'lost') OR {quoted(flag)}",
            lambda row: row[status] in ("prospect", "lost") or row[flag] is True,
        ),
    ]
    if owner is not None:
        when = f"{quoted(owner)} IS NULL AND {quoted(status)} = 'prospect'"
        choice.append((when, lambda row: row[owner] is None and row[status] == "prospect"))
    when, in_pool = draw(st.sampled_from(choice))
    return Pool(when, owner or status, claimed, claimed, 30, 200, 7), in_pool


def _source(assignment: Shape) -> ServedByTable:
    by_maker = {maker: column for column, maker in assignment.makers.items()}
    pointing = tuple(column for column, maker in assignment.makers.items() if maker.startswith("parent "))
    return ServedByTable(assignment.table.qualified, pointing, by_maker["staff"], by_maker.get("until"))


def _assignment(draw: st.DrawFn, schema: str, name: str, subject: str, key: Mapping[str, str]) -> Shape:
    """Rows that say who serves a customer until when; mostly a child table of the matrix itself."""
    own_key = {"assignment_id": "integer"}
    draft = _Draft(draw, own_key)
    by = tuple(draft.add(f"c_{n}", sql_type, f"parent {n}", 3) for n, sql_type in key.items())
    draft.add("staff", draw(st.sampled_from(CLERK_TYPES)), "staff", draw(st.sampled_from(SHOWN_TIERS)))
    until = draw(st.sampled_from([None, "date", "date", "timestamp with time zone", "timestamp without time zone"]))
    if until is not None:
        draft.add("until", until, "until", 3)
    known = draw(st.integers(0, 4)) > 0
    columns = draft.in_matrix_order() if known else {}
    table = Table(schema, name, tuple(own_key), columns, parent=Parent(subject, by))
    return replace(_stored(draw, draft, table, own_key), in_matrix=known)


# --- children ---------------------------------------------------------------------------------------------------


def _child(draw: st.DrawFn, schema: str, name: str, parent: Table) -> Shape:
    """A table whose rows find their customer through *parent*, with a foreign key or without."""
    key = draw(st.sampled_from(KEYS))
    draft = _Draft(draw, key)
    rename = draw(st.sampled_from(["{}", "p {}", "by_{}"]))
    types = _key_types(parent)
    by = tuple(
        draft.add(rename.format(n), types[n], f"parent {n}", draw(st.sampled_from(SHOWN_TIERS))) for n in parent.key
    )
    draft.contents()
    table = Table(
        schema, name, tuple(key), draft.in_matrix_order(),
        parent=Parent(parent.qualified, by),
        exists_is_tier2=draw(st.integers(0, 9)) < 3,
    )  # fmt: skip
    return _stored(draw, draft, table, key)


def _key_types(table: Table) -> Mapping[str, str]:
    return next(key for key in KEYS if tuple(key) == table.key)


# --- storage ----------------------------------------------------------------------------------------------------


def _stored(draw: st.DrawFn, draft: _Draft, table: Table, key: Mapping[str, str]) -> Shape:
    storage = draw(
        st.sampled_from((*STORAGES[len(key)], "range") if "id" in key and len(key) == 1 else STORAGES[len(key)])
    )
    types = {name: _wide_enough(table, name, draft.types[name]) for name in draw(st.permutations(list(draft.types)))}
    if storage == "inherits":
        # What keeps them unique lies in the vault, which rows of children by inheritance do not have.
        columns = {name: replace(column, unique=False) for name, column in table.columns.items()}
        table = replace(table, columns=columns)
    attached = draw(st.booleans())
    dropped = draw(st.integers(0, 3)) == 0
    return Shape(table, types, tuple(_ddl(table, types, storage, attached, dropped)), draft.makers, storage)


def _wide_enough(table: Table, column: str, sql_type: str) -> str:
    """*sql_type*, or one that a masked form fits into where the column is to hold one: `plan` refuses narrower ones."""
    meant = table.columns.get(column)
    masked = meant is not None and (meant.tier == 1 or meant.is_name)
    return re.sub(r"char\(\d+\)", "char(20)", sql_type) if masked else sql_type


def _ddl(table: Table, types: Mapping[str, str], storage: Storage, attached: bool, dropped: bool) -> list[str]:
    def columns(order: Sequence[str]) -> str:
        return ", ".join(f"{quoted(c)} {_typed(table, types[c])}{' NOT NULL' * (c in table.key)}" for c in order)

    first, last = quoted(table.key[0]), quoted(table.key[-1])
    by = {"range": f"RANGE ({first})", "hash": f"HASH ({first})", "list": f"LIST ({first})"}
    by["list-range"] = by["list"]
    partitioned = f" PARTITION BY {by[storage]}" if storage in by else ""
    key = ", ".join(map(quoted, table.key))
    gap = "gone integer, " if dropped else ""
    ddl = [f"CREATE TABLE {qualified(table)} ({gap}{columns(list(types))}, PRIMARY KEY ({key})){partitioned}"]
    if dropped:
        ddl.append(f"ALTER TABLE {qualified(table)} DROP COLUMN gone")
    for suffix, bounds in _partitions(storage, last):
        of = part(table, suffix.rpartition("_")[0]) if "_" in suffix else qualified(table)
        bound, _, below = bounds.partition(" PARTITION BY ")
        if attached and not below:
            ddl.append(f"CREATE TABLE {part(table, suffix)} ({columns(list(types)[::-1])})")
            ddl.append(f"ALTER TABLE {of} ATTACH PARTITION {part(table, suffix)} {bound}")
        else:
            ddl.append(f"CREATE TABLE {part(table, suffix)} PARTITION OF {of} {bounds}")
    if storage == "inherits":
        ddl.append(f"CREATE TABLE {part(table, 'old')} (extra text, PRIMARY KEY ({key})) INHERITS ({qualified(table)})")
    return ddl


def _partitions(storage: Storage, last: str) -> list[tuple[str, str]]:
    if storage == "range":
        ranges = (("a", "MINVALUE", "6"), ("b", "6", "12"), ("c", "12", "MAXVALUE"))
        return [(suffix, f"FOR VALUES FROM ({low}) TO ({high})") for suffix, low, high in ranges]
    if storage == "hash":
        return [(str(n), f"FOR VALUES WITH (MODULUS 2, REMAINDER {n})") for n in (0, 1)]
    if storage == "list":
        return [("n", "FOR VALUES IN ('N')"), ("rest", "DEFAULT")]
    if storage == "list-range":
        return [
            ("n", f"FOR VALUES IN ('N') PARTITION BY RANGE ({last})"),
            ("n_a", "FOR VALUES FROM (MINVALUE) TO (9)"),
            ("n_b", "FOR VALUES FROM (9) TO (MAXVALUE)"),
            ("rest", "DEFAULT"),
        ]
    return []


def _typed(table: Table, sql_type: str) -> str:
    return f"{quoted(table.schema)}.code_t" if sql_type == "code_t" else sql_type


# --- rows -------------------------------------------------------------------------------------------------------


def fill(
    shape: Shape,
    rows: Mapping[str, Sequence[Row]],
    staff: Mapping[str, Person],
    random: Random,
    now: datetime,
    count: int,
) -> list[dict[str, Any]]:
    """Return *count* rows or so for *shape*; *rows* has its parent's. One in eight of a child's is an orphan."""
    parent = shape.table.parent
    parents = rows[parent.table] if parent is not None else ()
    made: list[dict[str, Any]] = []
    for number in range(count + 4 * (parent is not None)):
        above = random.choice(parents) if parents and random.random() < 0.875 else None
        made.append({c: _cell(shape, c, number, above, staff, random, now) for c in shape.types})
    return made


def _cell(
    shape: Shape,
    column: str,
    number: int,
    above: Row | None,
    staff: Mapping[str, Person],
    random: Random,
    now: datetime,
) -> Any:
    sql_type, maker = shape.types[column], shape.makers[column]
    if maker == "key":
        return random.choice(REGIONS) if column == "region" else key_value(sql_type, number)
    if maker.startswith("parent "):
        return above[maker.removeprefix("parent ")] if above else _nobodys(sql_type, random)
    if maker == "staff":
        return random.choice([None, "X99", "s1 ", "", *list(staff) * 3])
    if maker == "until":
        return until_value(random, sql_type, now)
    if random.random() < 0.15:
        return None
    if maker == "tier1":
        meant = shape.table.columns[column]
        return tier1_value(meant.kind or "", number if meant.unique else number % 9, random)
    if maker == "plain":
        return plain_value(random, sql_type)
    return random.choice(_CHOICES[maker])


def _nobodys(sql_type: str, random: Random) -> Any:
    """A reference to no row: NULL or a key that is not there."""
    if random.random() < 0.4:
        return None
    return "Z" if sql_type == "text" else key_value(sql_type, 9000)


_CHOICES: dict[str, Sequence[Any]] = {
    "branch": ("BJ", "SH", "GZ", "BJ", "SH", "XX"),
    "dept": ("sales", "service", "data", "Sales"),
    "status": ("prospect", "prospect", "customer", "lost"),
    "name": NAMES,
}
