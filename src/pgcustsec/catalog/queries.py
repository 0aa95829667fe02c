"""The catalog's questions: one `.sql` file each beside this module."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from psycopg import sql

from pgcustsec.db import Connection


@cache
def _text(name: str) -> str:
    return files("pgcustsec.catalog").joinpath("sql", f"{name}.sql").read_text(encoding="utf-8")


def as_text(name: str, parameters: Mapping[str, str]) -> str:
    """Return the query *name* as a text that stands by itself, with *parameters*, which are SQL already, in place."""
    return _text(name).strip() % parameters


def ask(connection: Connection, name: str, **parameters: Any) -> list[tuple[Any, ...]]:
    """Return the rows of the query *name*, with *parameters* passed as parameters."""
    query = sql.SQL(_text(name))  # a file of ours is as trusted as a literal
    return connection.execute(query, parameters or None).fetchall()
