"""
A sample of the rows of a table, value by value as text: bounded, read-only, and without anybody else's code.

Values become text by the output function of their type (`format`), never by a cast: a cast can be a function of
somebody's. Row security is off, so that a policy neither hides rows nor runs. No statement has a value in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from psycopg import errors, sql

from pgcustsec.catalog.contents import HeldColumn, HeldTable
from pgcustsec.catalog.queries import ask
from pgcustsec.db import Connection

STATEMENT_TIMEOUT = "30s"
LOCK_TIMEOUT = "2s"
#: How much of a value is read, in characters; of a document more, since a part of one is none.
LONGEST, LONGEST_DOCUMENT = 16_384, 262_144
DOCUMENTS = frozenset({"json", "jsonb"})
#: Types whose values cannot be a customer's number, name or address: by category (dates, booleans, intervals, enums,
#: geometry, networks, bits, ranges), and by name, numbers that are too short among them.
_OTHER_CATEGORIES = frozenset("DBTEGIVR")
_OTHER_TYPES = frozenset({"uuid", "smallint", "integer", "real", "oid", "money", "pg_lsn", "xid", "xid8", "tid"})
#: Of a table that was never analysed: what is usual.
_ROWS_A_PAGE = 50.0
#: Up to here all blocks are read (8 MB); of a larger table some are drawn, and not too few of them.
_SMALL, _FEWEST_BLOCKS = 1_000, 20
_BATCH = 50


class Unread(Exception):
    """A table that could not be sampled; `reason` says why, without a word of the server's about a value."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def holds_text(column: HeldColumn) -> bool:
    """Whether values of *column* could be, or have in them, what identifies a customer."""
    return column.category not in _OTHER_CATEGORIES and column.plain_type not in _OTHER_TYPES


@contextmanager
def looking(connection: Connection) -> Iterator[None]:
    """A read-only transaction that waits for no lock for long, and sees through row security or not at all."""
    with connection.transaction(force_rollback=True):
        connection.execute("SET TRANSACTION READ ONLY")
        connection.execute(
            "SELECT pg_catalog.set_config('statement_timeout', %s, true),"
            " pg_catalog.set_config('lock_timeout', %s, true), pg_catalog.set_config('row_security', 'off', true)",
            [STATEMENT_TIMEOUT, LOCK_TIMEOUT],
        )
        # Where the server has it: no foreign table is reached through a partition.
        connection.execute(
            "SELECT pg_catalog.set_config(name, 'view,foreign-table', true) FROM pg_catalog.pg_settings"
            " WHERE name = 'restrict_nonsystem_relation_kind'"
        )
        yield


def sample(connection: Connection, table: HeldTable, columns: list[HeldColumn], rows: int) -> Iterator[tuple[str, ...]]:
    """
    Yield at most *rows* rows of *table*, each with the texts of *columns*; what is empty, or no text, is "".

    Raises `Unread`, with the reason.
    """
    if not (table.readable or table.as_owner):
        raise Unread(f"no right to SELECT, and none to act as {table.owner}")
    forms = [column.plain_type for column in columns]
    try:
        with looking(connection):
            if not table.readable:
                connection.execute(sql.SQL("SET LOCAL ROLE {}").format(sql.Identifier(table.owner)))
            [(pages, rows_a_page)] = ask(connection, "held_size", oid=table.oid)
            drawn = _drawn(pages, rows_a_page or _ROWS_A_PAGE, rows)
            with connection.cursor(name="pgcustsec_sample") as cursor:
                cursor.itersize = _BATCH
                cursor.execute(_query(table, columns, drawn, rows))
                for row in cursor:
                    yield tuple(_text(value, form) for value, form in zip(row, forms, strict=True))
    except errors.QueryCanceled:
        raise Unread(f"reading took longer than {STATEMENT_TIMEOUT}") from None
    except errors.LockNotAvailable:
        raise Unread(f"it is locked, for longer than {LOCK_TIMEOUT}") from None
    except errors.InsufficientPrivilege:
        raise Unread("row security or missing rights keep rows from this login") from None
    except psycopg.Error as error:
        raise Unread(f"the server refused it, SQLSTATE {error.sqlstate}") from None
    except UnicodeDecodeError:
        raise Unread("its texts are in no encoding that the server declares") from None


def _query(table: HeldTable, columns: list[HeldColumn], drawn: sql.Composable, rows: int) -> sql.Composed:
    """Rows are drawn before they are read: a LIMIT alone would give the oldest, and texts of rows that nobody wants."""
    names = [sql.Identifier(column.name) for column in columns]
    return sql.SQL("SELECT {} FROM (SELECT {} FROM {}{} ORDER BY pg_catalog.random() LIMIT {}) AS drawn").format(
        sql.SQL(", ").join(map(_read, columns)),
        sql.SQL(", ").join(names),
        sql.Identifier(*table.relation),
        drawn,
        sql.Literal(rows),
    )


def _drawn(pages: int, rows_a_page: float, rows: int) -> sql.Composable:
    """The TABLESAMPLE of a large table that gives hardly more than *rows* rows, from all of it."""
    if pages <= _SMALL:
        return sql.SQL("")
    blocks = max(1.2 * rows / rows_a_page, _FEWEST_BLOCKS)
    return sql.SQL(" TABLESAMPLE system ({})").format(sql.Literal(min(100.0, round(100 * blocks / pages, 6))))


def _read(column: HeldColumn) -> sql.Composed:
    name, type_ = sql.Identifier(column.name), column.plain_type
    if type_ == "bytea":
        return sql.SQL("pg_catalog.substr({}, 1, {})").format(name, sql.Literal(LONGEST))
    longest = LONGEST_DOCUMENT if type_ in DOCUMENTS else LONGEST
    return sql.SQL("pg_catalog.left(pg_catalog.format('%s', {}), {})").format(name, sql.Literal(longest))


def _text(value: str | bytes | None, form: str) -> str:
    if value is None:
        return ""
    if isinstance(value, bytes):
        return _decoded(value)
    return "" if form in DOCUMENTS and value == "null" else value


def _decoded(value: bytes) -> str:
    """The text that *value* is, in one of the two encodings that files here have; "" where it is no text."""
    for encoding in ("utf-8", "gb18030"):
        # The end may be cut within a character.
        for cut in range(4):
            try:
                text = value[: len(value) - cut].decode(encoding)
            except UnicodeDecodeError:
                continue
            if not any(c < " " and c not in "\t\n\r\f" for c in text):
                return text
            break
    return ""
