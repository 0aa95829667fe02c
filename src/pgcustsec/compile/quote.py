"""Names and values as SQL text. The only two ways by which either gets into a statement."""

from __future__ import annotations

from psycopg import sql


def ident(*parts: str) -> str:
    """Return *parts* as a quoted, dotted name."""
    return sql.Identifier(*parts).as_string(None)


def literal(value: str) -> str:
    """
    Return *value* as a string constant that means the same whatever the reader's settings.

    A backslash would be read differently with standard_conforming_strings off; such a value becomes an E'' string.
    """
    return sql.Literal(value).as_string(None).strip()
