"""What is wrong with a row of a file, in words that hold no value of it, and the file that such rows are put into."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from pgcustsec.errors import NotAllowed, Refused
from pgcustsec.loading.records import Format, Record, as_json

#: The column of a rejects file that says why; loading ignores it, so a corrected file can be loaded as it is.
PROBLEM_COLUMN = "pgcustsec_problem"
#: Classes of SQLSTATE that no row is to blame for: rights, locks, resources, the server, what is wrongly made.
OF_THE_WHOLE = frozenset("08 0A 25 28 2B 3F 40 42 53 55 57 58 F0 XX".split())


@dataclass(frozen=True, slots=True)
class RowProblem:
    """A row that cannot be loaded: the line of the file where it begins, the column if it is about one, and why."""

    line: int
    column: str | None
    message: str

    def __str__(self) -> str:
        return f"line {self.line}{f', {self.column}' if self.column else ''}: {self.message}"


class Declined(Exception):
    """PostgreSQL, or a trigger, refuses rows: by which SQLSTATE, constraint and column. Its words may quote a value."""

    def __init__(self, state: str, rule: str, place: str) -> None:
        super().__init__()
        self.state = state
        self.rule = rule
        self.place = place

    @property
    def is_about_rows(self) -> bool:
        """Whether other rows may fare better."""
        return self.state[:2] not in OF_THE_WHOLE

    def __str__(self) -> str:
        named = f"constraint {self.rule}" if self.rule else ""
        match self.state:
            case "23503" if named:
                return f"{named}: what it refers to is not there"
            case "23505" | "23P01" if named:
                return f"{named}: another row, or an earlier one, has the same"
            case "23502":
                return "expected a value"
            case _ if named:
                return f"{named} refuses it"
        return f"PostgreSQL, or a trigger of the table, refuses it ({self.state})"


class Rejects:
    """
    The rows that were not loaded, as they came, with what is wrong with each. Its file holds true values.

    It is made new, readable by its owner alone, and removed again unless what was loaded is committed.
    """

    def __init__(self, path: Path, form: Format) -> None:
        self._path = path
        self._form = form
        self._keep = False
        try:
            self._file = os.fdopen(
                os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w", encoding="utf-8", newline=""
            )
        except FileExistsError:
            raise Refused(
                f"{path} is there already: rejected rows are never added to a file", hint="name a new file"
            ) from None
        except OSError as error:
            raise NotAllowed(f"{path}: {error.strerror}", hint="name a file that can be made") from None
        self._begun = False
        self._unreadable: list[str] = []

    def __enter__(self) -> Rejects:
        return self

    def write(self, columns: tuple[str, ...], record: Record, problems: list[RowProblem]) -> None:
        """Add *record*, whose fields are in the order of *columns*, with its *problems*."""
        why = "; ".join(f"{p.column}: {p.message}" if p.column else p.message for p in problems)
        with self._telling():
            if self._form == "jsonl":
                self._write_object(columns, record, why)
            else:
                self._write_fields(columns, record, why)

    def _write_object(self, columns: tuple[str, ...], record: Record, why: str) -> None:
        if record.text:
            # No object that a reason could be put into; and none that could be the first, which names the columns.
            self._unreadable.append(record.text)
            return
        self._file.write(as_json(dict.fromkeys(columns) | record.given | {PROBLEM_COLUMN: why}) + "\n")

    def _write_fields(self, columns: tuple[str, ...], record: Record, why: str) -> None:
        out = csv.writer(self._file)
        names = [name for name in columns if name != PROBLEM_COLUMN]
        if not self._begun:
            out.writerow([*names, PROBLEM_COLUMN])
            self._begun = True
        fields = list(record.fields)
        if len(fields) == len(columns) > len(names):
            # The file is one of rejects: the reason of that time is not the reason now.
            del fields[columns.index(PROBLEM_COLUMN)]
        # A row with too few or too many fields stays one, until somebody corrects it.
        out.writerow([*fields, why])

    def finish(self) -> None:
        """All rejected rows are in: have them on disk before what was loaded is committed."""
        with self._telling():
            self._file.writelines(f"{text}\n" for text in self._unreadable)
            self._file.flush()
            os.fsync(self._file.fileno())

    @contextmanager
    def _telling(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise NotAllowed(
                f"{self._path}: {error.strerror}; nothing was loaded", hint="name a file where there is room"
            ) from None

    def keep(self) -> None:
        """What was loaded is committed."""
        self._keep = True

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with suppress(OSError):  # Kept ones are on disk already.
            self._file.close()
        if not self._keep:
            self._path.unlink(missing_ok=True)
