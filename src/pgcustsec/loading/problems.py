"""What is wrong with a row of a file, in words that hold no value of it, and the file that such rows are put into."""

from __future__ import annotations

import csv
import json
import os
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from pgcustsec.errors import NotAllowed, Refused
from pgcustsec.loading.records import Format, Record

#: The column of a rejects file that says why; loading ignores it, so a corrected file can be loaded as it is.
PROBLEM_COLUMN = "pgcustsec_problem"


@dataclass(frozen=True, slots=True)
class RowProblem:
    """A row that cannot be loaded: the line of the file where it begins, the column if it is about one, and why."""

    line: int
    column: str | None
    message: str

    def __str__(self) -> str:
        return f"line {self.line}{f', {self.column}' if self.column else ''}: {self.message}"


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

    def __enter__(self) -> Rejects:
        return self

    def write(self, columns: tuple[str, ...], record: Record, problems: list[RowProblem]) -> None:
        """Add *record*, whose fields are in the order of *columns*, with its *problems*."""
        why = "; ".join(f"{p.column}: {p.message}" if p.column else p.message for p in problems)
        if self._form == "jsonl":
            json.dump(record.given | {PROBLEM_COLUMN: why}, self._file, ensure_ascii=False, default=float)
            self._file.write("\n")
            return
        out = csv.writer(self._file)
        if not self._begun:
            out.writerow([*columns, PROBLEM_COLUMN])
            self._begun = True
        # A row with too many fields keeps them all; one with too few is filled up, so that the reason has its place.
        fields = list(record.fields)
        out.writerow([*fields, *[""] * (len(columns) - len(fields)), why])

    def finish(self) -> None:
        """All rejected rows are in: have them on disk before what was loaded is committed."""
        self._file.flush()
        os.fsync(self._file.fileno())

    def keep(self) -> None:
        """What was loaded is committed."""
        self._keep = True

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()
        if not self._keep:
            self._path.unlink(missing_ok=True)
