"""What checking takes from a database: a snapshot of what is in it, and the statements that were run there."""

from __future__ import annotations

from collections.abc import Iterable

from psycopg import errors, sql

from pgcustsec.catalog.present import OUR_SCHEMAS
from pgcustsec.catalog.queries import ask
from pgcustsec.db import Connection
from pgcustsec.errors import NotAllowed
from pgcustsec.matrix.model import Matrix
from pgcustsec.objects import INNER_SCHEMA, SEALED_CHECK
from pgcustsec.query.snapshot import KnownRoutine, KnownTable, Snapshot
from pgcustsec.query.workload import Recorded


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


def take_statements(connection: Connection, matrix: Matrix) -> list[Recorded]:
    """
    Return what `pg_stat_statements` counted in the connected database, of logins that hold roles of *matrix*.

    Raises `NotAllowed` where the extension is not there, or the login may not see what others run.
    """
    schema = connection.execute(
        "SELECT n.nspname FROM pg_catalog.pg_extension AS e JOIN pg_catalog.pg_namespace AS n ON n.oid = e.extnamespace"
        " WHERE e.extname = 'pg_stat_statements'"
    ).fetchone()
    if schema is None:
        hint = "a superuser: shared_preload_libraries, then CREATE EXTENSION pg_stat_statements; or give a log"
        raise NotAllowed("this database has no pg_stat_statements", hint=hint)
    query = sql.SQL(
        "SELECT r.rolname::text, s.query, pg_catalog.sum(s.calls)::bigint FROM {} AS s"
        " JOIN pg_catalog.pg_roles AS r ON r.oid = s.userid JOIN pg_catalog.pg_database AS d ON d.oid = s.dbid"
        " WHERE d.datname = pg_catalog.current_database() GROUP BY 1, 2 ORDER BY 3 DESC, 2"
    ).format(sql.Identifier(schema[0], "pg_stat_statements"))
    unseen = NotAllowed("what others run is not shown to this login", hint="GRANT pg_read_all_stats to it, and USAGE")
    try:
        rows = connection.execute(query).fetchall()
    except errors.InsufficientPrivilege as error:
        raise unseen from error
    if any(text == "<insufficient privilege>" for _, text, _ in rows):
        raise unseen
    return recorded(connection, matrix, rows)


def recorded(connection: Connection, matrix: Matrix, rows: Iterable[tuple[str, str, int]]) -> list[Recorded]:
    """Return *rows* of login, statement and number of times, of logins with roles of *matrix*, as what they may be."""
    held = roles_of_logins(connection, matrix)
    return [Recorded(text, held[login], calls) for login, text, calls in rows if held.get(login)]


def roles_of_logins(connection: Connection, matrix: Matrix) -> dict[str, tuple[str, ...]]:
    """Return by login the roles of *matrix* that its person holds, or that its application speaks for."""
    with connection.transaction():
        connection.execute("SET LOCAL ROLE pgcustsec_owner")
        people = ask(connection, "logins")
    held = {login: tuple(role for role in matrix.roles if role in roles) for login, roles in people}
    applications = {matrix.role_prefix + one.name: tuple(one.roles) for one in matrix.applications.values()}
    return {**held, **applications}


def roles_of_login(connection: Connection, matrix: Matrix) -> frozenset[str]:
    """Return the roles of *matrix* into whose groups the connected login itself was let."""
    groups = {matrix.group_role(role): role for role in matrix.roles}
    rows = connection.execute(
        "SELECT r.rolname FROM pg_catalog.pg_roles AS r JOIN pg_catalog.pg_roles AS me ON me.rolname = session_user"
        " WHERE r.rolname = ANY (%s::name[]) AND NOT me.rolsuper AND pg_catalog.pg_has_role(me.oid, r.oid, 'USAGE')",
        [list(groups)],
    ).fetchall()
    return frozenset(groups[row[0]] for row in rows)
