"""
A new key for the blind indexes, in one transaction: key, hashes and all, or nothing.

A statement that writes to the vault may have begun, and so taken its snapshot, before the new key is there. It waits
for our locks, and would then go on with the old key. So the list of keys is rewritten: PostgreSQL shows a rewritten
table empty to older snapshots, and that statement ends with CS902 instead of a hash that nobody would find.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib.resources import files

from psycopg import errors

from pgcustsec.compile.quote import ident, literal
from pgcustsec.compile.vault import Vault, vault_name, vaults
from pgcustsec.db import Connection
from pgcustsec.errors import Finding
from pgcustsec.matrix.model import Matrix
from pgcustsec.objects import VAULT_SCHEMA
from pgcustsec.vault.ready import require_applied
from pgcustsec.vault.tables import find_site
from pgcustsec.vault.transaction import DEFAULT_LOCK_TIMEOUT, changing, insistently, require_idle

_INSERT = "INSERT INTO pgcustsec_keys.blind_index_key"

#: Hears of each table when its hashes are made: its name, tables done, tables in all.
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Rekeyed:
    """`key` is the number of the new key, `retired` that of the old one if there was any; `rows` hashed, by table."""

    key: int
    retired: int | None
    rows: tuple[tuple[str, int], ...]


def rekey(
    connection: Connection,
    matrix: Matrix,
    *,
    lock_timeout: str = DEFAULT_LOCK_TIMEOUT,
    progress: Progress | None = None,
) -> Rekeyed:
    """
    Make a new key, retire the old one, and make every blind index of the vault anew. Also where all keys are lost.

    Who writes true values waits until it is done. A retired key stays: the history of changes has hashes made with it.

    Raises `Refused` when the matrix is not applied or others hold the vault for too long; `Finding` when two rows have
    one value in a unique column. Nothing is changed then.
    """
    require_idle(connection)
    require_applied(connection, matrix, "rekey")
    chosen = vaults(matrix, find_site(connection, matrix, "rekeying"))
    return insistently("rekeying", lambda: _rekey(connection, chosen, lock_timeout, progress))


def _rekey(connection: Connection, chosen: list[Vault], lock_timeout: str, progress: Progress | None) -> Rekeyed:
    table = ""
    try:
        with changing(connection, "rekeying", lock_timeout, alone=True):
            connection.execute("LOCK TABLE pgcustsec_keys.blind_index_key IN ACCESS EXCLUSIVE MODE")
            for vault in chosen:
                connection.execute(f"LOCK TABLE {vault.name} IN SHARE ROW EXCLUSIVE MODE".encode())
            new, old = _change_key(connection)
            _drop_unwanted(connection, chosen)
            rows = []
            for place, vault in enumerate(chosen):
                table = vault.table.qualified
                if progress:
                    progress(table, place, len(chosen))
                rows.append((table, _hash_anew(connection, vault)))
    except errors.UniqueViolation as error:
        raise Finding(
            f"{table}: two rows of the vault have one value in a unique column ({error.diag.constraint_name});"
            " nothing was changed",
            hint="unseal the table, correct or merge the rows, then apply and seal again: sealing names their keys",
        ) from None
    return Rekeyed(new, old, tuple(rows))


def _change_key(connection: Connection) -> tuple[int, int | None]:
    # Rewrites the table: see above.
    connection.execute(
        "ALTER TABLE pgcustsec_keys.blind_index_key ALTER COLUMN made_at TYPE timestamptz USING made_at + interval '0'"
    )
    old = connection.execute(
        "UPDATE pgcustsec_keys.blind_index_key SET retired_at = pg_catalog.clock_timestamp()"
        " WHERE retired_at IS NULL RETURNING key_id"
    ).fetchone()
    connection.execute(_new_key().encode())
    [(new,)] = connection.execute("SELECT k.key_id FROM pgcustsec_internal.blind_key() AS k").fetchall()
    return new, old[0] if old else None


def _new_key() -> str:
    """The statement that makes a key: the one by which install made the first."""
    text = files("pgcustsec.extension").joinpath("sql", "vault.sql").read_text(encoding="utf-8")
    return text[text.index(_INSERT) :]


def _hash_anew(connection: Connection, vault: Vault) -> int:
    if not vault.blinds:
        return 0
    sets = ", ".join(f"{ident(one.blind_name)} = {one.blind(ident('v', one.name), 'k')}" for one in vault.blinds)
    statement = f"UPDATE {vault.name} AS v SET {sets} FROM pgcustsec_internal.blind_key() AS k"
    return connection.execute(statement.encode()).rowcount


def _drop_unwanted(connection: Connection, chosen: list[Vault]) -> None:
    """Hashes of tables that left the matrix would be of no known key: they go, and come back with the table."""
    wanted = {(vault_name(vault.table), one.blind_name) for vault in chosen for one in vault.blinds}
    rows = connection.execute(
        "SELECT c.relname, a.attname FROM pg_catalog.pg_attribute AS a"
        " JOIN pg_catalog.pg_class AS c ON c.oid = a.attrelid"
        " JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace"
        f" WHERE n.nspname = {literal(VAULT_SCHEMA)} AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped"
        " AND a.atttypid = 'bytea'::pg_catalog.regtype AND a.attname LIKE '% blind'".encode()
    ).fetchall()
    for table, column in rows:
        if (table, column) not in wanted:
            name = ident(VAULT_SCHEMA, table)
            connection.execute(f"ALTER TABLE {name} DROP COLUMN {ident(column)}".encode())
