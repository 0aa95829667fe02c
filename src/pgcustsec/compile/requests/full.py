"""A cell in full: while the record is open by an approved request that names the column (5.2.1)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pgcustsec.compile.clearance import access_code
from pgcustsec.compile.opening import definer
from pgcustsec.compile.quote import fitting, ident, literal
from pgcustsec.compile.reading import Reading
from pgcustsec.compile.vault.sealed import Vault, key_text, record_key, sealed_columns
from pgcustsec.matrix.model import Column, Matrix, Table
from pgcustsec.objects import INTERNAL_SCHEMA, OWNER, Function
from pgcustsec.shape import Site


def full_functions(matrix: Matrix, site: Site, readings: Sequence[Reading]) -> Iterator[Function]:
    """Yield for each sealed column that a request may lift the function that tells its true value."""
    for table in matrix.tables.values():
        shape = site.tables[table.qualified]
        lifted = {c.name for r in readings if r.table is table for c in r.lifted}
        for one in sealed_columns(table, shape):
            if one.name in lifted:
                yield _full(Vault(table, shape, [one]))


def _full(vault: Vault) -> Function:
    table, shape = vault.table, vault.shape
    [one] = vault.sealed
    keys = [f"${place}" for place in range(2, len(table.key) + 2)]
    types = [shape.columns[name].plain_type for name in table.key]
    match = " AND ".join(f"v.{ident(name)} = {value}" for name, value in zip(table.key, keys, strict=True))
    body = f"""\
BEGIN
    IF {INTERNAL_SCHEMA}.lifted($1, {literal(one.name)}, {key_text(table, shape, keys)}) THEN
        RETURN (SELECT v.{ident(one.name)} FROM {vault.name} AS v WHERE {match});
    END IF;
    RETURN NULL;
END;"""
    return definer(
        INTERNAL_SCHEMA,
        full_function(table, one.name),
        ", ".join(["text", *types]),
        (("", one.shape.plain_type),),
        OWNER,
        body,
        f"True {one.name} of the record of {table.qualified} open by a request that names the column (5.2.1).",
    )


def full_function(table: Table, column: str) -> str:
    """The name of the function that tells *column*'s true value to who may see it in full."""
    return fitting(f"full {table.qualified}.{column}")


def in_full(reading: Reading, column: Column, record_open: str, plain: str) -> str:
    """
    The cell of *column*: its true value where the record is open by a request that names it, else *plain*.

    *record_open* is what the row has worked out already, so that of all other rows nothing more is asked.
    """
    table, shape = reading.table, reading.shape
    code = literal(access_code(reading.role, table))
    lifted = f"{INTERNAL_SCHEMA}.lifted({code}, {literal(column.name)}, {record_key(table, shape, 't')})"
    value = ident("t", column.name)
    if column.name in {one.name for one in sealed_columns(table, shape)}:
        keys = ", ".join(ident("t", name) for name in table.key)
        true = f"{INTERNAL_SCHEMA}.{ident(full_function(table, column.name))}({code}, {keys})"
        # While a table is being sealed, the true value is in either place.
        value = true if column.name in shape.sealed else f"COALESCE({true}, {value})"
    type_ = shape.columns[column.name].type
    return f"CASE WHEN {record_open} AND {lifted} THEN {value}::{type_} ELSE {plain} END"
