"""What keeps a table's columns from being stored masked, said before anything is changed (5.2.1)."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace

from pgcustsec.compile.forms import LONGEST
from pgcustsec.compile.vault import Sealed, check_name, sealed_columns
from pgcustsec.errors import Problem
from pgcustsec.matrix.model import Matrix, Table
from pgcustsec.objects import SEALED_CHECK, Check, Key
from pgcustsec.shape import Bound, Site, TableShape


def sealing_problems(matrix: Matrix, site: Site) -> list[Problem]:
    """Return why columns cannot be sealed, and which writes a table without a vault cannot have."""
    problems: list[Problem] = []
    for table in matrix.tables.values():
        shape = site.tables[table.qualified]
        problems += _key_problems(table, shape)
        if shape.has_heirs:
            problems += _heir_problems(matrix, table, shape)
        for one in sealed_columns(table, shape):
            problems += _column_problems(table, shape, one)
    return problems


#: A caller's extra_float_digits writes two such keys alike, and opening one record would open another.
_INEXACT = ("real", "double precision")


def _key_problems(table: Table, shape: TableShape) -> Iterator[Problem]:
    for name in table.key:
        if shape.columns[name].plain_type.startswith(_INEXACT):
            message = (
                f"{table.qualified}.{name} is {shape.columns[name].type}: no key, since two values may print alike"
            )
            yield Problem(
                table.mark.line,
                table.mark.column,
                message,
                "give the table a key of another type: a number, a uuid, a text",
            )


def _column_problems(table: Table, shape: TableShape, one: Sealed) -> Iterator[Problem]:
    name, where, alter = one.name, f"{table.qualified}.{one.name}", f"ALTER TABLE {table.qualified} ALTER COLUMN"
    if one.form is None and not one.shape.nullable:
        message = f"{where} is NOT NULL, and {one.shape.type} has no masked form: in the table it is NULL"
        yield _problem(one, message, f"{alter} {name} DROP NOT NULL")
    if one.form and one.shape.longest is not None and one.shape.longest < LONGEST[one.form]:
        message = f"{where} is {one.shape.type}, a masked {one.form} needs {LONGEST[one.form]} characters"
        yield _problem(one, message, f"{alter} {name} TYPE varchar({LONGEST[one.form]})")
    if one.shape.made_by in ("stored", "virtual"):
        message = f"{where} is generated: it cannot be stored masked"
        yield _problem(one, message, "drop the column, or make it an ordinary one that the application fills")
    for bound in shape.bound:
        if bound.column == name and not bound.name.startswith(SEALED_CHECK):
            yield _bound_problem(table, one, bound)
    for unique in shape.masked_uniques:
        if name in unique.columns and (len(unique.columns) > 1 or not one.column.unique):
            listed = ", ".join(unique.columns)
            message = f"{unique.name} keeps ({listed}) of {table.qualified} unique, and {name} is stored masked"
            alone = f"say `unique: true` of {name}, which moves it to the vault; or drop {unique.name}"
            many = f"drop {unique.name}: only a column by itself can be kept unique in the vault"
            yield _problem(one, message, alone if len(unique.columns) == 1 else many)


def _bound_problem(table: Table, one: Sealed, bound: Bound) -> Problem:
    where = f"{table.qualified}.{one.name}"
    if bound.kind == "check":
        message = f"constraint {bound.name} checks {where}, where masked forms are stored"
        return _problem(one, message, f"ALTER TABLE {table.qualified} DROP CONSTRAINT {bound.name}")
    return _problem(
        one,
        f"foreign key {bound.name} is over {where}, which is stored masked: nothing can refer to it",
        "refer to the table's key instead, and drop the foreign key",
    )


def _heir_problems(matrix: Matrix, table: Table, shape: TableShape) -> Iterator[Problem]:
    """Inheritance children of a table that is sealed already, or that is written: no foreign key reaches their rows."""
    if any(bound.name.startswith(SEALED_CHECK) for bound in shape.bound):
        children = ", ".join(f"{schema}.{name}" for schema, name in shape.below)
        yield Problem(
            table.mark.line,
            table.mark.column,
            f"{children} inherits from {table.qualified}, which is sealed: the vault does not reach its rows",
            f"make it a partition or a table of its own: ALTER TABLE {children} NO INHERIT {table.qualified}",
        )
    for role in matrix.roles.values():
        access = role.tables.get(table.qualified)
        if access and (access.write.insert or access.write.update or access.write.delete):
            yield Problem(
                access.mark.line,
                access.mark.column,
                f"{role.name} writes {table.qualified}, which has inheritance children: no foreign key reaches their"
                " rows, so their true values could not go with them",
                "make the children partitions, or take `write` out",
            )


def _problem(one: Sealed, message: str, hint: str) -> Problem:
    return Problem(one.column.mark.line, one.column.mark.column, message, hint)


def without_checks(site: Site, checks: Collection[Key]) -> Site | None:
    """Return *site* as it is once *checks* are made anew, and so not validated; None where none of them is yet."""
    tables = {}
    for name, shape in site.tables.items():
        left = {c for c in shape.sealed if (Check.kind, *shape.relation, check_name(c)) not in checks}
        tables[name] = replace(shape, sealed=frozenset(left))
    return replace(site, tables=tables) if tables != dict(site.tables) else None
