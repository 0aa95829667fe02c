"""Pieces that the statements over a staging table are made of: conditions on its row, bodies of functions."""

from __future__ import annotations

from collections.abc import Iterator

from pgcustsec.compile.vault import Sealed
from pgcustsec.objects import INTERNAL_SCHEMA
from pgcustsec.shape import ColumnShape

#: The rows of staging that a function is about.
LINES = "s.line BETWEEN $1 AND $2"
#: What a function that changes anything answers: rows, or the SQLSTATE it was refused with, and whose rule that is.
OUTCOME = "OUT count bigint, OUT state text, OUT rule text, OUT place text"
READS = (
    "BEGIN EXECUTE pg_catalog.format('SELECT $1::%s', type) USING value; RETURN true;"
    " EXCEPTION WHEN OTHERS OR ASSERT_FAILURE THEN RETURN false; END"
)


def union(parts: Iterator[str]) -> str | None:
    """One query of all *parts*; None of none."""
    return " UNION ALL ".join(parts) or None


def looks_masked(one: Sealed, value: str) -> str:
    """The condition that *value* is a masked form."""
    return f"{value} = '***'" if one.form in ("text", "messenger") else f"pg_catalog.strpos({value}, '*') > 0"


def is_sound(one: Sealed, value: str) -> str:
    """The condition that *value* has the shape of its kind, and is no masked form."""
    return f"(NOT {looks_masked(one, value)} AND {INTERNAL_SCHEMA}.fits_{one.form}({value}))"


def cast_type(column: ColumnShape) -> str:
    """
    The column's type, without its length where a cast to it would cut values off. Two names mean a length of one.

    Of a domain the base type: its own CHECK runs where it is stored, and nowhere else.
    """
    base, brackets = column.plain_type.removesuffix("[]"), "[]" if column.plain_type.endswith("[]") else ""
    if base in ("character", "bit"):
        return ("pg_catalog.bpchar" if base == "character" else 'pg_catalog."bit"') + brackets
    if column.is_domain or brackets or base == "bit varying":
        return column.plain_type
    return column.type


def blank_padded(column: ColumnShape, value: str) -> str:
    """*value* to be compared with one of the column: blanks at the end of a char(n) say nothing."""
    return f"{value}::pg_catalog.bpchar" if column.plain_type == "character" else value


def caught(statement: str) -> str:
    """The body of a function that runs *statement*. An error that is caught is not logged, nor are its words told."""
    return f"""\
#variable_conflict use_column
BEGIN
    {statement};
    GET DIAGNOSTICS count = ROW_COUNT;
EXCEPTION WHEN OTHERS OR ASSERT_FAILURE THEN
    GET STACKED DIAGNOSTICS state = RETURNED_SQLSTATE, rule = CONSTRAINT_NAME, place = COLUMN_NAME;
END"""
