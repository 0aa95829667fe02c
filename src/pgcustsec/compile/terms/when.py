"""
Until when a row is kept, as SQL over a row of its table: the longest rule that applies, and never before what runs.

Moments, whatever the reader's TimeZone: a date runs through its day (UTC), a timestamp without time zone is UTC, a day
of a rule is 24 hours.
"""

from __future__ import annotations

from pgcustsec.compile.quote import ident, literal
from pgcustsec.compile.reading import key_match, parent_joins
from pgcustsec.matrix.model import Matrix, RetentionRule, Table
from pgcustsec.matrix.predicate import columns_of, render
from pgcustsec.objects import RETAIN_UNTIL
from pgcustsec.shape import Site, TableShape

#: Types that a term can count from.
DATED = frozenset({"date", "timestamp with time zone", "timestamp without time zone"})
#: No end: a moment that every client can read, as not all can infinity.
NEVER = "'9999-12-30 00:00:00+00'::pg_catalog.timestamptz"


def retained_tables(matrix: Matrix) -> list[Table]:
    """The tables whose rows have a term: customers; what hangs on them follows."""
    return [table for table in matrix.tables.values() if table.retention]


def not_due(table: Table, alias: str) -> str | None:
    """The condition that a row of *table*, read as *alias*, is within its term; None: it has none."""
    return f"{ident(alias, RETAIN_UNTIL)} > (SELECT pg_catalog.clock_timestamp())" if table.retention else None


def descendants(matrix: Matrix, top: Table) -> list[Table]:
    """The tables below *top*, each before the one that it hangs on: in this order their rows go."""
    found: list[Table] = []
    above = [top.qualified]
    while above:
        below = [t for t in matrix.tables.values() if t.parent is not None and t.parent.table in above]
        found = [*below, *found]
        above = [t.qualified for t in below]
    return found


def dates_below(table: Table) -> dict[str, set[str]]:
    """Columns of tables below that the rules of *table* count from, by table."""
    found: dict[str, set[str]] = {}
    for rule in table.retention:
        for one in rule.basis.latest:
            where, _, column = one.rpartition(".")
            if where:
                found.setdefault(where, set()).add(column)
    return found


def own_columns(table: Table) -> set[str]:
    """Columns of *table* itself that its rules look at."""
    columns: set[str] = set()
    for rule in table.retention:
        columns |= columns_of(rule.when)
        columns |= {one for one in rule.basis.latest if "." not in one}
        columns |= {rule.basis.if_null} if rule.basis.if_null else set()
    return columns


def rules_sql(matrix: Matrix, site: Site, table: Table, alias: str) -> str:
    """Rows (name, until) of the rules that apply to the row *alias*, as a FROM item called `r`."""
    rows = ", ".join(
        f"({literal(rule.name)}, CASE WHEN {render(rule.when, alias)} THEN {until} END)"
        for rule in table.retention
        for until in [_until(matrix, site, table, rule, alias)]
    )
    return f"(VALUES {rows}) AS r (name, until)"


def until_sql(matrix: Matrix, site: Site, table: Table, alias: str) -> str:
    """Until when the row *alias* is kept: by the longest rule that applies; without one for good."""
    longest = f"(SELECT pg_catalog.max(r.until) FROM {rules_sql(matrix, site, table, alias)})"
    running = [running_sql(matrix, site, table, where, column, alias) for where, column in pairs_below(table)]
    # What no rule ends is kept, and what runs keeps its customer whatever rule applies: a running policy does.
    kept = f"GREATEST({', '.join([f'COALESCE({longest}, {NEVER})', *running])})"
    return f"LEAST({kept}, {NEVER})"


def rule_sql(matrix: Matrix, site: Site, table: Table, alias: str) -> str:
    """The name of the rule that decides of the row *alias*."""
    return (
        f"(SELECT r.name FROM {rules_sql(matrix, site, table, alias)}"
        " WHERE r.until IS NOT NULL ORDER BY r.until DESC, r.name LIMIT 1)"
    )


def pairs_below(table: Table) -> list[tuple[str, str]]:
    """Tables below and columns of theirs that the rules of *table* count from: to come or open, they keep its rows."""
    return sorted((where, column) for where, columns in dates_below(table).items() for column in columns)


def _until(matrix: Matrix, site: Site, table: Table, rule: RetentionRule, alias: str) -> str:
    shape = site.tables[table.qualified]
    dates = []
    for one in rule.basis.latest:
        where, _, column = one.rpartition(".")
        dates.append(running_sql(matrix, site, table, where, column, alias) if where else moment(shape, one, alias))
    latest = f"GREATEST({', '.join(dates)})" if len(dates) > 1 else dates[0]
    fallback = [moment(shape, rule.basis.if_null, alias)] if rule.basis.if_null else []
    # Without a date there is nothing to count from.
    basis = f"COALESCE({', '.join([latest, *fallback, NEVER])})"
    return f"{basis} + pg_catalog.make_interval(hours => {24 * rule.keep_days})"


def moment(shape: TableShape, column: str, alias: str) -> str:
    """The end of what *column* says, as a moment."""
    value, type_ = ident(alias, column), shape.columns[column].plain_type
    # As far as a moment can be: what lies beyond is no end.
    value = f"LEAST({value}, CASE WHEN {value} IS NOT NULL THEN '9999-12-29'::{_CLAMPED[type_]} END)"
    if type_ == "date":
        return f"(({value} + 1)::pg_catalog.timestamp AT TIME ZONE 'UTC')"
    return f"({value} AT TIME ZONE 'UTC')" if type_ == "timestamp without time zone" else value


_CLAMPED = {
    "date": "pg_catalog.date",
    "timestamp without time zone": "pg_catalog.timestamp",
    "timestamp with time zone": "pg_catalog.timestamptz",
}


def running_sql(matrix: Matrix, site: Site, table: Table, where: str, column: str, alias: str) -> str:
    """The latest such date of what hangs on the row; one without an end runs on; NULL: nothing hangs on it."""
    child = matrix.tables[where]
    shape = site.tables[where]
    assert child.parent is not None
    steps = parent_joins(matrix, child, "c")
    # The last step leads to the row itself.
    joins, last = steps[:-1], matrix.tables[where]
    depth = 0
    while last.parent is not None and last.parent.table != table.qualified:
        depth, last = depth + 1, matrix.tables[last.parent.table]
    match = key_match(last, f"up{depth}" if depth else "c", alias, table)
    latest = f"pg_catalog.max(COALESCE({moment(shape, column, 'c')}, {NEVER}))"
    read = "".join(f"\n{join}" for join in joins)
    return f"(SELECT {latest} FROM {ident(child.schema, child.name)} AS c{read} WHERE {match})"
