"""Rows on their way from the server to a file: in pieces, so that a million take no more memory than a hundred."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from typing import BinaryIO

from psycopg import Error, errors, pq

from pgcustsec.db import Connection
from pgcustsec.errors import UsageError

#: Called with how many rows have come so far.
Progress = Callable[[int], None]

#: How many rows make a piece.
_PIECE = 2000


class Rows:
    """What a COPY sends, one after the other, in pieces of many rows; `count` is how many have come."""

    def __init__(self, connection: Connection, copy: str, progress: Progress | None = None) -> None:
        self._connection = connection
        self._copy = copy
        self._progress = progress
        self.count = 0

    def __iter__(self) -> Iterator[bytes]:
        """
        Yield the pieces. Raises psycopg's error where the server stops.

        Row by row libpq's own call, and not psycopg's, which goes through a generator for each (a third of the speed).
        Who stops in the middle ends the COPY too.
        """
        libpq = self._connection.pgconn
        _check(libpq.exec_(self._copy.encode()))
        copying = True
        piece: list[bytes] = []
        try:
            while copying:
                size, row = libpq.get_copy_data(0)
                copying = size > 0
                if copying:
                    piece.append(bytes(row))
                if len(piece) == _PIECE or (piece and not copying):
                    self.count += len(piece)
                    if self._progress:
                        self._progress(self.count)
                    yield b"".join(piece)
                    piece = []
        finally:
            if copying:
                with suppress(Error):  # of a connection that is gone, say
                    self._stop()
        for result in self._results():
            _check(result)

    def _results(self) -> list[pq.abc.PGresult]:
        return list(iter(self._connection.pgconn.get_result, None))

    def _stop(self) -> None:
        """Cancel the COPY that goes on, so that the connection can be used again."""
        self._connection.cancel_safe(timeout=5)
        while self._connection.pgconn.get_copy_data(0)[0] > 0:
            pass
        self._results()


def _check(result: pq.abc.PGresult) -> None:
    if result.status not in (pq.ExecStatus.COPY_OUT, pq.ExecStatus.COMMAND_OK):
        raise errors.error_from_result(result, encoding="utf-8")


class Digesting:
    """A file that is written to, with the SHA-256 and the size of what it was given."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._digest = hashlib.sha256()
        self.size = 0

    def write(self, data: bytes) -> int:
        self._digest.update(data)
        self.size += len(data)
        return self._file.write(data)

    def flush(self) -> None:
        self._file.flush()

    @property
    def sha256(self) -> str:
        return self._digest.hexdigest()


class Readable(io.RawIOBase):
    """Pieces as a file that is read from, for who encrypts them."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._rest = b""

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        """Return the next *size* bytes at most, all that is left if it is negative; nothing at the end."""
        if size < 0:
            rest, self._rest = self._rest + b"".join(self._pieces), b""
            return rest
        while not self._rest:
            piece = next(self._pieces, None)
            if piece is None:
                return b""
            self._rest = piece
        read, self._rest = self._rest[:size], self._rest[size:]
        return read


def age_recipients(keys: Sequence[str]) -> list[object]:
    """
    Return age's public keys (``age1...``) and SSH ones (``ssh-ed25519 ...``) of *keys*, for `encrypt`.

    Raises `UsageError` for what is neither.
    """
    import pyrage

    found: list[object] = []
    for key in keys:
        reader = pyrage.ssh.Recipient if key.startswith("ssh-") else pyrage.x25519.Recipient
        try:
            found.append(reader.from_str(key.strip()))
        except pyrage.RecipientError as error:
            raise UsageError(
                f"{key[:20]!r}... is no recipient's public key: {error}",
                hint="give age1... as age-keygen prints it, or the line of an ssh-ed25519 or ssh-rsa key",
            ) from error
    return found


def encrypt(pieces: Iterator[bytes], file: Digesting, recipients: Sequence[object]) -> None:
    """Write *pieces* to *file* as age encrypts them to *recipients*."""
    import pyrage

    pyrage.encrypt_io(Readable(pieces), file, list(recipients))
