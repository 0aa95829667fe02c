"""What is sealed of a table, column by column, and what a sealed table's part of the vault is called (5.2.1, 5.2.2)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pgcustsec.compile.forms import MASKED_FORMS, is_masked
from pgcustsec.compile.quote import fitting, ident, literal
from pgcustsec.matrix.kinds import WITH_NORMAL_FORM
from pgcustsec.matrix.model import Column, Matrix, Table
from pgcustsec.objects import INTERNAL_SCHEMA, SEALED_CHECK, VAULT_SCHEMA, digest
from pgcustsec.shape import ColumnShape, Site, TableShape

TEXT_TYPES = frozenset({"text", "character varying", "character"})


@dataclass(frozen=True, slots=True)
class Sealed:
    """A column whose true value lies in the vault; `form` is the kind of masked form kept in the table, None: NULL."""

    column: Column
    shape: ColumnShape

    @property
    def name(self) -> str:
        return self.column.name

    @property
    def form(self) -> str | None:
        if self.shape.plain_type not in TEXT_TYPES:
            return None
        return self.column.kind if self.column.kind in MASKED_FORMS else "text"

    @property
    def is_blind(self) -> bool:
        return self.column.find or self.column.unique

    @property
    def blind_name(self) -> str:
        return fitting(f"{self.name} blind")

    def masked(self, value: str) -> str:
        """*value*, of the column's type, as the table keeps it."""
        if self.form is None:
            return f"NULL::{self.shape.type}"
        return f"{INTERNAL_SCHEMA}.mask_{self.form}({value}::pg_catalog.text)::{self.shape.type}"

    def is_masked(self, value: str) -> str:
        """The condition that *value* may stand in the table; NULL or true."""
        return f"{value} IS NULL" if self.form is None else is_masked(self.form, f"{value}::pg_catalog.text")

    def normal(self, value: str) -> str:
        """What is hashed of *value*: its kind and the one spelling of it, as bytes; NULL for NULL."""
        if self.form is None:
            return f"pg_catalog.convert_to({literal(f'{self.column.kind}:')} || {value}::pg_catalog.text, 'UTF8')"
        kind = self.form if self.form in WITH_NORMAL_FORM else "text"
        spelt = f"{INTERNAL_SCHEMA}.normal_{kind}({value}::pg_catalog.text)"
        return f"pg_catalog.convert_to({literal(f'{self.form}:')} || {spelt}, 'UTF8')"

    @property
    def recipe(self) -> str:
        """Tells hashes of this spelling from those of another, by another kind for one."""
        return digest(self.normal("v"))[:12]

    def blind(self, value: str, key: str) -> str:
        """The keyed blind index of *value*, under the blocks of the record *key*."""
        return f"{INTERNAL_SCHEMA}.hmac_sha256_blocks({self.normal(value)}, {key}.inner_block, {key}.outer_block)"


def sealed_columns(table: Table, shape: TableShape) -> list[Sealed]:
    """The columns of *table* stored masked; none where rows lie in inheritance children, beyond a foreign key."""
    if shape.has_heirs:
        return []
    return [Sealed(c, shape.columns[c.name]) for c in table.columns.values() if c.tier == 1 or c.is_name]


def check_name(column: str) -> str:
    """The name of *column*'s CHECK, by which it is known again."""
    return fitting(f"{SEALED_CHECK}{column}")


def vault_name(table: Table) -> str:
    """The name of *table*'s table in the vault."""
    return fitting(table.qualified)


def key_types(table: Table, shape: TableShape) -> list[tuple[str, str]]:
    """The key's columns with their types, in key order."""
    return [(name, shape.columns[name].type) for name in table.key]


def record_key(table: Table, shape: TableShape, alias: str) -> str:
    """The key of a row read as *alias* as one text: what the history of changes knows it by."""
    return key_text(table, shape, [f"{alias}.{ident(name)}" for name in table.key])


def key_text(table: Table, shape: TableShape, values: Sequence[str]) -> str:
    """*values*, the parts of a key of *table*, as one text, whatever the writer's DateStyle and TimeZone are."""
    types = [shape.columns[name].plain_type for name in table.key]
    steady = [
        f"({value} AT TIME ZONE 'UTC')" if type_ == "timestamp with time zone" else value
        for value, type_ in zip(values, types, strict=True)
    ]
    if len(steady) > 1:
        return f"pg_catalog.jsonb_build_array({', '.join(steady)})::pg_catalog.text"
    if types[0].startswith(("date", "timestamp")) and not types[0].endswith("[]"):
        return f"(pg_catalog.to_jsonb({steady[0]}) #>> '{{}}')"
    return f"{steady[0]}::pg_catalog.text"


@dataclass(frozen=True, slots=True)
class Vault:
    """One sealed table with all that its part of the vault is compiled from."""

    table: Table
    shape: TableShape
    sealed: list[Sealed]

    @property
    def name(self) -> str:
        return f"{ident(VAULT_SCHEMA)}.{ident(vault_name(self.table))}"

    @property
    def keep_name(self) -> str:
        return fitting(f"keep {self.table.qualified}")

    @property
    def change_name(self) -> str:
        return fitting(f"change {self.table.qualified}")

    @property
    def seal_name(self) -> str:
        return fitting(f"seal {self.table.qualified}")

    @property
    def key_arguments(self) -> list[str]:
        return [self.shape.columns[name].plain_type for name in self.table.key]

    @property
    def value_arguments(self) -> list[str]:
        return [one.shape.plain_type for one in self.sealed]

    @property
    def blinds(self) -> list[Sealed]:
        return [one for one in self.sealed if one.is_blind]


def vaults(matrix: Matrix, site: Site) -> list[Vault]:
    """Every table of *matrix* that has sealed columns."""
    made = [
        Vault(table, site.tables[table.qualified], sealed_columns(table, site.tables[table.qualified]))
        for table in matrix.tables.values()
    ]
    return [vault for vault in made if vault.sealed]
