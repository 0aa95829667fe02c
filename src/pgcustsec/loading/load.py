"""
Loading a file: in pieces through a staging table that nobody else ever sees, all in one transaction (5.2.1, 3.1).

What cannot be loaded is found before it is tried, where that is possible: PostgreSQL's own errors quote values, in the
server's log too. What only the table's constraints know is found by halving the piece until one row is left.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, TextIO
from uuid import uuid4

import psycopg

from pgcustsec.compile.quote import ident
from pgcustsec.compile.vault import vaults
from pgcustsec.db import Connection
from pgcustsec.errors import Finding, Refused, Unreachable
from pgcustsec.loading.problems import PROBLEM_COLUMN, Rejects, RowProblem
from pgcustsec.loading.records import Format, Record, Records
from pgcustsec.loading.target import Target, find_target
from pgcustsec.matrix.model import Matrix
from pgcustsec.objects import OWNER
from pgcustsec.vault.ready import require_applied, require_key
from pgcustsec.vault.tables import find_site, find_table
from pgcustsec.vault.transaction import DEFAULT_LOCK_TIMEOUT, Busy, changing, require_idle

#: Rows that are staged, checked and inserted together.
PIECE = 10_000
#: Problems that are told before loading gives up, where nothing is loaded unless everything is.
TOLD = 20

#: Hears how many rows have been read.
Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Loaded:
    """What was loaded: rows and rejected ones, columns given and left to their defaults, the reason in the history."""

    table: str
    rows: int
    rejected: int
    columns: tuple[str, ...]
    defaulted: tuple[str, ...]
    reason: str


def load(
    connection: Connection,
    matrix: Matrix,
    table: str,
    stream: TextIO,
    name: str,
    form: Format,
    *,
    rejects: Path | None = None,
    lock_timeout: str = DEFAULT_LOCK_TIMEOUT,
    progress: Progress | None = None,
) -> Loaded:
    """
    Load *stream*, the text of a file called *name*, into *table*, a table of *matrix*: all of it or nothing.

    With *rejects*, rows that cannot be loaded are written to that new file, with what is wrong, and the rest is loaded.
    *lock_timeout* is how long it may wait for what others hold. The matrix must be applied.

    Raises `Finding` with the lines, columns and expected shapes where rows cannot be loaded and *rejects* is None;
    `UsageError` for a file or columns that make no sense; `Refused` when the matrix is not applied, the key is missing
    or others hold what it needs. Nothing is loaded then.
    """
    require_idle(connection)
    what = f"loading {name} into {table}"
    site = find_site(connection, matrix, what)
    found = find_table(matrix, table)
    vault = next((one for one in vaults(matrix, site) if one.table is found), None)
    records = Records(stream, name, form)
    columns = tuple(column for column in records.columns if column != PROBLEM_COLUMN)
    schema = f"pgcustsec_load_{connection.info.backend_pid}"
    target = find_target(found, site.tables[table], vault, columns, schema)
    require_applied(connection, matrix, "load")
    if vault:
        require_key(connection, what)
    # The last word: whether a load whose connection was lost at its end has landed is asked by it.
    reason = f"load {name} {uuid4().hex[:12]}"
    try:
        with ExitStack() as stack:
            kept = stack.enter_context(Rejects(rejects, form)) if rejects else None
            loading = _Loading(connection, target, records, form, reason, kept, progress)
            with changing(connection, what, lock_timeout, role=None):
                loading.run(what)
            if kept:
                kept.keep()
    except Busy:
        raise Refused(
            f"{what}: others hold what it needs; nothing was loaded", hint="try again, or give --lock-timeout"
        ) from None
    except psycopg.IntegrityError as error:
        raise Finding(f"{what}: {_said(error)}, at the end; nothing was loaded") from None
    except Unreachable as error:
        raise Unreachable(
            error.message.partition(";")[0],
            hint=f"all of it or nothing was loaded; all, if pgcustsec.change_history has the reason {reason!r}",
        ) from error
    return Loaded(table, loading.rows, loading.rejected, columns, tuple(target.defaulted()), reason)


class _TakenValues(Exception):
    """Rows whose unique value another record has: their lines. The rest can be inserted without them."""

    def __init__(self, lines: list[int]) -> None:
        super().__init__()
        self.lines = lines


class _Loading:
    """One file on its way, in one transaction."""

    def __init__(
        self,
        connection: Connection,
        target: Target,
        records: Records,
        form: Format,
        reason: str,
        rejects: Rejects | None,
        progress: Progress | None,
    ) -> None:
        self._connection = connection
        self._target = target
        self._records = records
        self._form = form
        self._reason = reason
        self._rejects = rejects
        self._progress = progress
        self._problems: dict[int, list[RowProblem]] = defaultdict(list)
        self._expected: dict[str, str] = {}
        self._told: list[RowProblem] = []
        self._read = 0
        self.rows = 0
        self.rejected = 0

    def run(self, what: str) -> None:
        """Load every piece; raise `Finding` if there are problems and no place for them."""
        self._begin()
        pieces = iter(self._records)
        while piece := list(islice(pieces, PIECE)):
            self._load_piece(piece)
            self._read += len(piece)
            if self._progress:
                self._progress(self._read)
            if not self._rejects and len(self._told) >= TOLD:
                break
        if self._told and not self._rejects:
            raise self._finding(what)
        self._as(OWNER)
        self._run(f"DROP SCHEMA {ident(self._target.schema)} CASCADE")
        if self._rejects:
            self._rejects.finish()

    def _begin(self) -> None:
        self._run("SET LOCAL DateStyle = 'ISO, YMD'")
        self._run(f"CREATE SCHEMA {ident(self._target.schema)} AUTHORIZATION {OWNER}")
        self._as(OWNER)
        for statement in self._target.staging_statements():
            self._run(statement)

    def _finding(self, what: str) -> Finding:
        more = len(self._told) >= TOLD
        told = "\n".join(f"  {problem}" for problem in self._told[:TOLD])
        return Finding(
            f"{what}: nothing was loaded, for {'these rows, and perhaps more' if more else 'these rows'}\n{told}",
            hint="correct them; or load the others, and put these into a file of their own: --rejects FILE",
        )

    # A piece

    def _load_piece(self, piece: list[Record]) -> None:
        for record in piece:
            if record.fault:
                self._add(record.line, None, record.fault)
        self._stage([record for record in piece if not record.fault])
        self._find_problems()
        self._forget(list(self._problems))
        self._insert("true")
        self._reject(piece)

    def _stage(self, piece: list[Record]) -> None:
        target = self._target
        self._as(target.shape.owner)
        keys = self._ask(target.make_keys(), len(piece)) if target.made_keys else [()] * len(piece)
        self._as(OWNER)
        self._run(f"TRUNCATE {target.staging}")
        values = self._values()
        with self._connection.cursor().copy(target.copy().encode()) as copy:
            for key, record in zip(keys, piece, strict=True):
                copy.write_row((record.line, *key, *values(record)))

    def _values(self) -> Callable[[Record], tuple[str | None, ...]]:
        """What gives a record's values in the order of the target's columns."""
        places = [self._records.columns.index(name) for name in self._target.columns]
        arrays = {name for name in self._target.columns if self._target.shape.columns[name].type.endswith("[]")}
        if self._form == "jsonl" and arrays:
            return lambda record: tuple(
                _array(record.given[name])
                if name in arrays and isinstance(record.given.get(name), list)
                else record.values[place]
                for name, place in zip(self._target.columns, places, strict=True)
            )
        if len(places) == len(self._records.columns):
            return lambda record: record.values
        return lambda record: tuple(record.values[place] for place in places)

    def _find_problems(self) -> None:
        target = self._target
        self._as(OWNER)
        for line, column, why in self._ask(target.misshapen()):
            self._add(line, column, self._misshapen(why))
        self._as(target.shape.owner)
        if self._ask(target.all_read()) != [(True,)]:
            for line, column in self._ask(target.unreadable()):
                self._add(line, column, f"expected {target.expected(column)}")
        for line, column, why in self._ask(target.missing_or_long()):
            longest = target.shape.columns[column].longest
            self._add(line, column, "expected a value" if why == "empty" else f"expected {longest} characters at most")

    def _misshapen(self, why: str) -> str:
        if why == "masked":
            return "is a masked form, not a true value"
        if why not in self._expected:
            function = f"pgcustsec_internal.fits_{why}(text)"
            [(comment,)] = self._ask(
                "SELECT pg_catalog.obj_description($1::pg_catalog.regprocedure, 'pg_proc')", function
            )
            self._expected[why] = f"expected {comment.partition(': ')[2].rstrip('.')}"
        return self._expected[why]

    def _forget(self, lines: list[int]) -> None:
        if lines:
            self._as(OWNER)
            self._run(f"DELETE FROM {self._target.staging} AS s WHERE s.line = ANY ($1)", lines)

    def _insert(self, lines: str) -> None:
        """Insert the staged rows of which *lines* holds; those that cannot be are found and told."""
        while True:
            try:
                with self._connection.transaction():
                    rows = self._insert_all(lines)
            except _TakenValues as taken:
                for line in taken.lines:
                    names = self._target.unique()
                    self._add(line, " or ".join(names), "another record, or an earlier row, has this value already")
                self._forget(taken.lines)
                continue
            except (psycopg.IntegrityError, psycopg.DataError, psycopg.errors.RaiseException) as error:
                self._insert_halves(lines, error)
                return
            self.rows += rows
            return

    def _insert_halves(self, lines: str, error: psycopg.Error) -> None:
        self._as(OWNER)
        found = [
            line for (line,) in self._ask(f"SELECT s.line FROM {self._target.staging} AS s WHERE {lines} ORDER BY 1")
        ]
        if len(found) == 1:
            self._add(found[0], error.diag.column_name, _said(error))
            return
        if not self._rejects and len(self._told) + len(self._problems) >= TOLD:
            return
        middle = found[len(found) // 2]
        self._insert(f"({lines}) AND s.line < {middle}")
        self._insert(f"({lines}) AND s.line >= {middle}")

    def _insert_all(self, lines: str) -> int:
        target = self._target
        self._as(target.shape.owner)
        rows = self._run(target.into_table(lines))
        self._as(OWNER)
        statement = target.into_vault(lines)
        kept = self._run(statement) if statement else rows
        if kept != rows and (left_out := self._ask(target.left_out(lines))):
            raise _TakenValues([line for (line,) in left_out])
        if self._run(target.into_history(lines, self._reason)) != rows or kept != rows:
            raise Refused(
                f"{target.table.qualified}: not as many rows arrived as were given; nothing was loaded",
                hint="a trigger or rule on the table leaves rows out: take it off for the time",
            )
        return rows

    # Problems

    def _add(self, line: int, column: str | None, message: str) -> None:
        self._problems[line].append(RowProblem(line, column, message))

    def _reject(self, piece: list[Record]) -> None:
        """The piece's problems are told, or written beside their rows."""
        for record in piece:
            problems = self._problems.get(record.line)
            if not problems:
                continue
            self.rejected += 1
            self._told += problems if len(self._told) < TOLD else []
            if self._rejects:
                self._rejects.write(self._records.columns, record, problems)
        self._problems.clear()

    # The database

    def _as(self, role: str) -> None:
        self._run(f"SET LOCAL ROLE {ident(role)}")

    def _run(self, statement: str, *parameters: Any) -> int:
        return psycopg.RawCursor(self._connection).execute(statement.encode(), parameters or None).rowcount

    def _ask(self, query: str | None, *parameters: Any) -> list[Any]:
        if query is None:
            return []
        return psycopg.RawCursor(self._connection).execute(query.encode(), parameters or None).fetchall()


def _said(error: psycopg.Error) -> str:
    """What PostgreSQL refuses, without its words: they quote values."""
    name = error.diag.constraint_name
    match error:
        case psycopg.errors.ForeignKeyViolation():
            return f"constraint {name}: what it refers to is not there"
        case psycopg.errors.UniqueViolation() | psycopg.errors.ExclusionViolation():
            return f"constraint {name}: another row, or an earlier one, has the same"
        case psycopg.errors.NotNullViolation():
            return "expected a value"
        case psycopg.IntegrityError() if name:
            return f"constraint {name} refuses it"
    return f"PostgreSQL refuses it ({error.sqlstate}, {type(error).__name__})"


def _array(value: list[Any]) -> str:
    """A JSON list as PostgreSQL writes arrays."""
    return "{" + ",".join(map(_element, value)) + "}"


def _element(value: Any) -> str:
    if value is None:
        return "NULL"
    if isinstance(value, list):
        return _array(value)
    text = str(value).lower() if isinstance(value, bool) else str(value)
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
