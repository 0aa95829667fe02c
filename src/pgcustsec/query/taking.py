"""Taking a snapshot of a database, for checking without it."""

from __future__ import annotations

from pgcustsec.catalog.present import OUR_SCHEMAS
from pgcustsec.catalog.queries import ask
from pgcustsec.db import Connection
from pgcustsec.matrix.model import Matrix
from pgcustsec.objects import INNER_SCHEMA, SEALED_CHECK
from pgcustsec.query.snapshot import KnownRoutine, KnownTable, Snapshot


def take_snapshot(connection: Connection, matrix: Matrix) -> Snapshot:
    """
    Return what the connected database has beside *matrix*, and which of its columns are sealed. Reads the catalog.

    No value of a customer's is in it; definitions of views and functions are.
    """
    groups = {matrix.group_role(role): role for role in matrix.roles}
    ours = [*OUR_SCHEMAS, INNER_SCHEMA, *matrix.roles]
    with connection.transaction():
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        connection.execute("SELECT pg_catalog.set_config('search_path', '', true)")
        tables = ask(connection, "known_tables", groups=list(groups), ours=ours, protected=list(matrix.tables))
        routines = ask(connection, "known_routines", groups=list(groups), ours=ours)
        sealed = _sealed(connection, matrix)
    return Snapshot(
        database=connection.info.dbname,
        server_major=connection.info.server_version // 10000,
        sealed=sealed,
        tables=tuple(
            KnownTable(schema, name, kind, tuple(columns), definition, invoker, tuple(groups[g] for g in readers))
            for schema, name, kind, columns, definition, invoker, readers in tables
        ),
        routines=tuple(
            KnownRoutine(schema, name, language, body, source, definer, tuple(groups[g] for g in callers))
            for schema, name, language, body, source, definer, callers in routines
        ),
    )


def _sealed(connection: Connection, matrix: Matrix) -> dict[str, tuple[str, ...]]:
    names = [name.partition(".") for name in matrix.tables]
    rows = ask(connection, "tables", schemas=[n[0] for n in names], names=[n[2] for n in names])
    oids = {row[1]: f"{row[2]}.{row[3]}" for row in rows}
    found: dict[str, list[str]] = {}
    for oid, column, kind, name, validated in ask(connection, "sealing", oids=list(oids)):
        if kind == "check" and validated and name.startswith(SEALED_CHECK):
            found.setdefault(oids[oid], []).append(column)
    return {table: tuple(sorted(columns)) for table, columns in found.items()}
