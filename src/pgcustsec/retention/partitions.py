"""
Dropping partitions that sweeps have emptied, where the matrix allows it (4.3).

What is past its term goes row by row, each batch with its certificate; a partition of which nothing is left then, and
of whose range nothing within its term can come, is taken off its table and dropped. So a drop destroys no row: what a
hold keeps, what another table refers to, what turned out not to be due is a row, and its partition stays.

It is the table's owner who drops, as whom an administrator acts, and no function of pgcustsec_owner.
"""

from __future__ import annotations

from typing import NamedTuple

from pgcustsec.catalog.queries import ask
from pgcustsec.compile.quote import ident
from pgcustsec.db import Connection
from pgcustsec.errors import PgcustsecError, Unreachable
from pgcustsec.objects import OWNER, VAULT_SCHEMA
from pgcustsec.vault.transaction import Busy, changing

WHAT = "dropping partitions"
#: Who reads or writes the table waits for this long at most behind a drop that has to wait itself.
LOCK_TIMEOUT = "100ms"


class Spent(NamedTuple):
    """A partition of a range that is past, its parent, the owner of both, and what of the vault refers to its rows."""

    schema: str
    name: str
    parent_schema: str
    parent: str
    owner: str
    vault: str | None
    vault_columns: list[str] | None

    @property
    def qualified(self) -> str:
        return f"{self.schema}.{self.name}"


def drop_spent(connection: Connection, table: str) -> tuple[list[str], list[str]]:
    """
    Drop the partitions of *table* that may be; return their names, and why others that are empty are still there.

    One that somebody uses is left for the next run: readers are not kept waiting for it.
    """
    dropped, problems = [], []
    for spent in _spent(connection, table):
        try:
            if _drop(connection, table, spent):
                dropped.append(spent.qualified)
        except Busy:
            problems.append(
                f"partition {spent.qualified} is empty and past every term, but in use: left for the next run"
            )
        except Unreachable:
            raise
        except PgcustsecError as error:
            problems.append(f"partition {spent.qualified} is empty and past every term, but stays: {error.message}")
    return dropped, problems


def _spent(connection: Connection, table: str) -> list[Spent]:
    schema, _, name = table.partition(".")
    with changing(connection, WHAT, LOCK_TIMEOUT):
        connection.execute("SET LOCAL DateStyle = 'ISO, YMD'; SET LOCAL TimeZone = 'UTC'")
        return [Spent(*row) for row in ask(connection, "spent_partitions", schema=schema, relation=name)]


def _drop(connection: Connection, table: str, spent: Spent) -> bool:
    """Drop the partition in one transaction; return whether it was empty, which is looked at once nobody can write."""
    leaf, parent = ident(spent.schema, spent.name), ident(spent.parent_schema, spent.parent)
    with changing(connection, WHAT, LOCK_TIMEOUT, role=None):
        # Row security that the owner is forced under would show an empty table: then it is an error.
        connection.execute("SET LOCAL row_security = off")
        if not _is_empty(connection, spent):
            return False
        # What PostgreSQL then looks for under the lock takes no longer than it has to: it knows that there is nothing.
        _as(connection, spent.owner, f"ANALYZE {leaf}")
        _as(connection, spent.owner, f"LOCK TABLE ONLY {parent}, ONLY {leaf} IN ACCESS EXCLUSIVE MODE")
        if not _is_empty(connection, spent):
            return False
        _let_owner_look(connection, spent, "GRANT", "TO")
        _as(connection, spent.owner, f"ALTER TABLE {parent} DETACH PARTITION {leaf}")
        _let_owner_look(connection, spent, "REVOKE", "FROM")
        _as(connection, spent.owner, f"DROP TABLE {leaf}")
        _write_down(connection, table, spent)
    return True


def _is_empty(connection: Connection, spent: Spent) -> bool:
    _as(connection, spent.owner)
    query = f"SELECT NOT EXISTS (SELECT FROM ONLY {ident(spent.schema, spent.name)})"
    return connection.execute(query.encode()).fetchone() == (True,)


def _let_owner_look(connection: Connection, spent: Spent, verb: str, preposition: str) -> None:
    """
    Let the owner, and nobody outside of this transaction, see which keys the vault has.

    PostgreSQL looks, as whoever takes a partition off, whether a row of another table refers to one of its rows.
    """
    if spent.vault and spent.vault_columns:
        columns, owner = ", ".join(map(ident, spent.vault_columns)), ident(spent.owner)
        vault = ident(VAULT_SCHEMA, spent.vault)
        _as(connection, OWNER, f"{verb} SELECT ({columns}) ON {vault} {preposition} {owner}")
        _as(connection, OWNER, f"{verb} USAGE ON SCHEMA {ident(VAULT_SCHEMA)} {preposition} {owner}")


def _write_down(connection: Connection, table: str, spent: Spent) -> None:
    """Who dropped it is on record, and what an apply made on it is forgotten."""
    _as(connection, OWNER)
    connection.execute(
        "INSERT INTO pgcustsec_internal.audit (kind, relation, about) VALUES ('partition_dropped', %s, %s)",
        [table, f"partition {spent.qualified}"],
    )
    connection.execute(
        "DELETE FROM pgcustsec_internal.applied_object AS o WHERE o.object::jsonb ->> 0 = ANY"
        " ('{policy,check,trigger,term column}') AND o.object::jsonb ->> 1 = %s AND o.object::jsonb ->> 2 = %s",
        [spent.schema, spent.name],
    )


def _as(connection: Connection, role: str, *statements: str) -> None:
    for statement in (f"SET LOCAL ROLE {ident(role)}", *statements):
        connection.execute(statement.encode())
