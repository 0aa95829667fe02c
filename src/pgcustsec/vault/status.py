"""What lies where: per column the true values left in the table and those in the vault, and the key in use."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pgcustsec.catalog.site import read_site
from pgcustsec.compile.quote import ident
from pgcustsec.compile.vault import Vault, check_name, vaults
from pgcustsec.db import Connection
from pgcustsec.matrix.model import Matrix
from pgcustsec.vault.tables import run
from pgcustsec.vault.transaction import reading, require_idle

SEALED = "sealed"
UNSEALED = "not sealed"
NOT_APPLIED = "not applied"
NO_WAY = "inheritance children"


@dataclass(frozen=True, slots=True)
class ColumnStatus:
    """
    A column that is to be stored masked. `form` is the masked form that its table keeps, None: NULL.

    `rows` and `true_values` are of the table, `in_vault` counts values in the vault; None: not known. `state` is
    sealed, not sealed, not applied, or inheritance children: there the vault does not reach.
    """

    table: str
    column: str
    form: str | None
    rows: int | None
    true_values: int | None
    in_vault: int | None
    state: str
    find: bool
    unique: bool

    @property
    def validated(self) -> bool:
        return self.state == SEALED


@dataclass(frozen=True, slots=True)
class KeyStatus:
    """The key of the blind indexes in use: its number, since when, for how many days."""

    number: int
    made_at: datetime
    days: int


@dataclass(frozen=True, slots=True)
class VaultStatus:
    """Every column that is to be stored masked, in matrix order, and the key in use, None where there is none."""

    columns: tuple[ColumnStatus, ...]
    key: KeyStatus | None

    @property
    def is_sealed(self) -> bool:
        """Whether no table can hold a true value, and the vault has its key."""
        return self.key is not None and all(column.validated for column in self.columns)


def status(connection: Connection, matrix: Matrix) -> VaultStatus:
    """
    Return what of *matrix* is sealed in the connected database. Reads every row of tables that are not sealed.

    Raises `TablesDiffer` when the tables are not as the matrix says, `NotAllowed` when a right is missing.
    """
    require_idle(connection)
    with reading(connection, "looking at the vault"):
        site = read_site(connection, matrix)
        found = {vault.table.qualified: _columns(connection, vault) for vault in vaults(matrix, site)}
        key = _key(connection)
    for table in matrix.tables.values():
        if site.tables[table.qualified].has_heirs:
            found[table.qualified] = [
                ColumnStatus(table.qualified, c.name, None, None, None, None, NO_WAY, c.find, c.unique)
                for c in table.columns.values()
                if c.tier == 1 or c.is_name
            ]
    return VaultStatus(tuple(row for name in matrix.tables for row in found.get(name, [])), key)


def _columns(connection: Connection, vault: Vault) -> list[ColumnStatus]:
    present = _present(connection, vault)
    there = all(check_name(one.name) in present for one in vault.sealed) and "" in present
    rows, *left = _count_base(connection, vault) if there else [None] * (len(vault.sealed) + 1)
    kept = _count_vault(connection, vault) if there else [None] * len(vault.sealed)
    return [
        ColumnStatus(
            vault.table.qualified,
            one.name,
            one.form,
            rows,
            true_values,
            in_vault,
            (SEALED if one.name in vault.shape.sealed else UNSEALED) if there else NOT_APPLIED,
            one.column.find,
            one.column.unique,
        )
        for one, true_values, in_vault in zip(vault.sealed, left, kept, strict=True)
    ]


def _present(connection: Connection, vault: Vault) -> set[str]:
    """The names of the CHECKs of ours on the table, and '' where it has its table in the vault."""
    rows = connection.execute(
        "SELECT c.conname::text FROM pg_catalog.pg_constraint AS c"
        " JOIN pg_catalog.pg_class AS t ON t.oid = c.conrelid"
        " JOIN pg_catalog.pg_namespace AS n ON n.oid = t.relnamespace"
        " WHERE n.nspname = %s AND t.relname = %s AND c.contype = 'c'"
        " UNION ALL SELECT '' WHERE pg_catalog.to_regclass(%s) IS NOT NULL",
        [*vault.shape.relation, vault.name],
    )
    return {row[0] for row in rows}


def _count_base(connection: Connection, vault: Vault) -> list[Any]:
    counts = [
        "0::bigint"
        if one.name in vault.shape.sealed
        else f"pg_catalog.count(*) FILTER (WHERE NOT ({one.is_masked(ident('t', one.name))}))"
        for one in vault.sealed
    ]
    relation = ident(*vault.shape.relation)
    return list(run(connection, f"SELECT pg_catalog.count(*), {', '.join(counts)} FROM {relation} AS t"))


def _count_vault(connection: Connection, vault: Vault) -> list[Any]:
    counts = ", ".join(f"pg_catalog.count(v.{ident(one.name)})" for one in vault.sealed)
    return list(run(connection, f"SELECT {counts} FROM {vault.name} AS v"))


def _key(connection: Connection) -> KeyStatus | None:
    row = connection.execute(
        "SELECT k.key_id, k.made_at, pg_catalog.date_part('day', pg_catalog.clock_timestamp() - k.made_at)::integer"
        " FROM pgcustsec_keys.blind_index_key AS k WHERE k.retired_at IS NULL"
    ).fetchone()
    return KeyStatus(*row) if row else None
