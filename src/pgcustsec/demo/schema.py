"""The broker's CRM as an empty schema: tables before the load, indexes and foreign keys after it."""

from __future__ import annotations

from importlib import resources

from psycopg import errors, sql

from pgcustsec.db import Connection
from pgcustsec.errors import UsageError


def make_tables(connection: Connection, owner: str) -> None:
    """
    Make schema ``crm`` and its tables, all owned by the role *owner*, which exists and need not log in.

    Tables have their primary keys only; `make_indexes` adds the rest once they are filled. One transaction.
    Raises `UsageError` when the schema is there already or the role is not.
    """
    role = sql.Identifier(owner)
    try:
        with connection.transaction():
            connection.execute(sql.SQL("CREATE SCHEMA crm AUTHORIZATION {}").format(role))
            _run_as(connection, role, "schema.sql")
    except errors.DuplicateSchema as error:
        raise UsageError(
            "schema crm is in this database already", hint="use an empty database, or DROP SCHEMA crm CASCADE first"
        ) from error
    except errors.UndefinedObject as error:
        raise UsageError(
            f"there is no role {owner} to own schema crm", hint=f"CREATE ROLE {owner} NOLOGIN first"
        ) from error


def make_indexes(connection: Connection, owner: str) -> None:
    """Add UNIQUE, indexes and foreign keys to the tables of schema ``crm`` as their *owner*. One transaction."""
    with connection.transaction():
        _run_as(connection, sql.Identifier(owner), "indexes.sql")


def _run_as(connection: Connection, role: sql.Identifier, file: str) -> None:
    """Run a script of this package as *role*; what it makes is the role's, and its rights are the role's only."""
    text = resources.files(__package__ or __name__).joinpath(file).read_text(encoding="utf-8")
    connection.execute(sql.SQL("SET LOCAL ROLE {}").format(role))
    connection.execute(text.encode())
    connection.execute("RESET ROLE")
