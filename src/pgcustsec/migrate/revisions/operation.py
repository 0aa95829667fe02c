"""
`op.change_access`: the one operation of a revision, and how alembic writes it into a file.

Its statements run as they stand: alembic's own `op.execute` would take a `:name` in them for a parameter.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg
from alembic.autogenerate import renderers
from alembic.operations import MigrateOperation, Operations
from alembic.util import CommandError

from pgcustsec.compile.quote import ident
from pgcustsec.compile.render import as_role
from pgcustsec.db import PLAN_LOCK, Connection, take_plan_lock
from pgcustsec.errors import PgcustsecError, Refused, UsageError
from pgcustsec.migrate.apply import run_statements
from pgcustsec.migrate.comparing import DEFAULT_LOCK_TIMEOUT, set_lock_timeout, translated
from pgcustsec.migrate.record import forget_sql, matrix_record, record_sql
from pgcustsec.migrate.revisions.snapshot import DATABASE, Snapshot, read_snapshot
from pgcustsec.migrate.rights import check_installed
from pgcustsec.objects import OWNER
from pgcustsec.statement import Statement

if TYPE_CHECKING:
    from alembic.autogenerate.api import AutogenContext
    from alembic.runtime.migration import MigrationContext

#: Where the snapshots lie, in the folder of the migrations.
SNAPSHOTS = "access"
#: What the operation leaves in its context: the name of the last snapshot that was reached; "" at the base.
REACHED = "pgcustsec_access"
#: How `Statement` texts name the database that they run in; psql knows the same.
_HERE = f"DATABASE {DATABASE}"
_OUTER = "pgcustsec.outer_search_path"


@Operations.register_operation("change_access")
class ChangeAccessOp(MigrateOperation):
    """Statements that lead to the state of a snapshot, in an order in which none shows more than before and after."""

    def __init__(
        self, access: str | None, statements: Iterable[tuple[str, str]], back: ChangeAccessOp | None = None
    ) -> None:
        self.access = access
        self.statements = tuple(statements)
        self.back = back

    @classmethod
    def change_access(cls, operations: Operations, access: str | None, *statements: tuple[str, str]) -> None:
        """
        Run *statements*, each what it does in words and its SQL, and record that they lead to the snapshot *access*.

        None: back to before the first. One change at a time (a lock), all or nothing with the revision.

        Raises alembic's `CommandError`, with our message and next step, for whatever an apply would refuse.
        """
        operations.invoke(cls(access, statements))

    def reverse(self) -> ChangeAccessOp:
        """What brings back the state before."""
        if self.back is None:
            raise NotImplementedError("what was before is not known")
        return self.back

    def to_diff_tuple(self) -> tuple[str, list[str]]:
        """What `alembic check` says there is to do."""
        return ("change_access", [what for what, _ in self.statements])


@Operations.implementation_for(ChangeAccessOp)
def _change(operations: Operations, operation: ChangeAccessOp) -> None:
    context = operations.migration_context
    snapshot = find_snapshot(context, operation.access) if operation.access else None
    steps = [Statement(what, sql.strip(), None, what.partition(" ")[2]) for what, sql in operation.statements]
    steps.append(Statement("record what was applied", _record(snapshot), None, "record"))
    if context.as_sql:
        for step in (_enter(lock=True), *steps, _leave()):
            context.impl.static_output(f"-- {' '.join(step.what.splitlines())}\n{step.sql};")
    else:
        with command_errors():
            _run(context, snapshot, [_enter(lock=False), *steps, _leave()])
    context.opts[REACHED] = operation.access or ""


def _run(context: MigrationContext, snapshot: Snapshot | None, steps: Iterable[Statement]) -> None:
    connection = driver_connection(context)
    if snapshot and snapshot.site.server_major >= 16 > connection.info.server_version // 10000:
        raise Refused(
            "this revision was written for PostgreSQL 16 or later, and the server is older",
            hint="begin the history on the oldest server that it is to run on",
        )
    with translated():
        set_lock_timeout(connection, lock_timeout_of(context))
        check_installed(connection)
        take_plan_lock(connection)
    database = f"DATABASE {ident(connection.info.dbname)}"
    here = (Statement(s.what, s.sql.replace(_HERE, database), None, s.object) for s in steps)
    run_statements(connection, here)


def _record(snapshot: Snapshot | None) -> str:
    if snapshot is None:
        return forget_sql()
    record = matrix_record(snapshot.matrix, snapshot.site)
    return record_sql(record, snapshot.site, snapshot.objects.values())


def _enter(*, lock: bool) -> Statement:
    """Names are written out in full; how the server prints what is recorded depends on it."""
    steps = [as_role(OWNER, f"LOCK TABLE {PLAN_LOCK} IN EXCLUSIVE MODE NOWAIT")] if lock else []
    steps.append(_do(f"set_config('{_OUTER}', pg_catalog.current_setting('search_path'), true)"))
    steps.append("SET LOCAL search_path = ''")
    return Statement("change access", ";\n".join(steps), None, "")


def _leave() -> Statement:
    back = f"set_config('search_path', pg_catalog.current_setting('{_OUTER}'), true)"
    return Statement("access is changed", _do(back), None, "")


def _do(call: str) -> str:
    return f"DO $$BEGIN PERFORM pg_catalog.{call}; END$$"


def driver_connection(context: MigrationContext) -> Connection:
    """
    Return the psycopg connection that *context* migrates.

    Raises `UsageError` when it is another driver's.
    """
    bind = context.bind
    assert bind is not None
    connection: Any = bind.connection.driver_connection
    if not isinstance(connection, psycopg.Connection):
        raise UsageError(
            f"access is changed over psycopg 3, and this is {bind.dialect.driver}",
            hint="give alembic an URL that begins with postgresql+psycopg://",
        )
    return connection


def lock_timeout_of(context: MigrationContext) -> str:
    """How long a statement may wait for a lock: as `pgcustsec migrate` was told."""
    assert context.config is not None
    timeout: str = context.config.attributes.get("lock_timeout", DEFAULT_LOCK_TIMEOUT)
    return timeout


def find_snapshot(context: MigrationContext, name: str) -> Snapshot:
    """Return the snapshot *name* of the migrations that *context* runs. Raises `CommandError`."""
    environment = context.environment_context
    assert environment is not None
    with command_errors():
        return read_snapshot(Path(environment.script.dir) / SNAPSHOTS / name)


@contextmanager
def command_errors() -> Iterator[None]:
    """Turn an error of ours into alembic's own kind, which its command line prints without a traceback."""
    try:
        yield
    except PgcustsecError as error:
        raise CommandError(error.message + (f"; next: {error.hint}" if error.hint else "")) from error


@renderers.dispatch_for(ChangeAccessOp)
def _render(context: AutogenContext, operation: ChangeAccessOp) -> str:
    return "\n".join(call_lines(operation.access, operation.statements))


def call_lines(access: str | None, statements: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Yield the call of the operation as it stands in a revision."""
    yield "op.change_access("
    yield f"    {access!r},"
    for what, sql in statements:
        yield "    ("
        yield f"        {what!r},"
        yield f"        {_text(sql)},"
        yield "    ),"
    yield ")"


def _text(sql: str) -> str:
    """*sql* as a string of Python: over several lines as it is, unless something in it would not stay as it is."""
    plain = "\\" not in sql and '"""' not in sql and all(c.isprintable() or c == "\n" for c in sql)
    return f'"""\n{sql}\n"""' if plain else repr(sql)
