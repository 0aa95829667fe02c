"""
Terms for the oracle's worlds: rules of retention at random, and the dates that they count from.

Any world can be given terms: its customers get two dates and a mark, what hangs on them, one and two steps below, gets
a date, any of them empty. No term ends within two days of now: what the clock does in between changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random
from typing import Any

from pgcustsec.db import Connection
from pgcustsec.matrix.model import Basis, Column, Matrix, RetentionRule, Table
from pgcustsec.retention import restamp
from tests.oracle.model import Row, Stored, World, depth
from tests.oracle.stage import apply_world
from tests.oracle.tables import qualified

TYPES = ("date", "timestamp with time zone", "timestamp without time zone")
SEEN, MET, MARK, RUNS = "seen at", "met at", "mark", "runs until"
#: Days from now, and days of rules: no sum of two is near nought.
DISTANCES = (*[-4000] * 9, *[-400] * 4, -20, -20, 20, 400, None, None)
DAYS = (5, 100, 1000)
WHENS: tuple[tuple[str, Callable[[Row], bool]], ...] = (
    ("true", lambda row: True),
    (f"{MARK} = 1", lambda row: row[MARK] == 1),
    (f"{MARK} > 1 OR {MARK} IS NULL", lambda row: row[MARK] is None or row[MARK] > 1),
    (f"{MARK} IN (0, 1)", lambda row: row[MARK] in (0, 1)),
)


@dataclass(frozen=True)
class Fault:
    """A mistake in terms: `misread` is applied in the matrix's place, then `statements` of what is in the database."""

    name: str
    misread: Callable[[Matrix], Matrix] = lambda matrix: matrix
    rewrite: Callable[[str], str] = lambda using: using

    def __call__(self, connection: Connection, world: World) -> None:
        apply_terms(connection, replace(world, matrix=self.misread(world.matrix)))
        for name, table, using in connection.execute(POLICIES).fetchall():
            if self.rewrite(using) != using:
                connection.execute(f"ALTER POLICY {name} ON {table} USING ({self.rewrite(using)})".encode())


POLICIES = """
    SELECT quote_ident(p.polname), p.polrelid::regclass::text, pg_get_expr(p.polqual, p.polrelid)
    FROM pg_policy AS p WHERE p.polcmd = 'r' AND p.polqual IS NOT NULL
"""


def apply_terms(connection: Connection, world: World) -> None:
    """Apply the world's matrix and seal its tables, then work the terms out."""
    apply_world(connection, world)
    restamp(connection)


def with_terms(world: World) -> World | None:
    """*world* with terms for its customers; None: there are none whose rows could have one."""
    random = Random(f"{world.seed} terms")
    tops = [t for t in world.matrix.tables.values() if t.parent is None and not _has_heirs(world, t)]
    for top in tops:
        world = _with_terms_of(world, top, random)
    return world if tops else None


def _has_heirs(world: World, table: Table) -> bool:
    return any("INHERITS" in statement for statement in world.tables[table.qualified].ddl)


def _with_terms_of(world: World, top: Table, random: Random) -> World:
    for name, kind in ((SEEN, random.choice(TYPES)), (MET, random.choice(TYPES)), (MARK, "integer")):
        world = _with_column(world, top.qualified, name, kind, random)
    below = [t for t in world.matrix.tables.values() if t.parent and _top(world, t) == top.qualified]
    dated = [t for t in below if not _has_heirs(world, t)]
    for table in dated:
        world = _with_column(world, table.qualified, RUNS, random.choice(TYPES), random)
    rules, whens = [], dict(world.whens)
    for place in range(random.randint(1, 3)):
        said, twin = random.choice(WHENS)
        dates = [SEEN, *(f"{table.qualified}.{RUNS}" for table in dated)]
        latest = tuple(random.sample(dates, random.randint(1, len(dates))))
        basis = Basis(latest, random.choice((None, MET)))
        rules.append(RetentionRule(f"rule {place}", said, basis, random.choice(DAYS)))
        whens[top.qualified, f"rule {place}"] = twin
    changed = replace(world.matrix.tables[top.qualified], retention=tuple(rules))
    matrix = replace(world.matrix, tables={**world.matrix.tables, top.qualified: changed})
    return replace(world, matrix=matrix, whens=whens, sealed=world.sealed | {top.qualified})


def _top(world: World, table: Table) -> str:
    while table.parent is not None:
        table = world.matrix.tables[table.parent.table]
    return table.qualified


def _with_column(world: World, name: str, column: str, kind: str, random: Random) -> World:
    table, stored = world.matrix.tables[name], world.tables[name]
    known = replace(table, columns={**table.columns, column: Column(column, 3)})
    more = Stored(
        types={**stored.types, column: kind},
        rows=tuple({**row, column: _value(random, kind, world.now)} for row in stored.rows),
        ddl=(*stored.ddl, f'ALTER TABLE {qualified(table)} ADD COLUMN "{column}" {kind}'),
        into=stored.into,
    )
    matrix = replace(world.matrix, tables={**world.matrix.tables, name: known})
    return replace(world, matrix=matrix, tables={**world.tables, name: more})


def _value(random: Random, kind: str, now: datetime) -> Any:
    if kind == "integer":
        return random.choice((0, 1, 2, None))
    days = random.choice(DISTANCES)
    if days is None:
        return None
    moment = now + timedelta(days=days)
    return {"date": moment.date(), TYPES[2]: moment.replace(tzinfo=None)}.get(kind, moment)


# --- mistakes ---------------------------------------------------------------------------------------------------


def _rules(change: Callable[[RetentionRule], RetentionRule]) -> Callable[[Matrix], Matrix]:
    return _tables(lambda table: replace(table, retention=tuple(map(change, table.retention))))


def _tables(change: Callable[[Table], Table]) -> Callable[[Matrix], Matrix]:
    return lambda matrix: replace(matrix, tables={name: change(table) for name, table in matrix.tables.items()})


def _basis(change: Callable[[Basis], Basis]) -> Callable[[Matrix], Matrix]:
    return _rules(lambda rule: replace(rule, basis=change(rule.basis)))


def _of_below(steps: int) -> Callable[[Matrix], Matrix]:
    """Dates of what hangs so many steps below are forgotten."""

    def misread(matrix: Matrix) -> Matrix:
        def kept(one: str) -> bool:
            where = one.rpartition(".")[0]
            return not where or depth(matrix, matrix.tables[where]) != steps

        return _basis(lambda basis: replace(basis, latest=tuple(filter(kept, basis.latest)) or (SEEN,)))(matrix)

    return misread


def _without_term(using: str) -> str:
    return using.replace("retain_until > ( SELECT clock_timestamp() AS clock_timestamp)", "true")


def _turned(using: str) -> str:
    return using.replace("retain_until > ( SELECT", "retain_until <= ( SELECT")


def _without_parent(using: str) -> str:
    return "true" if using.startswith("(EXISTS") else using


FAULTS = (
    Fault("policies do not look at the term", rewrite=_without_term),
    Fault("the comparison is turned round", rewrite=_turned),
    Fault("what hangs on a customer does not follow", rewrite=_without_parent),
    Fault("there are no terms", _tables(lambda table: replace(table, retention=()))),
    Fault("only the first rule counts", _tables(lambda table: replace(table, retention=table.retention[:1]))),
    Fault("a rule is for all rows", _rules(lambda rule: replace(rule, when="true"))),
    Fault("the days of a rule are forgotten", _rules(lambda rule: replace(rule, keep_days=1))),
    Fault("the date for when there is none is forgotten", _basis(lambda basis: replace(basis, if_null=None))),
    Fault("only the first date counts", _basis(lambda basis: replace(basis, latest=basis.latest[:1]))),
    Fault("what runs one step below does not count", _of_below(1)),
    Fault("what runs two steps below does not count", _of_below(2)),
)
