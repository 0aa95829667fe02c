"""
Owners' own changes to protected tables, under the views that read them: taken away, changed, brought back (5.2.1).

What a change makes of the tables is asked of PostgreSQL, in a transaction that is taken back. A column that is renamed
keeps its number, so that its true values in the vault, its hashes and its CHECK go by the new name as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from pgcustsec.compile.quote import fitting, ident
from pgcustsec.compile.render import as_role
from pgcustsec.compile.vault.sealed import check_name
from pgcustsec.db import Connection
from pgcustsec.errors import UsageError
from pgcustsec.matrix.model import Matrix
from pgcustsec.migrate.comparing import DEFAULT_LOCK_TIMEOUT, Compared, compare_catalog, set_lock_timeout, translated
from pgcustsec.migrate.running import run_statements
from pgcustsec.objects import Check, Object, VaultTable, digest
from pgcustsec.plan import make_plan
from pgcustsec.revisions.snapshot import DATABASE, Snapshot
from pgcustsec.revisions.step import Step
from pgcustsec.revisions.withdrawing import without
from pgcustsec.statement import Statement

#: By table: its columns by number.
_Columns = Mapping[str, Mapping[int, str]]


@dataclass(frozen=True, slots=True)
class Alteration:
    """
    A change to tables within a revision: `leaves` is what of the snapshot before is there once it is made.

    `steps` take away, change and rename; `steps_back` change and rename back, None where no way back was given;
    `brings` is what then makes the snapshot before again. `found` is the database as it will be.
    """

    found: Compared
    leaves: Snapshot
    steps: tuple[Step, ...]
    steps_back: tuple[Step, ...] | None
    brings: tuple[Statement, ...]


def alter(connection: Connection, before: Snapshot, matrix: Matrix, sql: str, back: str | None) -> Alteration:
    """
    Return what *sql*, statements of the tables' owner, does under the views of *before*, on the way to *matrix*.

    *back* are the statements that undo it. Changes nothing.

    Raises `UsageError` when *sql* names no protected table, or tables of two owners; what running it raises.
    """
    tables = sorted(_named(before, sql))
    owner = _owner(before, tables)
    change = Statement("change the tables", as_role(owner, sql.strip().rstrip(";")), None, "table")
    taking = make_plan(connection.info.dbname, before.objects, without(before, tables, ()).objects).statements
    with connection.transaction(force_rollback=True), translated():
        set_lock_timeout(connection, DEFAULT_LOCK_TIMEOUT)
        run_statements(connection, taking)
        old = _columns(connection, tables)
        run_statements(connection, [change])
        new = _columns(connection, tables)
        found = compare_catalog(connection, matrix)
    renamed = {(table, name): new[table][at] for table in tables for at, name in old[table].items() if at in new[table]}
    renamed = {place: name for place, name in renamed.items() if place[1] != name}
    dropped = {(table, name) for table in tables for at, name in old[table].items() if at not in new[table]}
    left = without(before, tables, dropped)
    leaves = replace(left, objects={t.key: t for t in (_renamed(thing, renamed) for thing in left.objects.values())})
    steps_back = None
    if back is not None:
        undone = {(table, name): was for (table, was), name in renamed.items()}
        steps_back = (("change the tables back", as_role(owner, back.strip().rstrip(";"))), *_renames(leaves, undone))
    return Alteration(
        found=found,
        leaves=leaves,
        steps=(*((one.what, one.sql) for one in taking), (change.what, change.sql), *_renames(left, renamed)),
        steps_back=steps_back,
        brings=make_plan(DATABASE, left.objects, before.objects).statements,
    )


def _named(before: Snapshot, sql: str) -> Iterator[str]:
    for name, shape in before.site.tables.items():
        if any(
            re.search(rf"(?<!\w){re.escape(relation)}(?!\w)", sql) for _, relation in (shape.relation, *shape.below)
        ):
            yield name


def _owner(before: Snapshot, tables: list[str]) -> str:
    owners = {before.site.tables[name].owner for name in tables}
    if len(owners) != 1:
        found = f"tables of {' and '.join(sorted(owners))}" if owners else "no table that the last revision protects"
        raise UsageError(f"the statements for the tables name {found}", hint="one revision for the tables of one owner")
    return owners.pop()


def _columns(connection: Connection, tables: list[str]) -> _Columns:
    rows = connection.execute(
        "SELECT n.nspname || '.' || c.relname, a.attnum, a.attname FROM pg_catalog.pg_attribute AS a"
        " JOIN pg_catalog.pg_class AS c ON c.oid = a.attrelid"
        " JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace"
        " WHERE n.nspname || '.' || c.relname = ANY (%s) AND a.attnum > 0 AND NOT a.attisdropped",
        [tables],
    ).fetchall()
    return {table: {number: name for one, number, name in rows if one == table} for table in tables}


def _renamed(thing: Object, renamed: Mapping[tuple[str, str], str]) -> Object:
    """*thing* as it is called once columns are *renamed*."""
    if isinstance(thing, VaultTable):
        names = _names(".".join(thing.base), renamed)
        return replace(
            thing,
            key_columns=tuple(names.get(name, name) for name in thing.key_columns),
            columns=tuple((names.get(name, name), type_) for name, type_ in thing.columns),
            blind=tuple(one._replace(column=names.get(one.column, one.column)) for one in thing.blind),
        )
    if isinstance(thing, Check):
        for (table, old), new in renamed.items():
            if (table, check_name(old)) == (f"{thing.schema}.{thing.table}", thing.name):
                condition = thing.condition.replace(ident(old), ident(new))
                return replace(thing, name=check_name(new), condition=condition, source=digest(condition))
    return thing


def _names(table: str, renamed: Mapping[tuple[str, str], str]) -> dict[str, str]:
    """Old and new names of a vault's columns: of the values, and of their hashes."""
    plain = {old: new for (one, old), new in renamed.items() if one == table}
    return plain | {fitting(f"{old} blind"): fitting(f"{new} blind") for old, new in plain.items()}


def _renames(left: Snapshot, renamed: Mapping[tuple[str, str], str]) -> Iterator[Step]:
    """Yield the steps that rename, where *left* has them, a vault's columns and indexes and a table's CHECKs."""
    for thing in left.objects.values():
        if isinstance(thing, VaultTable):
            yield from _vault_renames(thing, _names(".".join(thing.base), renamed))
        elif isinstance(thing, Check) and (new := _renamed(thing, renamed)) != thing:
            assert isinstance(new, Check)
            table = ident(thing.schema, thing.table)
            rename = f"ALTER TABLE {table} RENAME CONSTRAINT {ident(thing.name)} TO {ident(new.name)}"
            yield f"rename check {thing.schema}.{thing.table}.{thing.name}", as_role(thing.owner, rename)


def _vault_renames(thing: VaultTable, names: Mapping[str, str]) -> Iterator[Step]:
    table = ident(thing.schema, thing.name)
    there = {name for name, _ in thing.columns}
    for old, new in names.items():
        if old in there:
            rename = f"ALTER TABLE {table} RENAME COLUMN {ident(old)} TO {ident(new)}"
            yield f"rename column {old} of vault table {thing.name}", as_role(thing.owner, rename)
    for blind in thing.blind:
        if blind.column in names:
            index, name = (fitting(f"{thing.name} {one}") for one in (blind.column, names[blind.column]))
            rename = f"ALTER INDEX {ident(thing.schema, index)} RENAME TO {ident(name)}"
            yield f"rename index {index}", as_role(thing.owner, rename)
