"""
Cells in full: of the record that is open by an approved request, the columns that the request names (5.2.1).

One function of a role and table gives them all, as a row of the table, once for the one row that is open: a call in
each cell has to be made ready for every statement that reads the view, whatever is open (a tenth of a point read).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pgcustsec.compile.clearance import access_code
from pgcustsec.compile.opening import definer
from pgcustsec.compile.quote import fitting, ident, literal
from pgcustsec.compile.reading import Reading, has_stars
from pgcustsec.compile.vault.sealed import Vault, key_text, sealed_columns
from pgcustsec.matrix.model import Column
from pgcustsec.objects import INTERNAL_SCHEMA, OWNER, Function

#: In the function, the columns that the request names. No column of a table is called so.
_NAMED = '"columns of the request"'


def full_functions(readings: Sequence[Reading]) -> Iterator[Function]:
    """Yield the function of each role and table whose rows show in full by requests."""
    for reading in readings:
        if reading.lifted:
            yield _full(reading)


def full_row(reading: Reading) -> str:
    """
    The table's row as the request shows it by which the record of the row `t` is open.

    NULL where it is open by none. Of columns that the request does not name it says nothing.
    """
    values = ", ".join(ident("t", name) for name in _handed(reading))
    return f"{INTERNAL_SCHEMA}.{ident(_name(reading))}({values})"


def in_full(reading: Reading, column: Column, full: str, plain: str) -> str:
    """The cell of *column*: what the row *full* has of it, else *plain*, what it shows without a request."""
    value = f"({full}).{ident(column.name)}"
    if _is_starred(reading, column):
        # No COALESCE: an empty cell is no hidden one. And not IS NOT NULL, which asks that of each column of a row.
        return f"CASE WHEN {full} IS DISTINCT FROM NULL THEN {value} ELSE {plain} END"
    return f"COALESCE({value}, {plain})"


def _is_starred(reading: Reading, column: Column) -> bool:
    """Whether the cell is `***` while no request lifts it, whether there is a value or not."""
    return column.tier == 1 and column not in reading.opened and has_stars(reading, column)


def _handed(reading: Reading) -> list[str]:
    """The key, and columns whose true value may lie in the table: those of tier 2, others while it is being sealed."""
    plain = [c.name for c in reading.lifted if c.name not in reading.shape.sealed]
    return list(dict.fromkeys([*reading.table.key, *plain]))


def _name(reading: Reading) -> str:
    return fitting(f"full {access_code(reading.role, reading.table)}")


def _full(reading: Reading) -> Function:
    table, shape = reading.table, reading.shape
    handed = _handed(reading)
    places = {name: f"${place}" for place, name in enumerate(handed, start=1)}
    keys = [places[name] for name in table.key]
    vault = Vault(table, shape, sealed_columns(table, shape))
    values = ",\n            ".join(_value(reading, vault, column, places) for column in reading.lifted)
    into = ", ".join(ident("shown", column.name) for column in reading.lifted)
    match = " AND ".join(f"v.{ident(name)} = {places[name]}" for name in table.key)
    true_values = f"LEFT JOIN {vault.name} AS v ON {match}" if vault.sealed else ""
    code = literal(access_code(reading.role, table))
    body = f"""\
DECLARE
    {_NAMED} name[] := {INTERNAL_SCHEMA}._lifted({code}, {key_text(table, shape, keys)});
    shown {shape.row_type};
BEGIN
    IF cardinality({_NAMED}) > 0 THEN
        SELECT
            {values}
        INTO {into}
        FROM (SELECT) AS one {true_values};
        RETURN shown;
    END IF;
    RETURN NULL;
END;"""
    return definer(
        INTERNAL_SCHEMA,
        _name(reading),
        ", ".join(shape.columns[name].plain_type for name in handed),
        (("", shape.row_type),),
        OWNER,
        body,
        f"The record of {table.qualified} that is open to {reading.role.name} by a request, in full (5.2.1).",
    )


def _value(reading: Reading, vault: Vault, column: Column, places: dict[str, str]) -> str:
    name, type_ = column.name, reading.shape.columns[column.name].type
    true = places.get(name)
    if name in {one.name for one in vault.sealed}:
        # While a table is being sealed, the true value is in either place.
        true = f"COALESCE(v.{ident(name)}, {true})" if true else f"v.{ident(name)}"
    otherwise = f"'***'::{type_}" if _is_starred(reading, column) else "NULL"
    return f"CASE WHEN {literal(name)} = ANY ({_NAMED}) THEN {true}::{type_} ELSE {otherwise} END"
