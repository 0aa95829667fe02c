"""
Loading a file: in pieces through a staging table that nobody else ever sees, all in one transaction (5.2.1, 3.1).

What cannot be loaded is found before it is tried, where that is possible. What only the table's constraints and
triggers know is found by halving the piece until one row is left.
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
from pgcustsec.loading.problems import PROBLEM_COLUMN, Declined, Rejects, RowProblem
from pgcustsec.loading.records import Format, Record, Records, as_array
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

#: What others hold, to be tried again: deadlock, serialization, lock timeout.
BUSY_STATES = frozenset(("40P01", "40001", "55P03"))
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
    # Of a name that nobody can have taken before.
    number = uuid4().hex[:12]
    schema = f"pgcustsec_load_{number}"
    target = find_target(found, site.tables[table], vault, columns, schema)
    require_applied(connection, matrix, "load")
    if vault:
        require_key(connection, what)
    # The last word: whether a load whose connection was lost at its end has landed is asked by it.
    reason = f"load {name} {number}"
    try:
        with ExitStack() as stack:
            kept = stack.enter_context(Rejects(rejects, form)) if rejects else None
            loading = _Loading(connection, what, target, records, form, reason, kept, progress)
            try:
                with changing(connection, what, lock_timeout, role=None):
                    loading.run()
            except Unreachable:
                # Lost after all was done: it may have landed, and these rows are then nowhere else.
                if kept and loading.done:
                    kept.keep()
                raise
            if kept:
                kept.keep()
    except Busy:
        raise Refused(
            f"{what}: others hold what it needs; nothing was loaded", hint="try again, or give --lock-timeout"
        ) from None
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
        what: str,
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
        self._what = what
        self.rows = 0
        self.rejected = 0
        #: All is in place, and but to be committed.
        self.done = False

    def run(self) -> None:
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
            raise self._finding()
        self._settle()
        self._run(f"DROP SCHEMA {ident(self._target.schema)} CASCADE")
        if self._rejects:
            self._rejects.finish()
        self.done = True

    def _begin(self) -> None:
        self._run("SET LOCAL DateStyle = 'ISO, YMD'")
        self._run(f"CREATE SCHEMA {ident(self._target.schema)} AUTHORIZATION {OWNER}")
        for role, statement in self._target.staging_statements():
            self._run(f"SET LOCAL ROLE {ident(role)}")
            self._run(statement)

    def _settle(self) -> None:
        """Let constraints and triggers that wait for the end have their say, as the table's owner and unlogged."""
        try:
            self._outcome("settle()")
        except Declined as declined:
            if not declined.is_about_rows:
                raise self._refused(declined) from None
            raise Finding(
                f"{self._what}: {declined}, at the end of all; nothing was loaded",
                hint="a constraint that waits for the end tells no row: look for it in the file",
            ) from None

    def _finding(self) -> Finding:
        more = len(self._told) >= TOLD
        told = "\n".join(f"  {problem}" for problem in self._told[:TOLD])
        return Finding(
            f"{self._what}: nothing was loaded, for {'these rows, and perhaps more' if more else 'these rows'}\n{told}",
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
        if lines := [record.line for record in piece if record.line not in self._problems]:
            self._insert(lines[0], lines[-1])
        self._reject(piece)

    def _stage(self, piece: list[Record]) -> None:
        target = self._target
        made = self._ask(target.call("new_keys($1)"), len(piece)) if target.made_keys else []
        keys = [key for (key,) in made] or [()] * len(piece)
        self._run(f"TRUNCATE {target.staging}")
        values = self._values()
        with self._connection.cursor().copy(target.copy().encode()) as copy:
            copy.set_types(["int8", *["text"] * (len(target.made_keys) + len(target.columns))])
            for key, record in zip(keys, piece, strict=True):
                copy.write_row((record.line, *key, *values(record)))

    def _values(self) -> Callable[[Record], tuple[str | None, ...]]:
        """What gives a record's values in the order of the target's columns."""
        places = [self._records.columns.index(name) for name in self._target.columns]
        types = {name: self._target.shape.columns[name].plain_type for name in self._target.columns}
        arrays = {name: base.removesuffix("[]") for name, base in types.items() if base.endswith("[]")}
        if self._form == "jsonl" and arrays:
            return lambda record: tuple(
                as_array(record.given[name], of_json=arrays[name] in ("json", "jsonb"))
                if name in arrays and isinstance(record.given.get(name), list)
                else record.values[place]
                for name, place in zip(self._target.columns, places, strict=True)
            )
        if len(places) == len(self._records.columns):
            return lambda record: record.values
        return lambda record: tuple(record.values[place] for place in places)

    def _find_problems(self) -> None:
        target = self._target
        for line, column, why in self._ask(target.misshapen()):
            self._add(line, column, self._misshapen(why))
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
            self._run(f"DELETE FROM {self._target.staging} AS s WHERE s.line = ANY ($1)", lines)

    def _insert(self, first: int, last: int) -> None:
        """Insert the staged rows from line *first* to *last*; those that cannot be are found and told."""
        while True:
            try:
                with self._connection.transaction():
                    rows = self._insert_all(first, last)
            except _TakenValues as taken:
                for line in taken.lines:
                    names = self._target.unique()
                    self._add(line, " or ".join(names), "another record, or an earlier row, has this value already")
                self._forget(taken.lines)
                continue
            except Declined as declined:
                if not declined.is_about_rows:
                    raise self._refused(declined) from None
                self._insert_halves(first, last, declined)
                return
            self.rows += rows
            return

    def _insert_halves(self, first: int, last: int, declined: Declined) -> None:
        query = f"SELECT s.line FROM {self._target.staging} AS s WHERE s.line BETWEEN $1 AND $2 ORDER BY s.line"
        found = [line for (line,) in self._ask(query, first, last)]
        if len(found) == 1:
            self._add(found[0], declined.place or None, str(declined))
            return
        if not self._rejects and len(self._told) + len(self._problems) >= TOLD:
            return
        if not found:
            return
        middle = len(found) // 2
        self._insert(first, found[middle - 1])
        self._insert(found[middle], last)

    def _insert_all(self, first: int, last: int) -> int:
        target = self._target
        rows = self._outcome("into_table($1, $2)", first, last)
        arrived = self._run(target.into_history(self._reason), first, last)
        [(given,)] = self._ask(target.given(), first, last)
        if not given == rows == arrived:
            raise Refused(
                f"{target.table.qualified}: not all rows arrived as they were given; nothing was loaded",
                hint="a trigger or rule on the table leaves rows out, or changes keys or masks: take it off",
            )
        if target.vault and self._outcome("into_vault($1, $2)", first, last) != rows:
            raise _TakenValues([line for (line,) in self._ask(target.left_out(), first, last)])
        return rows

    def _outcome(self, call: str, *parameters: int) -> int:
        """Call a function that changes something, and return the number of its rows. Raises `Declined`."""
        [(rows, state, rule, place)] = self._ask(self._target.call(call), *parameters)
        if state:
            raise Declined(state, rule, place)
        return int(rows)

    def _refused(self, declined: Declined) -> Exception:
        if declined.state in BUSY_STATES:
            return Busy()
        return Refused(
            f"{self._what}: {declined}; nothing was loaded", hint="look at triggers, rules and types of the table"
        )

    # Problems

    def _add(self, line: int, column: str | None, message: str) -> None:
        self._problems[line].append(RowProblem(line, column, message))

    def _reject(self, piece: list[Record]) -> None:
        """The piece's problems are told, or written beside their rows."""
        order = {name: place for place, name in enumerate(self._records.columns)}
        for record in piece:
            problems = sorted(self._problems.get(record.line, []), key=lambda one: order.get(one.column or "", -1))
            if not problems:
                continue
            self.rejected += 1
            self._told += problems if len(self._told) < TOLD else []
            if self._rejects:
                self._rejects.write(self._records.columns, record, problems)
        self._problems.clear()

    # The database

    def _run(self, statement: str, *parameters: Any) -> int:
        return psycopg.RawCursor(self._connection).execute(statement.encode(), parameters or None).rowcount

    def _ask(self, query: str | None, *parameters: Any) -> list[Any]:
        if query is None:
            return []
        return psycopg.RawCursor(self._connection).execute(query.encode(), parameters or None).fetchall()
