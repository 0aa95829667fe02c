"""
For applications whose one login speaks for many people (2.3): signed tokens, and transactions that carry them.

An application holds a signing key (`pgcustsec token keys rotate`), signs in the person by itself, and then says in each
transaction who it speaks for, in which role. PostgreSQL believes the signature and nothing else: without one it shows
nothing. It works through a pooler that hands out connections by transaction, since what is said lasts as long as one.

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
import re
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

__all__ = ["DEFAULT_SECONDS", "FORM", "SigningKey", "Speaker", "mint", "speak", "speaking", "speaking_async"]

#: The form of tokens and of keys: another form will begin with another word.
FORM = "pgcustsec1"
#: How long a token holds unless said: a transaction, and some.
DEFAULT_SECONDS = 120

_KEY = re.compile(rf"{FORM}\.([0-9a-f]{{8}})\.((?:[0-9a-f]{{2}})+)\.((?:[0-9a-f]{{2}}){{16,}})")
_HOW_TO_GET_ONE = f"it is one line that begins with {FORM}: pgcustsec token keys rotate"

_DIALECT = "postgresql+psycopg"

# Whatever the connection is set to: a session begins in no older snapshot, and it is written down.
_BEGINNING = "SET TRANSACTION ISOLATION LEVEL READ COMMITTED, READ WRITE"
_REGISTER = "SELECT pgcustsec.register_session(%(token)s)"
# Registered again, a session that goes on is left as it is; of one that has ended, or whose person lost the role, the
# server says so. Without this the person would be nobody, and find no rows.
_SPEAK = (
    "SELECT pgcustsec.register_session(%(token)s), pg_catalog.set_config('pgcustsec.token', %(token)s, true),"
    " pg_catalog.set_config('search_path', %(path)s, true)"
)
# Not left as it is, and not for one transaction: somebody may have set it for the whole connection, before we got it.
_BE_NOBODY = "SELECT pg_catalog.set_config('pgcustsec.token', '', false)"


@dataclass(frozen=True, slots=True)
class SigningKey:
    """
    What an application signs with: its login, the key's id (8 hexadecimal digits), and the secret.

    Whoever has the secret speaks for every member of staff, in the application's roles. `str(key)` shows it.
    """

    login: str
    key_id: str
    secret: bytes = field(repr=False)

    @classmethod
    def parse(cls, text: str) -> SigningKey:
        """
        Return the key in *text*, the line that `pgcustsec token keys rotate` printed; blanks around it do not matter.

        Raises `UsageError` for anything else, without what was given in it.
        """
        found = _KEY.fullmatch(text.strip())
        try:
            login = bytes.fromhex(found[2]).decode() if found else ""
        except UnicodeDecodeError:
            login = ""
        if not found or not login:
            raise UsageError("this is no signing key", hint=_HOW_TO_GET_ONE)
        return cls(login, found[1], bytes.fromhex(found[3]))

    def __str__(self) -> str:
        """The one line that `parse` reads."""
        return ".".join([FORM, self.key_id, _hex(self.login), self.secret.hex()])


def mint(
    key: SigningKey, *, staff: str, role: str, purpose: str, session: uuid.UUID, seconds: int = DEFAULT_SECONDS
) -> str:
    """
    Return a token by which *key*'s login speaks for *staff* in *role*, in *session*, for the next *seconds* (2.3).

    It is text without blanks, for ``SET LOCAL pgcustsec.token``. The server takes it for nobody's when it holds for
    longer than the matrix's ``token_minutes``, names a role that the person does not hold or the application may not
    speak in, or once *session* has ended; `pgcustsec.register_session` says which. The clock is this machine's: it may
    be a minute before the server's.
    """
    expires = int(time.time()) + seconds
    said = ".".join([FORM, key.key_id, str(expires), str(session), _hex(role), _hex(staff), _hex(purpose)])
    signed = f"{key.login}\n{said}"
    return f"{said}.{_sign(key.secret, signed.encode())}"


def _sign(secret: bytes, message: bytes) -> str:
    """HMAC-SHA-256 (RFC 2104), in hexadecimal."""
    return hmac.new(secret, message, hashlib.sha256).hexdigest()


def _hex(text: str) -> str:
    return text.encode().hex()


@dataclass(slots=True)
class Speaker:
    """
    One person at work through an application: who, in which role, for what purpose, in which session (2.3, 4.3).

    Make one when the person signs in and keep it for their web session; *session* given again makes the same one in
    another process. Threads and tasks may share it. The session begins in the database with the first transaction. It
    ends with ``SELECT pgcustsec.end_session()`` in one, at its term, or when an administrator ends it; from then on
    each transaction is refused with SQLSTATE CS006. A new person, role or purpose is a new Speaker.

    *seconds* is how long a token holds, made anew for each transaction: one that takes longer finds nothing any more.
    """

    key: SigningKey
    staff: str
    role: str
    purpose: str
    session: uuid.UUID = field(default_factory=uuid.uuid4)
    seconds: int = DEFAULT_SECONDS
    #: Whether this process has seen the session begin.
    registered: bool = field(default=False, init=False, compare=False)

    def token(self) -> str:
        """Return a fresh token, for one transaction; see `mint`."""
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

    def _says(self) -> dict[str, str]:
        return {"token": self.token(), "path": self.path}


@contextmanager
def speaking(connection: psycopg.Connection[Any], speaker: Speaker) -> Iterator[psycopg.Connection[Any]]:
    """
    Run the block in a transaction of *connection* that speaks for *speaker* (2.3); it commits, on an error rolls back.

    Inside, a table's bare name is the view of the speaker's role; ``connection.transaction()`` makes savepoints. After
    the block the connection speaks for nobody. A transaction of the connection that is open already is refused with
    `UsageError`: what a session's beginning shows waits for its own commit, so that comes first, once a Speaker.

    Raises psycopg's error with SQLSTATE CS002 to CS007 when the server does not take the token or the session has
    ended, before the block is run. Behind a pooler without prepared statements, connect with
    ``prepare_threshold=None``.
    """
    _refuse_open(connection)
    if not speaker.registered:
        with connection.transaction():
            connection.execute(_BEGINNING)
            connection.execute(_REGISTER, speaker._says())
        speaker.registered = True
    with connection.transaction():
        connection.execute(_SPEAK, speaker._says())
        yield connection


@asynccontextmanager
async def speaking_async(
    connection: psycopg.AsyncConnection[Any], speaker: Speaker
) -> AsyncIterator[psycopg.AsyncConnection[Any]]:
    """`speaking`, for an asynchronous connection."""
    _refuse_open(connection)
    if not speaker.registered:
        async with connection.transaction():
            await connection.execute(_BEGINNING)
            await connection.execute(_REGISTER, speaker._says())
        speaker.registered = True
    async with connection.transaction():
        await connection.execute(_SPEAK, speaker._says())
        yield connection


def _refuse_open(connection: psycopg.Connection[Any] | psycopg.AsyncConnection[Any]) -> None:
    if connection.info.transaction_status.name in ("ACTIVE", "INTRANS", "INERROR"):
        raise UsageError(
            "the connection is in a transaction already, which speaks for somebody else or for nobody",
            hint="commit or roll back first; a block of one person does not stand inside another's",
        )


def speak(engine: Engine | AsyncEngine, current: Callable[[], Speaker | None]) -> None:
    """
    Make every transaction of *engine* speak for whom *current* returns when it begins; for None, for nobody (2.3).

    *engine* is SQLAlchemy's with the dialect ``postgresql+psycopg``, synchronous or not; `UsageError` for another. Call
    this once, before the engine is used. *current* is asked in the thread or task that begins the transaction: a
    `ContextVar`'s ``get`` does for both. Inside, a table's bare name is the view of the speaker's role.

    A transaction begins with the first statement. When the server does not take the token or the session has ended,
    that raises SQLAlchemy's ``DatabaseError``, its ``orig.sqlstate`` CS002 to CS007. A connection in AUTOCOMMIT has no
    transaction, and so speaks for nobody; nor does what you commit by a statement go on.
    """
    from sqlalchemy import Engine, event

    synchronous = engine if isinstance(engine, Engine) else engine.sync_engine
    dialect = f"{synchronous.dialect.name}+{synchronous.dialect.driver}"
    if dialect != _DIALECT:
        raise UsageError(
            f"an engine of dialect {dialect} carries no tokens",
            hint=f"make it with a URL that begins with {_DIALECT}://",
        )

    @event.listens_for(synchronous, "begin")
    def _begin(connection: Connection) -> None:
        speaker = None if _is_autocommit(connection) else current()
        if speaker is None:
            connection.exec_driver_sql(_BE_NOBODY)
            return
        if not speaker.registered:
            _register(connection, speaker)
        connection.exec_driver_sql(_SPEAK, speaker._says())


def _is_autocommit(connection: Connection) -> bool:
    return bool(getattr(connection.connection.dbapi_connection, "autocommit", False))


def _register(connection: Connection, speaker: Speaker) -> None:
    """
    Begin the session and commit, on the connection whose transaction is about to begin.

    Not on one of its own: where every connection of the pool waits for another one, none comes.
    """
    connection.exec_driver_sql(_BEGINNING)
    connection.exec_driver_sql(_REGISTER, speaker._says())
    connection.dialect.do_commit(connection.connection)
    speaker.registered = True
