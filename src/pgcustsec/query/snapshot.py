"""
What a database has beside the matrix, written down so that checking needs no connection: other relations, views with
their definitions, functions with their bodies, who may use them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from pgcustsec.errors import UsageError

VERSION = 1


@dataclass(frozen=True, slots=True)
class KnownTable:
    """
    A relation that is none of the matrix's: `kind` is the catalog's letter, `definition` a view's query.

    `invoker`: whether the view reads with the rights of who asks. `readers` are the roles of the matrix that may.
    """

    schema: str
    name: str
    kind: str
    columns: tuple[str, ...]
    definition: str | None
    invoker: bool
    readers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KnownRoutine:
    """A function or procedure that is none of PostgreSQL's or pgcustsec's. `source`: as CREATE FUNCTION has it."""

    schema: str
    name: str
    language: str
    body: str
    source: str
    definer: bool
    callers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A database at a moment. `sealed` are the columns of each table of the matrix that hold masked forms only."""

    database: str
    server_major: int
    sealed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    tables: tuple[KnownTable, ...] = ()
    routines: tuple[KnownRoutine, ...] = ()

    def to_json(self) -> str:
        """Return it as the text that `read_snapshot` reads."""
        return json.dumps({"version": VERSION, **asdict(self)}, indent=1, ensure_ascii=False) + "\n"


def read_snapshot(file: Path) -> Snapshot:
    """Return the snapshot in *file*. Raises `UsageError` where it is none, or of another version."""
    try:
        given: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
        if given.pop("version") != VERSION:
            raise ValueError("another version")
        return Snapshot(
            given["database"],
            given["server_major"],
            {table: tuple(columns) for table, columns in given["sealed"].items()},
            tuple(KnownTable(**_tuples(one)) for one in given["tables"]),
            tuple(KnownRoutine(**_tuples(one)) for one in given["routines"]),
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        hint = "make it anew: pgcustsec query snapshot -o FILE -d DATABASE"
        raise UsageError(f"{file} is no snapshot of a database: {type(error).__name__}", hint=hint) from error


def _tuples(given: dict[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in given.items()}
