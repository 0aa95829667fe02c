"""
What `op.change_access` and `op.withdraw_access` do: over a connection, or as text for psql.

Their statements run as they stand: alembic's own `op.execute` would take a `:name` in them for a parameter.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from textwrap import dedent
from typing import TYPE_CHECKING, Any

import psycopg
from alembic.util import CommandError

from pgcustsec.compile import render
from pgcustsec.compile.quote import ident
from pgcustsec.compile.render import as_role
from pgcustsec.db import PLAN_LOCK, Connection, take_plan_lock
from pgcustsec.errors import PgcustsecError, UsageError
from pgcustsec.migrate.apply import plan_within
from pgcustsec.migrate.comparing import DEFAULT_LOCK_TIMEOUT, set_lock_timeout, translated
from pgcustsec.migrate.locks import check_room
from pgcustsec.migrate.record import forget_sql, matrix_record, record_sql
from pgcustsec.migrate.rights import check_installed
from pgcustsec.migrate.running import run_statements
from pgcustsec.migrate.widening import is_gate_on, spend_widening
from pgcustsec.objects import OWNER, name_of
from pgcustsec.revisions.snapshot import DATABASE, Snapshot, read_snapshot
from pgcustsec.revisions.step import Step
from pgcustsec.statement import Statement

if TYPE_CHECKING:
    from alembic.runtime.migration import MigrationContext

#: Where the snapshots lie, in the folder of the migrations.
SNAPSHOTS = "access"
#: What the operation leaves in its context: the name of the last snapshot that was reached; "" at the base.
REACHED = "pgcustsec_access"
#: How `Statement` texts name the database that they run in; psql knows the same.
_HERE = f"DATABASE {DATABASE}"


def withdraw(context: MigrationContext, steps: Iterable[Step]) -> None:
    """
    Run *steps* in *context*, or print them.

    Raises alembic's `CommandError` for what an apply would refuse.
    """
    _run(context, _statements(steps))


def change(context: MigrationContext, steps: Iterable[Step], access: str | None) -> None:
    """
    As `withdraw`; and record that *steps* lead to the snapshot *access*, None: to none.

    Raises alembic's `CommandError` for what an apply would refuse.
    """
    snapshot = find_snapshot(context, access) if access else None
    statements = _statements(steps)
    record = Statement("record what was applied", _record(snapshot, statements), None, "record")
    _run(context, [*statements, record], snapshot)
    context.opts[REACHED] = access or ""


def _statements(steps: Iterable[Step]) -> list[Statement]:
    return [Statement(what, dedent(sql).strip("\n"), None, what.partition(" ")[2]) for what, sql in steps]


def _record(snapshot: Snapshot | None, statements: Iterable[Statement]) -> str:
    """
    What writes down that *statements* led to *snapshot*.

    What they do not make stays written down as it was: a body that somebody altered by hand is still found. So is one
    whose statement somebody altered in the revision.
    """
    if snapshot is None:
        return forget_sql()
    things = {name_of(key): thing for key, thing in snapshot.objects.items()}
    making = [s for s in statements if s.what.startswith(("create ", "change ")) and s.object in things]
    edited = [s for s in making if not s.sql.endswith(render.create(things[s.object]).sql.strip("\n"))]
    return record_sql(
        matrix_record(snapshot.matrix, snapshot.site),
        snapshot.site,
        snapshot.objects.values(),
        made={things[s.object].key for s in making},
        edited={things[s.object].key for s in edited},
    )


def _run(context: MigrationContext, statements: Iterable[Statement], snapshot: Snapshot | None = None) -> None:
    if context.as_sql:
        for statement in (_ENTER, _LOCK, *([_GATE] if snapshot else []), *statements, _LEAVE):
            context.impl.static_output(f"-- {' '.join(statement.what.splitlines())}\n{statement.sql};")
        return
    with command_errors(), as_ourselves(driver_connection(context)) as connection:
        with translated():
            set_lock_timeout(connection, lock_timeout_of(context))
            check_installed(connection)
            take_plan_lock(connection)
            if snapshot and is_gate_on(connection):
                spend_widening(connection, plan_within(connection, snapshot.matrix))
        here = f"DATABASE {ident(connection.info.dbname)}"
        told = [Statement(s.what, s.sql.replace(_HERE, here), None, s.object) for s in statements]
        check_room(connection, told)
        run_statements(connection, told)


def _do(*calls: str) -> str:
    return f"DO $$BEGIN {' '.join(f'PERFORM pg_catalog.{call};' for call in calls)} END$$"


#: The application's own migrations may run as another role, and find names by a path; both are as they were afterwards.
#: How the server prints what is recorded depends on the path.
_ENTER = Statement(
    "change access",
    _do(
        "set_config('pgcustsec.outer_role', pg_catalog.current_setting('role'), true)",
        "set_config('pgcustsec.outer_path', pg_catalog.current_setting('search_path'), true)",
        "set_config('role', 'none', true)",
        "set_config('search_path', '', true)",
    ),
    None,
    "",
)
_LOCK = Statement("one change at a time", as_role(OWNER, f"LOCK TABLE {PLAN_LOCK} IN EXCLUSIVE MODE"), None, "")
#: Whether a revision widens access is known where it runs; a script does not look.
_GATE = Statement(
    "no widening past its request",
    as_role(
        OWNER,
        "DO $$BEGIN IF EXISTS (SELECT FROM pgcustsec_internal.request_kind AS k WHERE k.widens) THEN"
        " RAISE EXCEPTION 'the matrix wants widening approved: run pgcustsec migrate upgrade here, not a script';"
        " END IF; END$$",
    ),
    None,
    "",
)
_LEAVE = Statement(
    "access is changed",
    _do(
        "set_config('role', pg_catalog.current_setting('pgcustsec.outer_role'), true)",
        "set_config('search_path', pg_catalog.current_setting('pgcustsec.outer_path'), true)",
    ),
    None,
    "",
)


@contextmanager
def as_ourselves(connection: Connection) -> Iterator[Connection]:
    """*connection* as its login itself, with an empty search path; afterwards both are as they were."""
    run_statements(connection, [_ENTER])
    yield connection
    run_statements(connection, [_LEAVE])


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
