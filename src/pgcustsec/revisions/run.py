"""Running a history: `upgrade`, `downgrade`, where a database is, and what `env.py` needs for it."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from psycopg import sql
from sqlalchemy import Connection as Bind
from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

from pgcustsec.compile.quote import literal
from pgcustsec.compile.render import as_role
from pgcustsec.db import Connection, connect
from pgcustsec.errors import NotAllowed, Refused, UsageError
from pgcustsec.migrate.apply import apply_matrix, plan_matrix
from pgcustsec.migrate.comparing import DEFAULT_LOCK_TIMEOUT, translated
from pgcustsec.migrate.rights import check_installed
from pgcustsec.objects import OWNER
from pgcustsec.revisions.change import (
    REACHED,
    as_ourselves,
    command_errors,
    driver_connection,
    find_snapshot,
    lock_timeout_of,
)
from pgcustsec.revisions.history import configure, last_snapshot, said_by_alembic

#: Where a database keeps at which revision it is: apart from the history of the application's own tables.
VERSION_TABLE: dict[str, Any] = {"version_table": "revision", "version_table_schema": "pgcustsec_internal"}


def upgrade(folder: Path, connection: Connection, revision: str, *, lock_timeout: str = DEFAULT_LOCK_TIMEOUT) -> None:
    """
    Bring the connected database to *revision* in one transaction, and what depends on the database with it.

    Raises what `apply_matrix` raises; `UsageError` when there is no such revision. In every case nothing is changed.
    """
    with said_by_alembic(), translated():
        command.upgrade(configure(folder, connection=connection, lock_timeout=lock_timeout), revision)


def downgrade(folder: Path, connection: Connection, revision: str, *, lock_timeout: str = DEFAULT_LOCK_TIMEOUT) -> None:
    """Bring the connected database back to *revision*, `base` for before the first; as `upgrade`."""
    with said_by_alembic(), translated():
        command.downgrade(configure(folder, connection=connection, lock_timeout=lock_timeout), revision)


def stamp(folder: Path, connection: Connection) -> None:
    """
    Say of the connected database, which was applied to without revisions, that it is at the end of the history.

    Raises `Refused`, changing nothing, when it is not as the matrix there says; `UsageError` when there is no history.
    """
    with said_by_alembic(), translated():
        config = configure(folder)
        last = last_snapshot(ScriptDirectory.from_config(config))
        if last is None:
            raise UsageError("the history has no revision", hint="write one: pgcustsec migrate revision")
        if plan := plan_matrix(connection, last[1].matrix):
            raise Refused(
                f"the database is not as the last revision says: {len(plan.statements)} to do, first:"
                f" {plan.statements[0].what}; nothing was changed",
                hint="pgcustsec apply, with that revision's matrix; where nothing is applied yet: migrate upgrade",
            )
        config.attributes["connection"] = connection
        command.stamp(config, "head")


def script(folder: Path, way: str, revisions: str) -> str:
    """Return the SQL of *way*, upgrade or downgrade, over *revisions* (`from:to`) for psql. Raises `UsageError`."""
    buffer = io.StringIO()
    config = configure(folder)
    config.output_buffer = buffer
    with said_by_alembic():
        getattr(command, way)(config, revisions, sql=True)
    return "\\set ON_ERROR_STOP on\n" + buffer.getvalue()


def current_heads(folder: Path, connection: Connection) -> tuple[str, ...]:
    """Return at which revisions the connected database is; none: at none."""
    _check_installed(connection)
    with _bind(connection) as bind:
        bind.exec_driver_sql("SET LOCAL ROLE pgcustsec_owner")
        return MigrationContext.configure(bind, opts=VERSION_TABLE).get_current_heads()


def revisions(folder: Path) -> Iterator[tuple[str, str | None, str]]:
    """Yield each revision of the history, newest first: its id, the one before, its message."""
    with said_by_alembic():
        for one in ScriptDirectory.from_config(configure(folder)).walk_revisions():
            down = one.down_revision
            yield one.revision, down if isinstance(down, str | None) else ", ".join(down), one.doc


@contextmanager
def connection_of(config: Config) -> Iterator[Bind]:
    """
    The connection that `env.py` migrates over: the one that `pgcustsec migrate` opened, else by the `PG*` variables.

    Raises `Unreachable`.
    """
    given = config.attributes.get("connection")
    with command_errors():
        opened = given if given is not None else connect()
        _check_installed(opened)
    try:
        with _bind(opened) as bind:
            yield bind
    finally:
        if given is None:
            opened.close()


def _check_installed(connection: Connection) -> None:
    check_installed(connection)
    [(there,)] = connection.execute("SELECT pg_catalog.to_regnamespace('pgcustsec_internal') IS NOT NULL").fetchall()
    if not there:
        database = connection.info.dbname
        raise NotAllowed(f"database {database} has no pgcustsec", hint=f"run: pgcustsec install -d {database}")


@contextmanager
def _bind(connection: psycopg.Connection[Any]) -> Iterator[Bind]:
    """*connection* as SQLAlchemy's; it is in no transaction afterwards, and open."""
    autocommit = connection.autocommit
    connection.autocommit = False
    engine = create_engine("postgresql+psycopg://", creator=lambda: connection, poolclass=NullPool)
    bind = engine.connect()
    try:
        yield bind
    finally:
        bind.detach()
        connection.rollback()
        connection.autocommit = autocommit


def _comment_on_version_table(migration: MigrationContext, connection: Connection) -> None:
    """Alembic makes the table when it first runs, and says nothing of what it is."""
    ours = tuple(VERSION_TABLE.values())
    if (migration.version_table, migration.version_table_schema) == ours:
        comment = literal("At which revision of its history this database is: alembic's own table.")
        connection.execute(sql.SQL(as_role(OWNER, f"COMMENT ON TABLE pgcustsec_internal.revision IS {comment}")))


def complete(migration: MigrationContext) -> None:
    """
    Do at the end of a run, in its transaction, what no revision can know: staff's memberships, what is sealed already.

    It is what `pgcustsec apply` would still do for the matrix of the revision that was reached. A script for psql only
    says that it has to follow.

    Raises alembic's `CommandError` for what `apply_matrix` refuses.
    """
    reached = migration.opts.get(REACHED)
    if migration.as_sql:
        migration.impl.static_output("-- Staff's memberships come with: pgcustsec apply")
        return
    if reached is None:
        return
    with command_errors(), as_ourselves(driver_connection(migration)) as connection:
        _comment_on_version_table(migration, connection)
        if reached:
            matrix = find_snapshot(migration, reached).matrix
            apply_matrix(connection, matrix, lock_timeout=lock_timeout_of(migration))
