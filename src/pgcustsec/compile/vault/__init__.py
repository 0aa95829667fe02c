"""
The vault: where the true values of tier 1 and of names lie, while their table keeps masked forms (5.2.1, 5.2.2).

Each sealed table has one vault table with its key, its sealed columns and their blind indexes; a foreign key makes the
rows go and move together. pgcustsec_owner alone reads it: two functions per table, which write it, run as that role.
"""

from __future__ import annotations

from collections.abc import Iterator

from pgcustsec.compile.quote import ident
from pgcustsec.compile.vault.functions import change, keep, seal
from pgcustsec.compile.vault.moving import agreement, last_key, seal_statement, unsealed
from pgcustsec.compile.vault.sealed import (
    TEXT_TYPES,
    Sealed,
    Vault,
    check_name,
    key_text,
    key_types,
    record_key,
    sealed_columns,
    vault_name,
    vaults,
)
from pgcustsec.matrix.model import Matrix
from pgcustsec.objects import (
    OWNER,
    VAULT_SCHEMA,
    BlindIndex,
    Check,
    Function,
    Grant,
    Policy,
    Unique,
    VaultTable,
    digest,
)
from pgcustsec.shape import Site

__all__ = [
    "TEXT_TYPES",
    "Sealed",
    "Vault",
    "agreement",
    "check_name",
    "key_text",
    "key_types",
    "last_key",
    "record_key",
    "seal_statement",
    "sealed_columns",
    "unsealed",
    "vault_name",
    "vault_objects",
    "vaults",
]

POLICY = "pgcustsec_vault"


def vault_objects(matrix: Matrix, site: Site) -> Iterator[VaultTable | Check | Unique | Function | Grant | Policy]:
    """What the vault of *matrix* is made of, the rights that pgcustsec_owner needs for it included."""
    for vault in vaults(matrix, site):
        yield _vault_table(vault)
        yield from _kept_open(vault) if vault.shape.adopted else _checks(vault)
        yield from _owner_rights(vault)
        yield keep(vault)
        yield change(vault)
        yield seal(vault)


def _vault_table(vault: Vault) -> VaultTable:
    return VaultTable(
        schema=VAULT_SCHEMA,
        name=vault_name(vault.table),
        base=vault.shape.relation,
        key_columns=vault.table.key,
        columns=(
            *key_types(vault.table, vault.shape),
            *((one.name, one.shape.type) for one in vault.sealed),
            *((one.blind_name, "bytea") for one in vault.blinds),
        ),
        blind=tuple(sorted(BlindIndex(one.blind_name, one.column.unique, one.recipe) for one in vault.blinds)),
        owner=OWNER,
        comment=f"True values of tier 1 and names of {vault.table.qualified} (5.2.1). Granted to nobody.",
        hashes=tuple((one.blind_name, one.blind(ident("v", one.name), "k")) for one in vault.blinds),
    )


def _checks(vault: Vault) -> Iterator[Check]:
    schema, relation = vault.shape.relation
    for one in vault.sealed:
        condition = one.is_masked(ident(one.name))
        name = check_name(one.name)
        yield Check(schema, relation, name, digest(condition), vault.shape.owner, condition)


def _kept_open(vault: Vault) -> Iterator[Unique]:
    """Who reaches the table as before writes true values to it, and has them kept unique there."""
    yield from (Unique(*unique) for unique in vault.shape.masked_uniques)


def _owner_rights(vault: Vault) -> Iterator[Grant | Policy]:
    """What moving values takes: reading and masking the sealed columns, and tying rows by foreign key."""
    shape, relation = vault.shape, vault.shape.relation
    yield Grant("schema", (relation[0],), OWNER, shape.schema_owner, frozenset({"USAGE"}))
    for name in vault.table.key:
        yield Grant("column", (*relation, name), OWNER, shape.owner, frozenset({"SELECT", "REFERENCES"}))
    for one in vault.sealed:
        yield Grant("column", (*relation, one.name), OWNER, shape.owner, frozenset({"SELECT", "UPDATE"}))
    # Not for DELETE: of that a sweep's own policy, or a wish's, says which rows.
    for command, name in (("SELECT", f"{POLICY} reads"), ("UPDATE", POLICY)):
        yield Policy(
            schema=relation[0],
            table=relation[1],
            name=name,
            roles=frozenset({OWNER}),
            command=command,
            permissive=True,
            source=digest("true"),
            comment="pgcustsec moves true values to the vault and back (5.2.1).",
            owner=shape.owner,
            using="true",
        )
