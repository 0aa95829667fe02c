"""
Autogenerate in a user's own environment: access beside the tables that it is to, in one revision, in the right order.

What tables will look like is asked of PostgreSQL: the changes that alembic found are tried in a savepoint.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from alembic.operations import Operations, ops

from pgcustsec.catalog.present import OUR_SCHEMAS
from pgcustsec.compile.exposure import access_lines
from pgcustsec.compile.quote import fitting
from pgcustsec.compile.render.vault import drop_empty
from pgcustsec.db import Connection
from pgcustsec.matrix.load import load
from pgcustsec.matrix.model import Matrix
from pgcustsec.migrate.comparing import Compared, compare_catalog, translated
from pgcustsec.objects import RETAIN_UNTIL, VaultTable, name_of
from pgcustsec.plan import make_plan
from pgcustsec.revisions.change import SNAPSHOTS, command_errors, driver_connection
from pgcustsec.revisions.history import last_snapshot
from pgcustsec.revisions.operation import ChangeAccessOp, WithdrawAccessOp
from pgcustsec.revisions.snapshot import DATABASE, Snapshot, portable
from pgcustsec.revisions.step import Step
from pgcustsec.revisions.withdrawing import without
from pgcustsec.revisions.write import in_the_way, steps, ways

if TYPE_CHECKING:
    from alembic.autogenerate.api import AutogenContext

#: What fails under a view, a policy or a trigger that reads the table.
_IN_THE_WAY = (ops.AlterColumnOp, ops.DropColumnOp, ops.DropTableOp, ops.RenameTableOp)


def compare_access(context: AutogenContext, operations: ops.UpgradeOps) -> None:
    """
    Add to *operations* what brings access in line with the matrix that `env.py` names, once they have run.

    What is ours and no model's goes out of *operations*: masking views, terms, UNIQUEs whose place is the vault. Where
    access is as the last snapshot has it but the database is not, an operation without steps says so: `alembic check`
    then fails, and `complete` mends it.

    Raises alembic's `CommandError` for what a plan would refuse.
    """
    migration = context.migration_context
    assert migration is not None and migration.environment_context is not None
    with command_errors():
        matrix = load(Path(context.opts["pgcustsec_matrix"]))
        script = migration.environment_context.script
        name, before = last_snapshot(script) or (None, None)
        _leave_ours(operations, matrix)
        taken = _taken(operations, before)
        with _tried(migration, taken, operations) as connection, translated():
            found = compare_catalog(connection, matrix)
        reduced = taken.leaves if taken else before
        after = Snapshot.compiled(matrix, portable(found.site))
        forwards, back = ways(reduced, after, dict(in_the_way(found, after, before)))
        drift = [] if taken else _drift(found, before, after)
        if not (forwards or taken or drift or before is None or before.matrix != matrix):
            return
        folder = Path(script.dir) / SNAPSHOTS
        notes = [*access_lines(forwards.access), *drift]
        change = ChangeAccessOp(after.name, steps(forwards), notes=notes, write=lambda: after.write(folder))
        made = {_place(one) for one in _single(operations.ops) if isinstance(one, ops.CreateTableOp)}
        backwards = [*steps(back), *_vaults_of(after, made)]
        change.back = WithdrawAccessOp(backwards) if taken else ChangeAccessOp(name, backwards)
        if taken:
            operations.ops.insert(0, WithdrawAccessOp(taken.steps, ChangeAccessOp(name, taken.back)))
        operations.ops.append(change)


@dataclass(frozen=True, slots=True)
class _Taken:
    """What is taken away before tables change, what it leaves, and what brings it back on the way back."""

    leaves: Snapshot
    steps: tuple[Step, ...]
    back: tuple[Step, ...]


def _taken(operations: ops.UpgradeOps, before: Snapshot | None) -> _Taken | None:
    touched = set(_touched(operations, before)) if before else set()
    if before is None or not touched:
        return None
    dropped = set(_dropped(operations))
    leaves = without(before, touched, dropped)
    vaults = _vaults_of(before, {table for table, column in dropped if column is None})
    taking = make_plan(DATABASE, before.objects, leaves.objects)
    bringing = make_plan(DATABASE, leaves.objects, before.objects)
    return _Taken(leaves, (*steps(taking), *vaults), tuple(steps(bringing)))


def _drift(found: Compared, before: Snapshot | None, after: Snapshot) -> list[str]:
    """What of this one database is not as the last snapshot and the people in it say."""
    if before is None or before.objects != after.objects:
        return []
    plan = make_plan("", found.present, found.wanted)
    return [f"this database is mended at the end of the run: {statement.what}" for statement in plan.statements]


@contextmanager
def _tried(migration: Any, taken: _Taken | None, operations: ops.UpgradeOps) -> Iterator[Connection]:
    """The connection as it would be after *taken* and *operations*; nothing of it stays."""
    with migration.bind.begin_nested() as trial:
        try:
            if taken:
                Operations(migration).invoke(WithdrawAccessOp(taken.steps))
            for operation in _single(operations.ops):
                Operations(migration).invoke(operation)
            connection = driver_connection(migration)
            connection.execute("SET LOCAL ROLE NONE")
            connection.execute("SELECT pg_catalog.set_config('search_path', '', true)")
            yield connection
        finally:
            trial.rollback()


def _single(found: list[ops.MigrateOperation]) -> Iterator[ops.MigrateOperation]:
    for operation in found:
        if isinstance(operation, ops.ModifyTableOps):
            yield from _single(operation.ops)
        else:
            yield operation


def _touched(operations: ops.UpgradeOps, before: Snapshot) -> Iterator[str]:
    """Protected tables that *operations* change in a way that what reads them forbids."""
    for operation in _single(operations.ops):
        name = _place(operation)
        if isinstance(operation, _IN_THE_WAY) and name in before.site.tables:
            yield name


def _dropped(operations: ops.UpgradeOps) -> Iterator[tuple[str, str | None]]:
    """Tables, and columns with their tables, that *operations* drop; None: the table itself."""
    for operation in _single(operations.ops):
        if isinstance(operation, ops.DropColumnOp):
            yield _place(operation), operation.column_name
        if isinstance(operation, ops.DropTableOp):
            yield _place(operation), None


def _vaults_of(snapshot: Snapshot, tables: Collection[str]) -> Iterator[Step]:
    """Yield the steps that drop the vaults of *tables*, which end, if they are empty."""
    for thing in snapshot.objects.values():
        if isinstance(thing, VaultTable) and ".".join(thing.base) in tables:
            yield f"drop {name_of(thing.key)}", drop_empty(thing)


def _place(operation: Any) -> str:
    return f"{getattr(operation, 'schema', None) or 'public'}.{getattr(operation, 'table_name', '')}"


def _leave_ours(operations: Any, matrix: Matrix) -> None:
    """Take out of *operations* what is none of the models' business."""
    kept = []
    for operation in operations.ops:
        if isinstance(operation, ops.ModifyTableOps):
            _leave_ours(operation, matrix)
            if operation.ops and not _in_our_schemas(operation, matrix):
                kept.append(operation)
        elif not _in_our_schemas(operation, matrix) and not _is_ours(operation, matrix):
            kept.append(operation)
    operations.ops[:] = kept


def _in_our_schemas(operation: Any, matrix: Matrix) -> bool:
    """Whether it is about a role's views, or what the extension and its applies keep."""
    return getattr(operation, "schema", None) in {*OUR_SCHEMAS, *matrix.roles}


def _is_ours(operation: Any, matrix: Matrix) -> bool:
    """Whether it would take from a protected table what we keep there, or give back what moved to the vault."""
    table = matrix.tables.get(_place(operation))
    if table is None:
        return False
    if isinstance(operation, ops.DropColumnOp):
        return operation.column_name == RETAIN_UNTIL and table.retention is not None
    if isinstance(operation, ops.DropIndexOp):
        return operation.index_name == fitting(f"{table.name} {RETAIN_UNTIL}")
    masked = {column.name for column in table.columns.values() if column.tier == 1 or column.is_name}
    if isinstance(operation, ops.CreateUniqueConstraintOp):
        return bool(masked & set(map(str, operation.columns)))
    if isinstance(operation, ops.CreateIndexOp):
        return bool(operation.unique) and bool(masked & {getattr(c, "name", str(c)) for c in operation.columns})
    return False
