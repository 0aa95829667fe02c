"""What a file of an extract looks like: CSV, JSON lines or Parquet, made of what COPY sends, piece by piece."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from importlib.util import find_spec
from typing import TYPE_CHECKING

from psycopg import Column, sql

from pgcustsec.compile.requests.extracts import extract_name
from pgcustsec.db import Connection
from pgcustsec.errors import UsageError
from pgcustsec.extracts.listing import Extract
from pgcustsec.extracts.stream import Readable, Rows

if TYPE_CHECKING:
    import pyarrow as pa

FORMS = ("csv", "jsonl", "parquet")

#: The most that Parquet's reader of CSV looks at in one go: a row must fit in.
_BLOCK = 8 * 1024 * 1024


def check_form(form: str) -> None:
    """Raise `UsageError` where *form* takes a library that is not here: before anything is on record."""
    if form == "parquet" and find_spec("pyarrow") is None:
        raise UsageError(
            "Parquet is written by pyarrow, which is not installed", hint="pip install 'pgcustsec[parquet]'"
        )


def copy_statement(connection: Connection, extract: Extract, form: str) -> str:
    """The COPY that sends what a file in *form* is made of."""
    query = _query(extract)
    if form == "jsonl":
        query = sql.SQL("SELECT pg_catalog.row_to_json(r) FROM ({}) AS r").format(query)
        return sql.SQL("COPY ({}) TO STDOUT").format(query).as_string(connection)
    return sql.SQL("COPY ({}) TO STDOUT WITH (FORMAT csv)").format(query).as_string(connection)


def formed(connection: Connection, extract: Extract, form: str) -> Callable[[Rows], Iterator[bytes]]:
    """Return what makes the pieces of a file in *form* of the rows that its COPY sends."""
    if form == "csv":
        return lambda rows: _csv(rows, extract.columns)
    if form == "jsonl":
        return _json_lines
    # The type of each column, asked before the COPY; and times in one time zone, whatever the session's is.
    for name, value in (("TimeZone", "UTC"), ("DateStyle", "ISO")):
        connection.execute("SELECT pg_catalog.set_config(%s, %s, false)", [name, value])
    columns = connection.execute(sql.SQL("{} LIMIT 0").format(_query(extract))).description or []
    return lambda rows: _parquet(rows, columns)


def _query(extract: Extract) -> sql.Composed:
    view = sql.Identifier(*extract_name(extract.role, extract.relation.partition(".")[2]))
    columns = sql.SQL(", ").join(sql.Identifier("t", name) for name in extract.columns)
    query = sql.SQL("SELECT {} FROM {} AS t").format(columns, view)
    # Canaries come last else, where anybody would look for them.
    return query + sql.SQL(" ORDER BY pg_catalog.random()") if extract.canaries else query


def _csv(rows: Rows, columns: Sequence[str]) -> Iterator[bytes]:
    yield (",".join(_quoted(name) for name in columns) + "\n").encode()
    yield from rows


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"' if set(name) & set(',"\r\n ') else name


def _json_lines(rows: Rows) -> Iterator[bytes]:
    # COPY's own escapes are undone. JSON has no control characters in it: backslashes are all that COPY escapes.
    return (piece.replace(b"\\\\", b"\\") for piece in rows)


def _parquet(rows: Rows, columns: Sequence[Column]) -> Iterator[bytes]:
    import pyarrow as pa
    from pyarrow import csv, parquet

    schema = pa.schema([(column.name, _type(column)) for column in columns])
    out = _Pieces()
    try:
        reader = csv.open_csv(
            Readable(iter(rows)),
            read_options=csv.ReadOptions(column_names=schema.names, block_size=_BLOCK, use_threads=False),
            parse_options=csv.ParseOptions(newlines_in_values=True),
            # As COPY writes it: nothing at all is NULL, "" is an empty text.
            convert_options=csv.ConvertOptions(
                column_types=schema, null_values=[""], strings_can_be_null=True, quoted_strings_can_be_null=False,
                true_values=["t"], false_values=["f"],
            ),
        )  # fmt: skip
        with parquet.ParquetWriter(out, schema) as writer:
            for batch in reader:
                writer.write_batch(batch)
                yield out.taken()
    except pa.ArrowInvalid:
        # Its message has the value in it.
        raise UsageError(
            "a value has no form in Parquet: an infinite date, a number that is none, or a row of megabytes",
            hint="take it as csv or jsonl",
        ) from None
    yield out.taken()


class _Pieces:
    """A file that Parquet is written to, taken away piece by piece."""

    closed = False

    def __init__(self) -> None:
        self._written = bytearray()
        self._at = 0

    def write(self, data: bytes) -> int:
        self._written += data
        self._at += len(data)
        return len(data)

    def tell(self) -> int:
        return self._at

    def flush(self) -> None:
        """Nothing waits: what is written is taken."""

    def close(self) -> None:
        """What is left can still be taken."""

    def taken(self) -> bytes:
        piece, self._written = bytes(self._written), bytearray()
        return piece


def _type(column: Column) -> pa.DataType:
    """The type of *column*'s values in Parquet: PostgreSQL's own where there is one, else text."""
    import pyarrow as pa

    types = {
        16: pa.bool_(), 20: pa.int64(), 21: pa.int16(), 23: pa.int32(), 700: pa.float32(), 701: pa.float64(),
        1082: pa.date32(), 1114: pa.timestamp("us"), 1184: pa.timestamp("us", tz="UTC"),
    }  # fmt: skip
    if column.type_code == 1700 and column.precision and column.precision <= 38:
        return pa.decimal128(column.precision, column.scale or 0)
    return types.get(column.type_code, pa.string())
