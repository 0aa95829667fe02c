"""What tells that table, vault and keys were not restored from one moment: found and said, never repaired."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pgcustsec.compile.quote import ident
from pgcustsec.compile.vault import Vault
from pgcustsec.db import Connection
from pgcustsec.vault.tables import run

#: Rows of a table of the vault whose hashes are made once more: another key shows in each of them.
SAMPLE = 500


@dataclass(frozen=True, slots=True)
class LostRows:
    """Rows of a table that hold a masked form while the vault has nothing of them: it is older than they are."""

    table: str
    rows: int


@dataclass(frozen=True, slots=True)
class WrongHashes:
    """Of `sample` rows of the vault, the last by key, `rows` have a hash that the key in use does not give."""

    table: str
    rows: int
    sample: int


def lost_rows(connection: Connection, chosen: Sequence[Vault]) -> tuple[LostRows, ...]:
    """Return the tables with rows whose true values are nowhere. Reads every row; runs as pgcustsec_owner."""
    counted = [LostRows(vault.table.qualified, _count_lost(connection, vault)) for vault in chosen]
    return tuple(one for one in counted if one.rows)


def _count_lost(connection: Connection, vault: Vault) -> int:
    masked = [
        f"{name} IS NOT NULL AND ({one.is_masked(name)})"
        for one in vault.sealed
        if one.form is not None and (name := ident("t", one.name))
    ]
    if not masked:
        return 0
    same = " AND ".join(f"{ident('v', name)} = {ident('t', name)}" for name in vault.table.key)
    query = (
        f"SELECT pg_catalog.count(*) FROM {ident(*vault.shape.relation)} AS t WHERE ({' OR '.join(masked)})"
        f" AND NOT EXISTS (SELECT FROM {vault.name} AS v WHERE {same})"
    )
    return int(run(connection, query)[0])


def wrong_hashes(connection: Connection, chosen: Sequence[Vault]) -> tuple[WrongHashes, ...] | None:
    """Return the tables whose hashes are of another key than the one in use, None where there is no key."""
    [(there,)] = connection.execute(
        "SELECT EXISTS (SELECT FROM pgcustsec_keys.blind_index_key AS k WHERE k.retired_at IS NULL)"
    ).fetchall()
    if not there:
        return None
    checked = [_check_hashes(connection, vault) for vault in chosen if vault.blinds]
    return tuple(one for one in checked if one.rows)


def _check_hashes(connection: Connection, vault: Vault) -> WrongHashes:
    wrong = " OR ".join(
        f"{one.blind(ident('v', one.name), 'k')} IS DISTINCT FROM {ident('v', one.blind_name)}" for one in vault.blinds
    )
    order = ", ".join(f"{ident('v', name)} DESC" for name in vault.table.key)
    query = (
        f"SELECT pg_catalog.count(*) FILTER (WHERE {wrong}), pg_catalog.count(*)"
        f" FROM (SELECT v.* FROM {vault.name} AS v ORDER BY {order} LIMIT {SAMPLE}) AS v"
        " CROSS JOIN pgcustsec_internal.blind_key() AS k"
    )
    wrong_rows, sample = run(connection, query)
    return WrongHashes(vault.table.qualified, int(wrong_rows), int(sample))
