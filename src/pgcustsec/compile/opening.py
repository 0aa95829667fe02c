"""
What record access calls by name, one function for each role and table or column (5.2.1, 5.2.2).

Which row a key means and whether the role sees it says a function that runs as the role's viewer, under its policies.
What the vault knows, by value or of an open record, says one that runs as pgcustsec_owner.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pgcustsec.compile.clearance import access_code, comparable, is_open
from pgcustsec.compile.quote import fitting, ident, literal
from pgcustsec.compile.reading import Reading, alias_of_top, parent_joins
from pgcustsec.compile.vault.sealed import Sealed, Vault, key_text, record_key, sealed_columns
from pgcustsec.matrix.model import Column, Matrix, Table
from pgcustsec.objects import INNER_SCHEMA, INTERNAL_SCHEMA, OWNER, Function, Grant, digest
from pgcustsec.shape import Site, TableShape

#: What is returned of a row: its key and the customer's, each as one text. An array, as PL/pgSQL calls what returns one
#: value without a query.
_ROW = (("", "text[]"),)


def _row_function(reading: Reading) -> str:
    """The name, in the views' schema, of the function that says whether the role sees the row of a key."""
    return fitting(f"row {reading.role.name}.{reading.table.name}")


def find_function(one: Sealed, table: str) -> str:
    """The name of the function that searches *table*'s vault for a value of column *one*."""
    return fitting(f"find {table}.{one.name}")


def name_function(reading: Reading, column: Column) -> str:
    """The name of the compiled function that tells the true name of the record that the caller has open."""
    return fitting(f"name {reading.role.name}.{reading.table.name}.{column.name}")


def opening_functions(matrix: Matrix, site: Site, readings: Sequence[Reading]) -> Iterator[Function]:
    """Everything that `open_record`, `find` and the views of roles with `names: value` call."""
    for table in matrix.tables.values():
        shape = site.tables[table.qualified]
        for one in sealed_columns(table, shape):
            if one.column.find:
                yield _find(Vault(table, shape, [one]), one)
    yield _row_of_key(readings)
    for reading in readings:
        yield _row(reading)
        for column in reading.named:
            if column.name in reading.shape.sealed:
                yield _name(reading, Sealed(column, reading.shape.columns[column.name]))


def opening_grants(reading: Reading) -> Iterator[Grant]:
    """pgcustsec_owner asks what the role sees; it does so as the viewer, and reads no row itself."""
    viewer = reading.matrix.viewer_role(reading.role.name)
    target = (INNER_SCHEMA, _row_function(reading), "text")
    yield Grant("function", target, OWNER, viewer, frozenset({"EXECUTE"}))


def _row_of_key(readings: Sequence[Reading]) -> Function:
    """Leads from an access to its function: by name, in dynamic SQL, each opening would plan anew (40 us of 370)."""
    arms = "".join(
        f"""
    WHEN {literal(access_code(reading.role, reading.table))} THEN
        RETURN {ident(INNER_SCHEMA, _row_function(reading))}($2);"""
        for reading in readings
    )
    # Roles may have no table yet, and a CASE has an arm at least.
    body = f"CASE $1{arms}\n    ELSE\n        RETURN NULL;\n    END CASE;" if arms else "RETURN NULL;"
    return definer(
        INTERNAL_SCHEMA,
        "row_of_key",
        "text, text",
        _ROW,
        OWNER,
        f"BEGIN\n    {body}\nEND;",
        "Key and customer of the row of a key that the caller sees by an access; NULL: they see none (5.2.2).",
    )


def _row(reading: Reading) -> Function:
    table, shape = reading.table, reading.shape
    alias = alias_of_top(reading)
    top_shape = reading.site.tables[reading.top.qualified]
    joins = "".join(f"\n{line}" for line in parent_joins(reading.matrix, table, "t"))
    customer = f"{literal(reading.top.qualified + ' ')} || {record_key(reading.top, top_shape, alias)}"
    body = f"""\
BEGIN
    RETURN (
        SELECT ARRAY[{record_key(table, shape, "t")}, {customer}]
        FROM {ident(*shape.relation)} AS t{joins}
        WHERE {is_key(table, shape)}
        LIMIT 1);
EXCEPTION WHEN data_exception THEN
    -- What is no key of this table is the key of no row.
    RETURN NULL;
END;"""
    return definer(
        INNER_SCHEMA,
        _row_function(reading),
        "text",
        _ROW,
        reading.matrix.viewer_role(reading.role.name),
        body,
        f"Key and customer of the row of {table.qualified} with a key, if {reading.role.name} sees it (5.2.2).",
    )


def is_key(table: Table, shape: TableShape, given: str = "$1", alias: str = "t") -> str:
    """The condition that the row *alias* has the key *given*, one text, of several columns a JSON array."""
    if len(table.key) == 1:
        return f"{ident(alias, table.key[0])} = {_typed(given, shape, table.key[0])}"
    return " AND ".join(
        f"{ident(alias, name)} = {_typed(f'({given}::pg_catalog.jsonb ->> {place})', shape, name)}"
        for place, name in enumerate(table.key)
    )


def _typed(value: str, shape: TableShape, column: str) -> str:
    """*value*, a text of `record_key`, as *column*'s type; times are in UTC there."""
    type_ = shape.columns[column].type
    if shape.columns[column].plain_type == "timestamp with time zone":
        return f"({value}::pg_catalog.timestamp AT TIME ZONE 'UTC')"
    return f"{value}::{type_}"


#: How many rows a search judges whatever it finds. Values that more records share are rare among those of tier 1.
_JUDGED = 3


def _find(vault: Vault, one: Sealed) -> Function:
    blind, key = ident(one.blind_name), record_key(vault.table, vault.shape, "v")
    order = ", ".join(f"v.{ident(name)}" for name in vault.table.key)
    body = f"""\
DECLARE
    key record := {INTERNAL_SCHEMA}.blind_key();
    wanted bytea := COALESCE({one.blind("$1", "key")}, '');
    matched integer := 0;
BEGIN
    -- The next few of the index from there on, match or not, to be judged alike: else the pages read, and the time,
    -- would tell of a value outside the caller's scope that somebody has it. More only where all of these match.
    FOR record_key, matches IN
        SELECT {key}, v.{blind} = wanted
        FROM {vault.name} AS v
        WHERE v.{blind} >= wanted
        ORDER BY v.{blind}, {order}
        LIMIT {_JUDGED}
    LOOP
        matched := matched + matches::integer;
        RETURN NEXT;
    END LOOP;
    IF matched = {_JUDGED} THEN
        RETURN QUERY
            SELECT {key}, true
            FROM {vault.name} AS v
            WHERE v.{blind} = wanted
            ORDER BY v.{blind}, {order}
            OFFSET {_JUDGED};
    END IF;
END;"""
    return definer(
        INTERNAL_SCHEMA,
        find_function(one, vault.table.qualified),
        "text",
        (("record_key", "text"), ("matches", "boolean")),
        OWNER,
        body,
        f"Keys of {vault.table.qualified} whose {one.name} is this, however it is spelt; for find() alone (5.2.1).",
    )


def _name(reading: Reading, one: Sealed) -> Function:
    """The true name, of the record that the caller has open in this role and of no other, while the deviation runs."""
    table, shape = reading.table, reading.shape
    vault = Vault(table, shape, [one])
    keys = [f"${place}" for place in range(1, len(table.key) + 1)]
    types = [shape.columns[name].plain_type for name in table.key]
    type_ = comparable(types)
    key = (f"{keys[0]}::{type_}" if type_ == "text" else keys[0]) if type_ else key_text(table, shape, keys)
    match = " AND ".join(f"v.{ident(name)} = {value}" for name, value in zip(table.key, keys, strict=True))
    opened = is_open(reading.role, table, type_ or "text", key)
    in_force = f"pg_catalog.clock_timestamp() < {literal(reading.names_until.isoformat())}::pg_catalog.timestamptz"
    body = f"""\
BEGIN
    IF {opened} AND {in_force} THEN
        RETURN (SELECT v.{ident(one.name)} FROM {vault.name} AS v WHERE {match});
    END IF;
    RETURN NULL;
END;"""
    return definer(
        INTERNAL_SCHEMA,
        name_function(reading, one.column),
        ", ".join(types),
        (("", shape.columns[one.name].plain_type),),
        OWNER,
        body,
        f"True name of the record of {table.qualified} that the caller has open as {reading.role.name} (5.2.2, 5.2.5).",
    )


def definer(
    schema: str,
    name: str,
    arguments: str,
    returns: tuple[tuple[str, str], ...],
    owner: str,
    body: str,
    comment: str,
    *,
    volatile: bool = False,
    settings: tuple[str, ...] = (),
) -> Function:
    """
    Return a SECURITY DEFINER function in PL/pgSQL; *returns* is one nameless type, or the columns of a table.

    It is STABLE: it reads. One that writes, or has to see what was written since it was called, is *volatile*.
    *settings* hold while it runs, whatever the caller's are.
    """
    qualified = f"{ident(schema, name)}({arguments})"
    single = len(returns) == 1 and not returns[0][0]
    columns = ", ".join(f"{column} {type_}" for column, type_ in returns)
    head = returns[0][1] if single else f"TABLE ({columns})"
    # A script of pg_dump turns it off, and what a trigger of ours reads is under policies.
    pinned = (*(("row_security = on",) if volatile else ()), *settings)
    source = f"""\
CREATE OR REPLACE FUNCTION {qualified}
    RETURNS {head}
    LANGUAGE plpgsql
    {"VOLATILE" if volatile else "STABLE"}
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp{"".join(f"{chr(10)}    SET {setting}" for setting in pinned)}
AS $function$
#variable_conflict use_column
{body}
$function$;
REVOKE ALL ON FUNCTION {qualified} FROM PUBLIC"""
    return Function(schema, name, arguments, digest(source), owner, comment, source, returns)
