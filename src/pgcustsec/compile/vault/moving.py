"""Statements that move true values between a table and the vault, and say whether all of them arrived (5.2.1)."""

from __future__ import annotations

from pgcustsec.compile.quote import ident
from pgcustsec.compile.vault.sealed import Vault
from pgcustsec.objects import INTERNAL_SCHEMA


def unsealed(vault: Vault, alias: str = "t") -> str:
    """The condition that a row of the table, read as *alias*, still has a true value in it."""
    return " OR ".join(f"NOT ({one.is_masked(ident(alias, one.name))})" for one in vault.sealed)


def seal_statement(
    vault: Vault, where: str, *, into: str | None = None, limit: str = "", with_last_key: bool = False
) -> str:
    """
    The statement that moves the true values of the rows of which *where* holds (the table is `t`) to the vault.

    It returns one row: rows found, rows kept, rows masked, and whether what was kept is, value for value, what was
    found; and, *with_last_key*, the key of the last of them as texts. What looks masked already has no true value to
    move.
    """
    key = ", ".join(ident("t", name) for name in vault.table.key)
    key_columns = ", ".join(map(ident, vault.table.key))
    same_key = " AND ".join(f"{ident('t', name)} = {ident('b', name)}" for name in vault.table.key)
    raw = ",\n            ".join(
        f"CASE WHEN NOT ({one.is_masked(ident('t', one.name))}) THEN {ident('t', one.name)} END AS {ident(one.name)}"
        for one in vault.sealed
    )
    values = [ident("b", one.name) for one in vault.sealed]
    blinds = [one.blind(ident("b", one.name), "k") for one in vault.blinds]
    named = [one.name for one in vault.sealed] + [one.blind_name for one in vault.blinds]
    kept_again = ", ".join(f"{ident(name)} = COALESCE(EXCLUDED.{ident(name)}, v.{ident(name)})" for name in named)
    masks = ", ".join(
        f"{ident(one.name)} = CASE WHEN {ident('b', one.name)} IS NOT NULL THEN {one.masked(ident('b', one.name))}"
        f" ELSE {ident('t', one.name)} END"
        for one in vault.sealed
    )
    relation = ident(*vault.shape.relation)
    sealed_names = ", ".join(f"v.{ident(one.name)}" for one in vault.sealed)
    returned_key = ", ".join(f"v.{ident(name)}" for name in vault.table.key)
    return f"""\
    WITH batch AS MATERIALIZED (
        SELECT
            {key},
            {raw}
        FROM {relation} AS t
        WHERE ({where}) AND ({unsealed(vault)})
        ORDER BY {key}{limit}
        FOR UPDATE OF t
    ), kept AS (
        INSERT INTO {vault.name} AS v ({", ".join(map(ident, [*vault.table.key, *named]))})
        SELECT {", ".join([*(ident("b", name) for name in vault.table.key), *values, *blinds])}
        FROM batch AS b CROSS JOIN {INTERNAL_SCHEMA}.blind_key() AS k
        ON CONFLICT ({key_columns}) DO UPDATE SET {kept_again}
        RETURNING {returned_key}, {sealed_names}
    ), masked AS (
        UPDATE {relation} AS t SET {masks}
        FROM batch AS b WHERE {same_key}
        RETURNING 1
    )
    SELECT
        (SELECT pg_catalog.count(*) FROM batch) AS found,
        (SELECT pg_catalog.count(*) FROM kept) AS kept,
        (SELECT pg_catalog.count(*) FROM masked) AS masked,
        {agreement(vault, "kept")} AS agree\
{last_key(vault) if with_last_key else ""}{f" INTO {into}" if into else ""}"""


def agreement(vault: Vault, arrived: str) -> str:
    """
    The condition that the CTE *arrived* has, byte for byte, every value that the CTE `batch` has.

    Grouped, not joined: the planner takes a batch for a few rows and would compare each with each (measured: 230 us a
    row instead of 20).
    """
    keys = [ident(name) for name in vault.table.key]
    texts = [f'{ident(one.name)}::pg_catalog.text COLLATE "C"' for one in vault.sealed]
    left = [f"{text} AS b{place}, NULL::pg_catalog.text AS a{place}" for place, text in enumerate(texts)]
    right = [f"NULL, {text}" for text in texts]
    differ = " OR ".join(
        f"pg_catalog.max(p.b{place}) IS NOT NULL"
        f" AND pg_catalog.max(p.b{place}) IS DISTINCT FROM pg_catalog.max(p.a{place})"
        for place, _ in enumerate(texts)
    )
    groups = ", ".join(ident("p", name) for name in vault.table.key)
    return f"""NOT EXISTS (
            SELECT FROM (
                SELECT {", ".join([*keys, *left])} FROM batch
                UNION ALL SELECT {", ".join([*keys, *right])} FROM {arrived}
            ) AS p
            GROUP BY {groups} HAVING {differ})"""


def last_key(vault: Vault) -> str:
    """The output column that gives the key of the last row of a CTE `batch`, each part as text."""
    key = [ident("b", name) for name in vault.table.key]
    texts = ", ".join(f"{name}::pg_catalog.text" for name in key)
    order = ", ".join(f"{name} DESC" for name in key)
    return f",\n        (SELECT ARRAY[{texts}] FROM batch AS b ORDER BY {order} LIMIT 1) AS last_key"
