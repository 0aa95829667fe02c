"""
For applications whose one login speaks for many people (2.3): signed tokens, and transactions that carry them.

An application holds a signing key (`pgcustsec token keys rotate`), signs in the person by itself, and then says in each
transaction who it speaks for, in which role. PostgreSQL believes the signature and nothing else: without one it shows
nothing. It works through a pooler that hands out connections by transaction, since a token lives as long as one.

    key = SigningKey.parse(os.environ["PGCUSTSEC_TOKEN_KEY"])
    person = Speaker(key, staff="S1001", role="sales_agent", purpose="selling")   # one per signed-in session

    with speaking(connection, person):                       # psycopg 3
        connection.execute("SELECT name FROM customer")

    async with speaking_async(connection, person): ...       # psycopg 3, async

    speak(engine, current_person.get)                        # SQLAlchemy: in every transaction of the engine

This module needs nothing else of pgcustsec, and psycopg or SQLAlchemy only where they are used.
"""

from __future__ import annotations

import hashlib
import hmac
import time
import uuid
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pgcustsec.errors import UsageError

if TYPE_CHECKING:
    import psycopg
    from sqlalchemy import Connection, Engine
    from sqlalchemy.ext.asyncio import AsyncEngine

#: The form of tokens and of keys: another form will begin with another word.
FORM = "pgcustsec1"
#: How long a token holds unless said: a transaction, and some.
DEFAULT_SECONDS = 120

_SET = "SELECT set_config('pgcustsec.token', {0}, true), set_config('search_path', {0}, true)"
_REGISTER = "SELECT pgcustsec.register_session({0})"


@dataclass(frozen=True, slots=True)
class SigningKey:
    """What an application signs with: its login, the key's id, and the secret, which nobody else has to know."""

    login: str
    key_id: str
    secret: bytes = field(repr=False)

    @classmethod
    def parse(cls, text: str) -> SigningKey:
        """Return the key that `pgcustsec token keys rotate` printed. Raises `UsageError`, without the text in it."""
        parts = text.strip().split(".")
        try:
            if len(parts) != 4 or parts[0] != FORM:
                raise ValueError
            return cls(bytes.fromhex(parts[2]).decode(), parts[1], bytes.fromhex(parts[3]))
        except ValueError as error:
            raise UsageError(
                "this is no signing key", hint="it is one line that begins with pgcustsec1: pgcustsec token keys rotate"
            ) from error

    def __str__(self) -> str:
        """The one line that `parse` reads."""
        return ".".join([FORM, self.key_id, _hex(self.login), self.secret.hex()])


def mint(
    key: SigningKey, *, staff: str, role: str, purpose: str, session: uuid.UUID, seconds: int = DEFAULT_SECONDS
) -> str:
    """
    Return a token by which *key*'s login speaks for *staff* in *role*, in *session*, for the next *seconds*.

    The server refuses what holds for longer than the matrix's ``token_minutes``, a role that the person does not hold
    or the application may not speak in, and everything once the session has ended.
    """
    expires = int(time.time()) + seconds
    said = ".".join([FORM, key.key_id, str(expires), str(session), _hex(role), _hex(staff), _hex(purpose)])
    signed = f"{key.login}\n{said}".encode()
    return f"{said}.{hmac.new(key.secret, signed, hashlib.sha256).hexdigest()}"


def _hex(text: str) -> str:
    return text.encode().hex()


@dataclass(slots=True)
class Speaker:
    """
    One person at work through an application: who, in which role, for what purpose, in which session.

    Make one when the person signs in and keep it for their web session; *session* given again makes the same one in
    another process. The session begins in the database with the first transaction, and ends with `end`, at its term, or
    when an administrator ends it; a new person, role or purpose is a new Speaker.
    """

    key: SigningKey
    staff: str
    role: str
    purpose: str
    session: uuid.UUID = field(default_factory=uuid.uuid4)
    seconds: int = DEFAULT_SECONDS
    registered: bool = False

    def token(self) -> str:
        """A fresh token, for one transaction."""
        return mint(
            self.key,
            staff=self.staff,
            role=self.role,
            purpose=self.purpose,
            session=self.session,
            seconds=self.seconds,
        )

    @property
    def path(self) -> str:
        """The search path on which a table's bare name is the view of the role."""
        return '"' + self.role.replace('"', '""') + '"'


@contextmanager
def speaking(connection: psycopg.Connection[Any], speaker: Speaker) -> Iterator[psycopg.Connection[Any]]:
    """
    Run the block in a transaction of *connection* that speaks for *speaker*; it commits, or rolls back on an error.

    The connection must not be in a transaction: the session's own beginning is committed first, in one by itself.
    Behind a pooler that does not know prepared statements, connect with ``prepare_threshold=None``.
    Raises psycopg's error with SQLSTATE CS003 to CS007 when the server does not take the token.
    """
    if not speaker.registered:
        with connection.transaction():
            connection.execute(_REGISTER.format("%s"), [speaker.token()])
        speaker.registered = True
    with connection.transaction():
        connection.execute(_SET.format("%s"), [speaker.token(), speaker.path])
        yield connection


@asynccontextmanager
async def speaking_async(
    connection: psycopg.AsyncConnection[Any], speaker: Speaker
) -> AsyncIterator[psycopg.AsyncConnection[Any]]:
    """`speaking`, for an asynchronous connection."""
    if not speaker.registered:
        async with connection.transaction():
            await connection.execute(_REGISTER.format("%s"), [speaker.token()])
        speaker.registered = True
    async with connection.transaction():
        await connection.execute(_SET.format("%s"), [speaker.token(), speaker.path])
        yield connection


def speak(engine: Engine | AsyncEngine, current: Callable[[], Speaker | None]) -> None:
    """
    Make every transaction of *engine* speak for whom *current* returns when it begins; for None it speaks for nobody.

    *current* is asked in the thread or task that begins the transaction: a `ContextVar`'s ``get`` does for threads and
    for asyncio. A connection in AUTOCOMMIT has no transaction, and so speaks for nobody.
    """
    from sqlalchemy import event

    synchronous: Engine = getattr(engine, "sync_engine", engine)

    @event.listens_for(synchronous, "begin")
    def _begin(connection: Connection) -> None:
        speaker = current()
        if speaker is None:
            return
        if not speaker.registered:
            _register(synchronous, speaker)
        mark = "%s" if synchronous.dialect.paramstyle in ("format", "pyformat") else "$1"
        statement = (
            _SET.format("%s")
            if mark == "%s"
            else "SELECT set_config('pgcustsec.token', $1, true), set_config('search_path', $2, true)"
        )
        connection.exec_driver_sql(statement, (speaker.token(), speaker.path))


def _register(engine: Engine, speaker: Speaker) -> None:
    """Begin the session, in a transaction by itself on a connection of its own."""
    connection = engine.raw_connection()
    try:
        cursor = connection.cursor()
        mark = "%s" if engine.dialect.paramstyle in ("format", "pyformat") else "$1"
        cursor.execute(_REGISTER.format(mark), (speaker.token(),))
        connection.commit()
    finally:
        connection.close()
    speaker.registered = True
