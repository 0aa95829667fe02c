"""Everything that the terms of a matrix want in the database, and why they cannot be kept there."""

from __future__ import annotations

from collections.abc import Iterator

from pgcustsec.compile.quote import fitting, ident, literal
from pgcustsec.compile.terms.anonymising import unblankable
from pgcustsec.compile.terms.destroying import ending
from pgcustsec.compile.terms.erasing import erased_tables, erasing_functions
from pgcustsec.compile.terms.holding import hold_functions, judged
from pgcustsec.compile.terms.stamping import stamping
from pgcustsec.compile.terms.sweeping import sweep_functions
from pgcustsec.compile.terms.when import (
    DATED,
    dates_below,
    descendants,
    own_columns,
    retained_tables,
    until_sql,
)
from pgcustsec.compile.vault.sealed import key_text
from pgcustsec.errors import Problem
from pgcustsec.matrix.model import Matrix, Table
from pgcustsec.objects import (
    INTERNAL_SCHEMA,
    OWNER,
    RETAIN_UNTIL,
    Grant,
    Object,
    Policy,
    ReferenceRow,
    TermColumn,
    digest,
)
from pgcustsec.shape import Site

SWEEPS = "pgcustsec_sweeps"
KEEPS = "pgcustsec_terms"


def term_objects(matrix: Matrix, site: Site) -> Iterator[Object]:
    """Yield the column, its triggers, what sweeps, and the rights of pgcustsec_owner to do so."""
    tables, erased = retained_tables(matrix), erased_tables(matrix, site)
    ended = [table for table in matrix.tables.values() if table in tables or table in erased]
    yield from sweep_functions(matrix, site, tables)
    yield from erasing_functions(matrix, site)
    for table in ended:
        yield ending(matrix, site, table)
        yield from _ending_rights(matrix, site, table)
        yield from _ending_policies(site, table, wished=table in erased)
    yield from hold_functions(site, tables)
    for table in tables:
        shape = site.tables[table.qualified]
        yield TermColumn(*shape.relation, RETAIN_UNTIL, shape.owner)
        yield from stamping(matrix, site, table)
        yield from _rows(matrix, site, table)
        yield from _rights(matrix, site, table)


def _rows(matrix: Matrix, site: Site, table: Table) -> Iterator[ReferenceRow]:
    """The rules by name; the recipe tells when all rows are to be worked out anew."""
    recipe = digest(until_sql(matrix, site, table, "t"))[:16]
    for place, rule in enumerate(table.retention, start=1):
        values = (
            ("relation", table.qualified),
            ("name", rule.name),
            ("place", str(place)),
            ("keep_days", str(rule.keep_days)),
            ("keeps", "" if rule.keep is None else ", ".join(rule.keep) or "nothing"),
            ("drops_partitions", "true" if table.drop_partitions else "false"),
            ("recipe", recipe),
        )
        yield ReferenceRow("retention_rule", f"{table.qualified} {rule.name}", values)


def _rights(matrix: Matrix, site: Site, table: Table) -> Iterator[Grant | Policy]:
    shape = site.tables[table.qualified]
    read = {RETAIN_UNTIL, *own_columns(table), *judged(table, shape)}
    anonymises = any(rule.keep is not None for rule in table.retention)
    written = {RETAIN_UNTIL}
    if anonymises:
        blank = {name for name, column in shape.columns.items() if column.made_by not in ("stored", "virtual")}
        read |= {name for rule in table.retention for name in rule.keep or ()}
        written |= blank
    for column in sorted(read):
        yield Grant("column", (*shape.relation, column), OWNER, shape.owner, frozenset({"SELECT"}))
    for column in sorted(written):
        yield Grant("column", (*shape.relation, column), OWNER, shape.owner, frozenset({"UPDATE"}))
    if anonymises:
        yield from _sequences(site, table)
    yield from _policies(site, table, "UPDATE", KEEPS, "true", "pgcustsec works out until when rows are kept (4.3).")
    for where, columns in dates_below(table).items():
        below = site.tables[where]
        for column in sorted(columns):
            yield Grant("column", (*below.relation, column), OWNER, below.owner, frozenset({"SELECT"}))


def _ending_rights(matrix: Matrix, site: Site, table: Table) -> Iterator[Grant | Policy]:
    """To delete rows of *table*, those that `_ending_policies` lets it, and whatever hangs on them."""
    shape = site.tables[table.qualified]
    yield Grant("table", shape.relation, OWNER, shape.owner, frozenset({"DELETE"}))
    for child in descendants(matrix, table):
        below = site.tables[child.qualified]
        yield Grant("table", below.relation, OWNER, below.owner, frozenset({"DELETE"}))
        comment = "pgcustsec destroys what hangs on a row that is past its term, or erased (4.3)."
        yield from _policies(site, child, "DELETE", SWEEPS, "true", comment)


def _ending_policies(site: Site, table: Table, *, wished: bool) -> Iterator[Policy]:
    """
    What is past its term, or was *wished* gone by an approved request.

    One policy with the term first, not two: of several PostgreSQL asked the wish first, a call for every row of a
    sweep, with a look at all that was ever erased.
    """
    ends = [f"{RETAIN_UNTIL} <= (SELECT pg_catalog.clock_timestamp())"] if table.retention else []
    if wished:
        shape = site.tables[table.qualified]
        key = key_text(table, shape, [ident(name) for name in table.key])
        ends.append(f"{INTERNAL_SCHEMA}._wish_granted({literal(table.qualified)}, {key})")
    comment = "pgcustsec destroys what is past its term, or erased by an approved request (4.3)."
    yield from _policies(site, table, "DELETE", SWEEPS, " OR ".join(ends), comment)


def _sequences(site: Site, table: Table) -> Iterator[Grant]:
    """A new key comes from where the column takes its own."""
    shape = site.tables[table.qualified]
    for name in table.key:
        sequence = shape.columns[name].sequence
        # An identity asks nobody.
        if sequence and shape.columns[name].made_by == "serial":
            yield Grant("sequence", sequence, OWNER, shape.owner, frozenset({"USAGE"}))


def _policies(site: Site, table: Table, command: str, name: str, using: str, comment: str) -> Iterator[Policy]:
    shape = site.tables[table.qualified]
    yield Policy(
        schema=shape.relation[0],
        table=shape.relation[1],
        name=fitting(name),
        roles=frozenset({OWNER}),
        command=command,
        permissive=True,
        source=digest(using),
        comment=comment,
        owner=shape.owner,
        using=using,
    )


def term_problems(matrix: Matrix, site: Site) -> Iterator[Problem]:
    """Why terms cannot be kept of these tables as they are."""
    for table in retained_tables(matrix):
        shape = site.tables[table.qualified]
        if shape.has_heirs:
            yield _problem(table, f"{table.qualified} has children by inheritance: their rows have no term", None)
        if RETAIN_UNTIL in table.columns:
            message = f"{table.qualified}.{RETAIN_UNTIL} is the column that pgcustsec keeps: the matrix names no other"
            yield _problem(table, message, "rename the application's column")
        for where in dates_below(table):
            if site.tables[where].has_heirs:
                message = f"{where} has children by inheritance: terms of {table.qualified} do not follow their rows"
                yield _problem(table, message, "count from another date, or make the children partitions")
        for column in sorted(own_columns(table)):
            if shape.columns[column].made_by in ("stored", "virtual"):
                message = (
                    f"a rule of {table.qualified} goes by {column}, which the server makes after triggers have run"
                )
                yield _problem(table, message, "name the columns that it is made of")
        for rule in table.retention:
            dates = [
                (table.qualified, one) for one in (*rule.basis.latest, rule.basis.if_null) if one and "." not in one
            ]
            dates += [(one.rpartition(".")[0], one.rpartition(".")[2]) for one in rule.basis.latest if "." in one]
            for where, column in dates:
                type_ = site.tables[where].columns[column].plain_type
                if type_ not in DATED:
                    message = f"rule {rule.name} of {table.qualified} counts from {where}.{column}, which is {type_}"
                    yield Problem(rule.mark.line, rule.mark.column, message, "count from a date or a timestamp")
            if set(rule.keep or ()) & {*rule.basis.latest, rule.basis.if_null}:
                message = f"rule {rule.name} of {table.qualified} keeps what it counts from: a row would never end"
                yield _problem(table, message, "keep other columns")
            if rule.keep is not None:
                yield from _anonymising_problems(site, table, rule.name)


def _anonymising_problems(site: Site, table: Table, rule: str) -> Iterator[Problem]:
    shape = site.tables[table.qualified]
    key = shape.columns[table.key[0]]
    if len(table.key) > 1 or not (key.default or key.made_by in ("always", "default", "serial")):
        message = f"rule {rule} anonymises {table.qualified}, whose key has no next value to become"
        yield _problem(table, message, "give the key an identity, or destroy the rows")
    for column in unblankable(table, shape):
        message = (
            f"rule {rule} anonymises {table.qualified}: {column} is NOT NULL, and cannot be blank: it is unique, has a"
            f" constraint to meet, or is {shape.columns[column].type}"
        )
        yield _problem(table, message, f"ALTER TABLE {table.qualified} ALTER COLUMN {column} DROP NOT NULL")


def _problem(table: Table, message: str, hint: str | None) -> Problem:
    return Problem(table.mark.line, table.mark.column, message, hint)
