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
from typing import Any, Literal, TextIO

from pgcustsec.errors import UsageError

Format = Literal["csv", "jsonl"]

#: A field longer than this is no field but a quotation mark that was not closed.
LONGEST_FIELD = 16 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Record:
    """
    A row of the file: the line where it begins, and its values as texts in the order of the columns.

    `fault` says why it cannot be read; then `values` is empty. `fields` (CSV) or `given` (JSON) is what stood there, or
    `text`, where it is no JSON object.
    """

    line: int
    values: tuple[str | None, ...] = ()
    fault: str | None = None
    fields: tuple[str, ...] = ()
    given: dict[str, Any] = field(default_factory=dict)
    text: str | None = None


class Number(str):
    """A number of JSON as it is written: no digit of it is lost."""

    __slots__ = ()


class _Object(dict[str, Any]):
    """A JSON object, and whether it has a name twice: one of the values would be lost."""

    def __init__(self, pairs: list[tuple[str, Any]]) -> None:
        super().__init__(pairs)
        self.has_twice = len(self) < len(pairs)


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
            for number, line in enumerate(stream):
                # Of utf-8 the mark was taken off; gb18030 has one too.
                yield line.removeprefix("\ufeff") if number == 0 else line
        except UnicodeError as error:
            encoding = getattr(error, "encoding", None) or getattr(stream, "encoding", None) or "that encoding"
            raise UsageError(
                f"{self._name} is not written in {encoding}: see what follows line {self._line}",
                hint="name its encoding: --encoding gb18030 for most files of Chinese Excel",
            ) from None

    def _check_names(self) -> None:
        # By places: where there is no line of names, these are values.
        for place, name in enumerate(self.columns, 1):
            if not name or name in self.columns[: place - 1]:
                first = self.columns.index(name) + 1
                what = f"names {first} and {place} are the same" if name else f"name {place} is empty"
                raise UsageError(
                    f"{self._name} begins with no names of columns: {what}",
                    hint="its first line names each column once, as the table does",
                )

    # CSV

    def _begin_csv(self) -> tuple[tuple[str, ...], Iterator[Record]]:
        csv.field_size_limit(LONGEST_FIELD)
        reader = csv.reader(self._counted(), strict=True)
        header = self._next_row(reader)
        while header == []:  # blank lines
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
        line, given, fault, written = first
        if fault:
            raise UsageError(
                f"line {line} of {self._name} {fault}", hint="its names are the columns of all that follows"
            )
        columns = tuple(given)

        def records() -> Iterator[Record]:
            yield _json_record(columns, line, given, written)
            for at, more, wrong, text in rows:
                yield Record(at, fault=wrong, text=text) if wrong else _json_record(columns, at, more, text)

        return columns, records()

    def _json_objects(self) -> Iterator[tuple[int, dict[str, Any], str | None, str]]:
        """Line, object, or else what is wrong, and how it is written."""
        read = json.JSONDecoder(
            object_pairs_hook=_Object, parse_float=Number, parse_int=Number, parse_constant=_no_constant
        ).decode
        for text in self._counted():
            written = text.strip()
            if not written:
                continue
            try:
                value = read(written)
            except (ValueError, RecursionError):
                yield self._line, {}, "is no JSON", written
                continue
            if not isinstance(value, _Object):
                yield self._line, {}, "is no JSON object", written
            elif value.has_twice:
                yield self._line, {}, "has a name twice", written
            else:
                yield self._line, value, None, written


def _no_constant(name: str) -> None:
    raise ValueError(name)


def _json_record(columns: tuple[str, ...], line: int, given: dict[str, Any], text: str) -> Record:
    unknown = [place for place, name in enumerate(given, 1) if name not in columns]
    if unknown:
        fault = f"has a name, its number {unknown[0]}, not in the first line: name it there, with null"
        return Record(line, fault=fault, given=given)
    try:
        values = tuple(_as_text(given.get(name)) for name in columns)
    except RecursionError:
        return Record(line, fault="is JSON too deep within itself", text=text)
    unfit = _unfit(values)
    return Record(line, () if unfit else values, unfit, given=given)


def _as_text(value: Any) -> str | None:
    """A JSON value as PostgreSQL reads it; lists and objects as JSON, see `as_array` for columns that are arrays."""
    if value is None or isinstance(value, str):
        return value and str(value)
    return as_json(value)


def as_json(value: Any) -> str:
    """*value*, as it was read, as JSON in one line."""
    if isinstance(value, Number):
        return str(value)
    if isinstance(value, dict):
        return "{" + ", ".join(f"{as_json(name)}: {as_json(one)}" for name, one in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(as_json, value)) + "]"
    return json.dumps(value, ensure_ascii=False)


def as_array(value: list[Any], *, of_json: bool = False) -> str:
    """A JSON list as PostgreSQL writes arrays: lists in it are further dimensions, if no elements *of_json*."""
    return "{" + ",".join(_element(one, of_json) for one in value) + "}"


def _element(value: Any, of_json: bool) -> str:
    if value is None:
        return "NULL"
    if isinstance(value, list) and not of_json:
        return as_array(value)
    text = str(value) if isinstance(value, str) and not of_json else as_json(value)
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _unfit(values: list[str] | tuple[str | None, ...]) -> str | None:
    text = "".join(filter(None, values))
    if "\0" in text:
        return "has a character of code 0 in it, which PostgreSQL does not store"
    try:
        text.encode()
    except UnicodeEncodeError:
        return "has half a character in it"
    return None
