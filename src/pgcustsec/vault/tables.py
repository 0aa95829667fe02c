"""Which tables a command is about, and walking through their rows in key order."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches
from typing import Any

import psycopg

from pgcustsec.catalog.site import read_site
from pgcustsec.compile.quote import ident
from pgcustsec.compile.vault import Vault, check_name, key_types, vaults
from pgcustsec.db import Connection
from pgcustsec.errors import Refused, UsageError
from pgcustsec.matrix.model import Matrix, Table
from pgcustsec.shape import Site
from pgcustsec.vault.transaction import reading

Key = list[str]


def find_site(connection: Connection, matrix: Matrix, what: str) -> Site:
    """Return the database as *matrix* is compiled for it."""
    with reading(connection, what):
        return read_site(connection, matrix)


def find_table(matrix: Matrix, table: str) -> Table:
    """Return *table*, named as in the matrix. Raises `UsageError` for a name that the matrix does not have."""
    if table not in matrix.tables:
        near = get_close_matches(table, matrix.tables, n=1)
        raise UsageError(
            f"{matrix.source or 'the matrix'} has no table {table}" + (f"; did you mean {near[0]}?" if near else ""),
            hint="name a table as the matrix does, with its schema",
        )
    return matrix.tables[table]


def find_vault(matrix: Matrix, site: Site, table: str) -> Vault:
    """
    Return the vault of *table*, named as in the matrix.

    Raises `UsageError` for a name the matrix does not have or a table without such columns, and `Refused` where rows
    lie in inheritance children.
    """
    find_table(matrix, table)
    found = {vault.table.qualified: vault for vault in vaults(matrix, site)}
    if table in found:
        return found[table]
    if site.tables[table].has_heirs and any(c.tier == 1 or c.is_name for c in matrix.tables[table].columns.values()):
        raise Refused(
            f"{table} cannot be sealed: it has inheritance children, which the vault's foreign key does not reach",
            hint="make the children partitions, or tables of their own: ALTER TABLE ... NO INHERIT",
        )
    raise UsageError(f"{table} has no column of tier 1 and no name: nothing of it lies in the vault")


def check_names(vault: Vault) -> list[str]:
    """The names of the table's CHECKs of ours, in column order."""
    return [check_name(one.name) for one in vault.sealed]


def count_checks(connection: Connection, vault: Vault) -> int:
    """Return how many of the table's CHECKs of ours are there."""
    [(count,)] = connection.execute(
        "SELECT pg_catalog.count(*) FROM pg_catalog.pg_constraint AS c"
        " WHERE c.conrelid = %s::pg_catalog.regclass AND c.contype = 'c' AND c.conname = ANY (%s)",
        [ident(*vault.shape.relation), check_names(vault)],
    ).fetchall()
    return int(count)


def after_key(vault: Vault, alias: str) -> str:
    """The condition that a row read as *alias* comes after the key given as parameters $1, $2, ... as texts."""
    columns = ", ".join(ident(alias, name) for name in vault.table.key)
    values = ", ".join(
        f"${place}::pg_catalog.text::{type_}" for place, (_, type_) in enumerate(key_types(vault.table, vault.shape), 1)
    )
    return f"({columns}) > ({values})"


def run(connection: Connection, statement: str, parameters: Sequence[Any] | None = None) -> Sequence[Any]:
    """Return the only row of *statement*. Its parameters are $1, ...: names in it may hold a percent sign."""
    row = psycopg.RawCursor(connection).execute(statement.encode(), parameters or None).fetchone()
    assert row is not None
    return row
