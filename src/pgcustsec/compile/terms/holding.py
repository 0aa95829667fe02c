"""Which rows a legal hold by predicate covers: judged as requests are, and by pgcustsec_owner, of every row."""

from __future__ import annotations

from collections.abc import Iterator

from pgcustsec.compile.opening import definer
from pgcustsec.compile.quote import fitting, ident, literal
from pgcustsec.compile.requests.keys import FAMILY, STEADY, judged_types, judging
from pgcustsec.compile.vault.sealed import record_key
from pgcustsec.matrix.model import Table
from pgcustsec.objects import INTERNAL_SCHEMA, OWNER, Function
from pgcustsec.shape import Site, TableShape

_RETURNS = (("", "text[]"),)


def judged(table: Table, shape: TableShape) -> set[str]:
    """The columns that a hold's predicate may judge."""
    return set(judged_types(table, shape))


def hold_functions(site: Site, tables: list[Table]) -> Iterator[Function]:
    """Yield a function for each table whose rows have a term, and the one that leads to them."""
    for table in tables:
        yield _covered(site, table)
    arms = "".join(
        f"""
    WHEN {literal(table.qualified)} THEN
        RETURN {INTERNAL_SCHEMA}.{ident(_name(table))}($2, $3);"""
        for table in tables
    )
    cases = f"CASE $1{arms}\n    ELSE\n        RETURN NULL;\n    END CASE;" if arms else "RETURN NULL;"
    body = f"BEGIN\n    {cases}\nEND;"
    comment = "Which of the keys, or of all that there are, a hold's predicate covers (3.3, 4.3)."
    yield definer(INTERNAL_SCHEMA, "held_keys", "text, jsonb, text[]", _RETURNS, OWNER, body, comment)


def _name(table: Table) -> str:
    return fitting(f"held {table.qualified}")


def among(table: Table, shape: TableShape, key: str, given: str = "$2") -> str:
    """The condition that a row's key is one of the texts *given*: by the index of the key, where a text says it so."""
    family = FAMILY.get(shape.columns[table.key[0]].plain_type) if len(table.key) == 1 else None
    return f"{ident('t', table.key[0])} = ANY ({given}::{family}[])" if family else f"{key} = ANY ({given})"


def _covered(site: Site, table: Table) -> Function:
    shape = site.tables[table.qualified]
    key = record_key(table, shape, "t")
    query = (
        f"SELECT COALESCE(array_agg({key}), '{{}}') FROM {ident(*shape.relation)} AS t"
        f" WHERE ($2 IS NULL OR {among(table, shape, key)})"
    )
    body = f"""\
DECLARE
    query text := {literal(query)};
    covered text[];
{judging(table, shape)}
    EXECUTE query INTO covered USING $1, $2;
    RETURN covered;
EXCEPTION WHEN data_exception THEN
    RAISE EXCEPTION 'a value of the hold is none of its column of % (3.3)', {literal(table.qualified)}
        USING ERRCODE = 'CS309', HINT = 'Write dates as 2026-11-25.';
END;"""
    comment = f"Which rows of {table.qualified} a hold's predicate covers (3.3, 4.3)."
    return definer(INTERNAL_SCHEMA, _name(table), "jsonb, text[]", _RETURNS, OWNER, body, comment, settings=STEADY)
