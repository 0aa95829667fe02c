"""
How PostgreSQL itself resolves a statement: what it depends on, read off a function that is made of it and taken back.

The function's body is analyzed when it is made, names by the given search_path, and what it reads is written down in
`pg_depend`, column by column. Nothing of it is run.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import psycopg
from psycopg import sql

from pgcustsec.catalog.queries import ask
from pgcustsec.db import Connection
from pgcustsec.errors import NotAllowed
from pgcustsec.objects import INNER_SCHEMA

#: Kinds of statement that a function's body may have.
PROBED = frozenset({"SelectStmt", "InsertStmt", "UpdateStmt", "DeleteStmt", "MergeStmt"})


@dataclass(frozen=True, slots=True)
class Probe:
    """
    What PostgreSQL says of a statement: the columns (schema, relation, column) and relations that it reads or writes,
    the functions that are nobody's built-in, and why it refuses it, if it does (its message, never a value).
    """

    columns: frozenset[tuple[str, str, str]] = frozenset()
    relations: frozenset[tuple[str, str]] = frozenset()
    functions: frozenset[tuple[str, str]] = frozenset()
    refused: str | None = None


def probe(connection: Connection, statement: str, path: Sequence[str], *, viewer: str, group: str) -> Probe:
    """
    Return how *statement* is resolved where *path* is searched, and whether *group* may use what it names.

    *statement* is one of the kinds in `PROBED`, parsed by somebody before: it is the body of a function that *viewer*,
    who owns the role's views, makes among its own, in a transaction that is taken back. The connected login is an
    administrator, who may act as the viewer. What is wrong with the statement is in the result; raises `NotAllowed`
    where the login may not act as the viewer.
    """
    with connection.transaction(force_rollback=True):
        _read_as_it_was_parsed(connection, path)
        _act_as(connection, viewer, group)
        try:
            with connection.transaction():
                _make(connection, statement, _parameter_types(connection, statement))
        except psycopg.Error as error:
            _forget(connection)
            return Probe(refused=error.diag.message_primary or "it is refused")
        rows = ask(connection, "probed", group=group, schema=INNER_SCHEMA)
    refused = [f"{group} may not use {schema}.{name}" for _, schema, name, _, allowed in rows if not allowed]
    return Probe(
        columns=frozenset((schema, name, column) for kind, schema, name, column, _ in rows if kind == "column"),
        relations=frozenset((schema, name) for kind, schema, name, _, _ in rows if kind in ("column", "relation")),
        functions=frozenset((schema, name) for kind, schema, name, _, _ in rows if kind == "function"),
        refused=min(refused, default=None),
    )


def _read_as_it_was_parsed(connection: Connection, path: Sequence[str]) -> None:
    """Names are looked for in *path*, and strings end where the grammar that was asked before lets them end."""
    connection.execute(
        "SELECT pg_catalog.set_config('search_path', %s, true),"
        " pg_catalog.set_config('standard_conforming_strings', 'on', true)",
        [_path(path)],
    )


def _act_as(connection: Connection, viewer: str, group: str) -> None:
    try:
        connection.execute(sql.SQL("SET LOCAL ROLE {}").format(sql.Identifier(viewer)))
    except psycopg.errors.InsufficientPrivilege as error:
        me = connection.info.user
        hint = "connect as an administrator of the matrix, or as who holds the role"
        raise NotAllowed(f"{me} is none of {group} and may not act as {viewer}", hint=hint) from error


def may_run(connection: Connection, statement: str, path: Sequence[str]) -> Probe:
    """
    Return whether the connected login may run *statement*: planned by EXPLAIN, with the rights that a run is held to.

    Nothing of it is run, and what it depends on is not said: only that it is refused, if it is.
    """
    with connection.transaction(force_rollback=True):
        _read_as_it_was_parsed(connection, path)
        connection.execute("SET LOCAL plan_cache_mode = force_generic_plan")
        try:
            with connection.transaction():
                connection.execute(_PREPARE.format(sql.SQL(statement)))
                types = _prepared_types(connection)
                nulls = sql.SQL("({})").format(sql.SQL(", ".join(["NULL"] * len(types)))) if types else sql.SQL("")
                connection.execute(sql.SQL("EXPLAIN (VERBOSE) EXECUTE pgcustsec_probe {}").format(nulls))
        except psycopg.Error as error:
            return Probe(refused=error.diag.message_primary or "it is refused")
        finally:
            _forget(connection)
    return Probe()


def _path(path: Sequence[str]) -> str:
    return ", ".join(sql.Identifier(name).as_string(None) for name in path)


_PREPARE = sql.SQL("PREPARE pgcustsec_probe AS {}")


def _parameter_types(connection: Connection, statement: str) -> list[str]:
    """The types of `$1`, `$2`, ... as PostgreSQL takes them, found by preparing it."""
    connection.execute(_PREPARE.format(sql.SQL(statement)))  # parsed as one statement
    types = _prepared_types(connection)
    _forget(connection)
    return types


def _prepared_types(connection: Connection) -> list[str]:
    [(types,)] = connection.execute(
        "SELECT p.parameter_types::text[] FROM pg_catalog.pg_prepared_statements AS p WHERE p.name = 'pgcustsec_probe'"
    ).fetchall()
    return list(types)


def _forget(connection: Connection) -> None:
    """A prepared statement stays when its transaction is taken back."""
    there = "SELECT FROM pg_catalog.pg_prepared_statements AS p WHERE p.name = 'pgcustsec_probe'"
    if connection.execute(there).fetchone() is not None:
        connection.execute("DEALLOCATE pgcustsec_probe")


def _make(connection: Connection, statement: str, types: list[str]) -> None:
    arguments = sql.SQL(", ".join(types))  # as format_type prints them
    name = sql.Identifier(INNER_SCHEMA, "pgcustsec_probe")
    # On a line of its own, since the statement may end in a comment.
    body = sql.SQL("CREATE FUNCTION {}({}) RETURNS SETOF record LANGUAGE sql BEGIN ATOMIC {}\n; END")
    connection.execute(body.format(name, arguments, sql.SQL(statement)))
