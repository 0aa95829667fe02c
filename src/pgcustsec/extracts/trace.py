"""Of which extract a file is that turned up somewhere: by its canaries, customers who are nobody (4.2, 4.3)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from string import ascii_letters, digits

from pgcustsec.catalog.queries import ask
from pgcustsec.db import Connection, policy_errors
from pgcustsec.errors import UsageError
from pgcustsec.extracts.listing import Extract, list_extracts

#: What values are made of, as bytes of UTF-8; everything else stands between them.
_VALUE = re.compile(rb"[0-9A-Za-z@._\x80-\xff]+")
_PARTS = (ascii_letters + digits + "@._").encode() + bytes(range(0x80, 0x100))
_BLOCK = 4 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Trace:
    """An extract some of whose canaries are in the file: `found` of `of`."""

    extract: Extract
    found: int
    of: int


def trace_file(connection: Connection, path: Path) -> list[Trace]:
    """
    Return the extracts whose canaries are in the file *path*, those with most of them first; none: no canary is in it.

    The file is text of any form, or Parquet. Raises `NotAllowed` for a login that does not supervise, `UsageError` for
    a file that cannot be read, or that is encrypted.
    """
    with policy_errors(connection, "trace extracts"):
        rows = ask(connection, "canaries")
    of: dict[bytes, set[tuple[int, int]]] = defaultdict(set)
    for extract, place, value in rows:
        of[value.encode()].add((extract, place))
    found: set[tuple[int, int]] = set()
    for values in _values(path):
        for value in values & of.keys():
            found |= of[value]
    known = {extract.number: extract for extract in list_extracts(connection)} if found else {}
    traces = [
        Trace(known[number], len({p for n, p in found if n == number}), known[number].canaries)
        for number in sorted({number for number, _ in found})
    ]
    return sorted(traces, key=lambda one: -one.found)


def _values(path: Path) -> Iterator[set[bytes]]:
    """What is in the file, piece by piece."""
    try:
        with path.open("rb") as file:
            start = file.read(32)
            if start.startswith((b"age-encryption.org/", b"-----BEGIN AGE")):
                raise UsageError(f"{path} is encrypted", hint="age --decrypt -i KEY, and trace what comes out")
            if start.startswith(b"PAR1"):
                yield from _parquet(path)
                return
            file.seek(0)
            rest = b""
            while block := file.read(_BLOCK):
                # A value may go on in the next block.
                text = rest + block
                end = len(text.rstrip(_PARTS)) or len(text)
                yield set(_VALUE.findall(text, 0, end))
                rest = text[end:]
            yield set(_VALUE.findall(rest))
    except OSError as error:
        raise UsageError(f"cannot read {path}: {error.strerror}", hint="name the file that turned up") from error


def _parquet(path: Path) -> Iterator[set[bytes]]:
    try:
        from pyarrow import parquet
    except ImportError as error:
        raise UsageError(
            "Parquet is read by pyarrow, which is not installed", hint="pip install 'pgcustsec[parquet]'"
        ) from error
    for batch in parquet.ParquetFile(path).iter_batches():
        for column in batch.columns:
            yield {str(value).encode() for value in column.unique().to_pylist() if value is not None}
