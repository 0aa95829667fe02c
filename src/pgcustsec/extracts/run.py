"""Running an extract: on record first, then read, written, digested, and said to be finished (4.3, 5.2.1)."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

import psycopg

from pgcustsec.db import Connection, policy_errors
from pgcustsec.errors import Unreachable, UsageError
from pgcustsec.extracts.forms import check_form, copy_statement, formed
from pgcustsec.extracts.listing import Extract, list_extracts
from pgcustsec.extracts.stream import Digesting, Progress, Rows, age_recipients, encrypt

PLAIN = "plain"
#: From so many rows on, PostgreSQL is told to read whole tables: it does not know how many keys an extract has.
_MANY = 20_000


@dataclass(frozen=True, slots=True)
class Written:
    """A finished extract; `left_out` rows that it covers were no longer within the role's rows when it was read."""

    number: int
    path: str
    rows: int
    left_out: int
    columns: list[str]
    bytes: int
    sha256: str
    protection: str
    ends_at: datetime


def run_extract(
    connection: Connection,
    request: int,
    path: Path,
    *,
    form: str = "csv",
    recipients: Sequence[str] = (),
    progress: Progress | None = None,
) -> Written:
    """
    Write the rows and columns of the approved *request* of the login's person to *path*, a file that is not there yet.

    *recipients* are public keys of age to encrypt it to; none: it is plain, and recorded as such. *connection* is in
    autocommit; its person is at work for the request's purpose, unless in a session already. The extract is on record
    before the first row is read; broken off, the file is removed and the extract stays recorded as partial.

    Raises `UsageError` for a file, form or key that will not do, `NotAllowed` where the database refuses, `Unreachable`
    when the connection is lost, which ends it like a suspension does.
    """
    check_form(form)
    keys = age_recipients(recipients)
    protection = f"age: {', '.join(recipients)}" if keys else PLAIN
    with _new_file(path) as file:
        extract = _begin(connection, request, protection)
        written = Digesting(file)
        rows = Rows(connection, copy_statement(connection, extract, form), progress)
        try:
            with policy_errors(connection, "read the extract"):
                _plan_for(connection, extract.rows)
                _write(formed(connection, extract, form)(rows), written, keys)
            file.flush()
            os.fsync(file.fileno())
        except psycopg.Error as error:
            raise Unreachable(
                f"the server ended it after {rows.count} rows; extract {extract.number} is recorded as partial",
                hint=f"run it again, or: pgcustsec extract destroyed {extract.number} --evidence TEXT",
            ) from error
        with policy_errors(connection, "finish the extract"), connection.transaction():
            connection.execute(
                "SELECT pgcustsec.extract_finished(%s, %s, %s)", [extract.number, written.sha256, written.size]
            )
    return Written(
        number=extract.number,
        path=str(path),
        rows=rows.count,
        left_out=extract.rows + extract.canaries - rows.count,
        columns=extract.columns,
        bytes=written.size,
        sha256=written.sha256,
        protection=protection,
        ends_at=extract.ends_at,
    )


class _new_file:  # noqa: N801 - used as a function
    """The file at *path*, which must not be there and is its owner's alone; it is removed if the block fails."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> BinaryIO:
        try:
            descriptor = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
        except OSError as error:
            raise UsageError(
                f"cannot write {self._path}: {error.strerror}",
                hint="name a new file in a folder that is there",
            ) from error
        self._file = os.fdopen(descriptor, "wb")
        return self._file

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self._file.close()
        if kind is not None:
            self._path.unlink(missing_ok=True)


def _begin(connection: Connection, request: int, protection: str) -> Extract:
    with policy_errors(connection, "take an extract"):
        _be_at_work(connection, request)
        with connection.transaction():
            [(number,)] = connection.execute(
                "SELECT pgcustsec.begin_extract(%s, %s, %s)", [request, protection, socket.gethostname()]
            ).fetchall()
        [extract] = list_extracts(connection, number=number)
    return extract


def _be_at_work(connection: Connection, request: int) -> None:
    """Start a session for the request's purpose, where the person is in none."""
    with connection.transaction():
        connection.execute(
            "SELECT pgcustsec.start_session(r.purpose) FROM pgcustsec.requests AS r, pgcustsec.whoami() AS w"
            " WHERE r.request_id = %s AND w.session IS NULL",
            [request],
        )


def _plan_for(connection: Connection, rows: int) -> None:
    """Where many rows come, each of them by an index look-up would take three times as long."""
    for name, value in (("enable_nestloop", "off"), ("work_mem", "256MB")) if rows >= _MANY else ():
        connection.execute("SELECT pg_catalog.set_config(%s, %s, false)", [name, value])


def _write(pieces: Iterator[bytes], file: Digesting, keys: Sequence[object]) -> None:
    if keys:
        encrypt(pieces, file, keys)
        return
    for piece in pieces:
        file.write(piece)
