"""Names and values as SQL text. The only two ways by which either gets into a statement."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cache

from psycopg import sql

#: Bytes that PostgreSQL keeps of a name; it cuts the rest off without asking.
NAME_BYTES = 63


@cache
def ident(*parts: str) -> str:
    """Return *parts* as a quoted, dotted name. Kept: a plan of 500 tables asks for the same names 300,000 times."""
    return sql.Identifier(*parts).as_string(None)


def fitting(name: str) -> str:
    """Return *name* if PostgreSQL keeps it whole, else its beginning with a digest of the whole."""
    encoded = name.encode()
    if len(encoded) <= NAME_BYTES:
        return name
    tail = hashlib.sha256(encoded).hexdigest()[:12]
    return encoded[: NAME_BYTES - 13].decode(errors="ignore") + "~" + tail


def literal(value: str) -> str:
    """
    Return *value* as a string constant that means the same whatever the reader's settings.

    A backslash would be read differently with standard_conforming_strings off; such a value becomes an E'' string.
    """
    return sql.Literal(value).as_string(None).strip()


def array_text(names: Iterable[str]) -> str:
    """Return an array of *names* as PostgreSQL prints it."""
    return "{" + ",".join(map(_element, names)) + "}"


def _element(name: str) -> str:
    if name and name.upper() != "NULL" and not set(name) & set('{},"\\ \t\n\r\v\f'):
        return name
    escaped = name.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
