"""
Reading a file of rows: CSV with a header, or one JSON object a line. No database.

An empty field of CSV is no value (NULL). Of JSON, null is none and "" is an empty text. The names of the first line are
the columns; columns that are not named keep their defaults.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal, TextIO

from pgcustsec.errors import UsageError

Format = Literal["csv", "jsonl"]

#: A field longer than this is no field but a quotation mark that was not closed.
LONGEST_FIELD = 16 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Record:
    """
    A row of the file: the line where it begins, and its values as texts in the order of the columns.

    `fault` says why it cannot be read; then `values` is empty. `fields` (CSV) or `given` (JSON) is what stood there.
    """

    line: int
    values: tuple[str | None, ...] = ()
    fault: str | None = None
    fields: tuple[str, ...] = ()
    given: dict[str, Any] = field(default_factory=dict)


class Records:
    """The rows of *stream*, a text file named *name*, and the names of their columns."""

    def __init__(self, stream: TextIO, name: str, form: Format) -> None:
        self._name = name
        self._line = 0
        self._lines = self._decoded(stream)
        self.columns: tuple[str, ...]
        self._rows: Iterator[Record]
        begin = self._begin_csv if form == "csv" else self._begin_jsonl
        self.columns, self._rows = begin()
        self._check_names()

    def __iter__(self) -> Iterator[Record]:
        return self._rows

    def _decoded(self, stream: TextIO) -> Iterator[str]:
        try:
            yield from stream
        except UnicodeDecodeError as error:
            raise UsageError(
                f"{self._name} is not written in {error.encoding}: see what follows line {self._line}",
                hint="name its encoding: --encoding gb18030 for most files of Chinese Excel",
            ) from None

    def _check_names(self) -> None:
        twice = {name for name in self.columns if self.columns.count(name) > 1}
        if "" in self.columns or twice:
            what = f"names {sorted(twice)[0]!r} twice" if twice - {""} else "has a column without a name"
            raise UsageError(f"line 1 of {self._name} {what}", hint="name each column once, as the table does")

    # CSV

    def _begin_csv(self) -> tuple[tuple[str, ...], Iterator[Record]]:
        csv.field_size_limit(LONGEST_FIELD)
        reader = csv.reader(self._counted(), strict=True)
        header = self._next_row(reader)
        if header is None:
            raise UsageError(f"{self._name} is empty", hint="its first line names the columns")
        return tuple(name.strip() for name in header), self._csv_rows(reader)

    def _counted(self) -> Iterator[str]:
        for line in self._lines:
            self._line += 1
            yield line

    def _next_row(self, reader: Iterator[list[str]]) -> list[str] | None:
        begin = self._line + 1
        try:
            return next(reader, None)
        except csv.Error:
            raise UsageError(
                f"{self._name}, the row that begins at line {begin}, is no CSV: a quotation mark is not closed, or text"
                " follows one",
                hint='write a quotation mark inside a field twice: "say ""yes"""',
            ) from None

    def _csv_rows(self, reader: Iterator[list[str]]) -> Iterator[Record]:
        count = len(self.columns)
        while True:
            line = self._line + 1
            fields = self._next_row(reader)
            if fields is None:
                return
            if not fields:
                continue  # a blank line
            if len(fields) != count:
                fault = f"has {len(fields)} fields, and the header {count}"
                yield Record(line, fault=fault, fields=tuple(fields))
                continue
            unfit = _unfit(fields)
            values = () if unfit else tuple(value or None for value in fields)
            yield Record(line, values, unfit, fields=tuple(fields))

    # JSON

    def _begin_jsonl(self) -> tuple[tuple[str, ...], Iterator[Record]]:
        rows = self._json_objects()
        first = next(rows, None)
        if first is None:
            raise UsageError(f"{self._name} is empty", hint="write one JSON object a line")
        line, given, fault = first
        if given is None:
            raise UsageError(
                f"line {line} of {self._name} {fault}", hint="its names are the columns of all that follows"
            )
        columns = tuple(given)

        def records() -> Iterator[Record]:
            yield _json_record(columns, line, given, None)
            for at, more, wrong in rows:
                yield _json_record(columns, at, more, wrong)

        return columns, records()

    def _json_objects(self) -> Iterator[tuple[int, dict[str, Any] | None, str | None]]:
        for text in self._counted():
            if not text.strip():
                continue
            try:
                value = json.loads(text, parse_float=Decimal, parse_constant=_no_constant)
            except (ValueError, RecursionError):
                yield self._line, None, "is no JSON"
                continue
            if isinstance(value, dict):
                yield self._line, value, None
            else:
                yield self._line, None, "is no JSON object"


def _no_constant(name: str) -> None:
    raise ValueError(name)


def _json_record(columns: tuple[str, ...], line: int, given: dict[str, Any] | None, fault: str | None) -> Record:
    if given is None:
        return Record(line, fault=fault)
    unknown = [name for name in given if name not in columns]
    if unknown:
        fault = f"has {unknown[0]!r}, which the first line has not: name it there, with null"
        return Record(line, fault=fault, given=given)
    values = tuple(_as_text(given.get(name)) for name in columns)
    fault = _unfit(values)
    return Record(line, () if fault else values, fault, given=given)


def _as_text(value: Any) -> str | None:
    """A JSON value as PostgreSQL reads it; lists and objects as JSON, see `target` for columns that are arrays."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | Decimal):
        return str(value)
    return json.dumps(value, ensure_ascii=False, default=float)


def _unfit(values: list[str] | tuple[str | None, ...]) -> str | None:
    if any(value and "\0" in value for value in values):
        return "has a character of code 0 in it, which PostgreSQL does not store"
    try:
        "".join(value for value in values if value).encode()
    except UnicodeEncodeError:
        return "has half a character in it"
    return None
