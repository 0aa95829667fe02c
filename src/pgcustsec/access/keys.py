"""Keys by which applications sign whom they speak for: of one login each, replaced while the old one goes on (2.3)."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from pgcustsec.catalog.queries import ask
from pgcustsec.client import SigningKey
from pgcustsec.db import Connection
from pgcustsec.errors import UsageError
from pgcustsec.people.transaction import as_owner, changing, reading
from pgcustsec.people.words import nearest

State = Literal["in use", "ending", "ended"]

#: How long tokens of the key before are taken as well: until every process of the application has the new one.
OVERLAP = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class TokenKey:
    """A key as the database has it; its secret stays there. `ends_at` None: in use until it is replaced."""

    key_id: str
    application: str
    login: str
    state: State
    made_at: datetime
    ends_at: datetime | None


def list_keys(connection: Connection) -> list[TokenKey]:
    """Return the keys of all applications, newest first. Raises `NotAllowed`."""
    with reading(connection):
        return _keys(connection)


def rotate_key(
    connection: Connection, application: str, *, overlap: timedelta = OVERLAP
) -> tuple[SigningKey, list[str]]:
    """
    Make a new key for *application*, and let those it has end after *overlap*; return it and what was done.

    This is the only time that the secret leaves the database. Raises `UsageError` for an application that the applied
    matrix has not, `NotAllowed`; then nothing is changed.
    """
    with changing(connection), as_owner(connection):
        login = _login(connection, application)
        done = [
            f"key {key_id} ends at {ends_at:%Y-%m-%d %H:%M %Z}"
            for key_id, ends_at in connection.execute(
                "UPDATE pgcustsec_keys.token_key AS k SET ends_at = pg_catalog.clock_timestamp() + %s"
                " WHERE k.login = %s AND (k.ends_at IS NULL OR k.ends_at > pg_catalog.clock_timestamp() + %s)"
                " RETURNING k.key_id, k.ends_at",
                [overlap, login, overlap],
            )
        ]
        # Made by the server and handed back as a result: what is sent to it can get into its log.
        [(key_id, secret)] = ask(connection, "make_token_key", key_id=secrets.token_hex(4), login=login)
    return SigningKey(login, key_id, bytes(secret)), [f"key {key_id} made for {application}, login {login}", *done]


def retire_key(connection: Connection, key_id: str) -> TokenKey:
    """
    End a key now: its tokens are nobody's from the next statement on.

    Raises `UsageError` for a key that is not there, `NotAllowed`; then nothing is changed.
    """
    with changing(connection), as_owner(connection):
        connection.execute(
            "UPDATE pgcustsec_keys.token_key AS k SET ends_at = pg_catalog.clock_timestamp()"
            " WHERE k.key_id = %s AND (k.ends_at IS NULL OR k.ends_at > pg_catalog.clock_timestamp())",
            [key_id],
        )
        found = [key for key in _keys(connection) if key.key_id == key_id]
    if not found:
        raise UsageError(f"no key {key_id!r}", hint="`pgcustsec token keys list` shows which there are")
    return found[0]


def _keys(connection: Connection) -> list[TokenKey]:
    return [TokenKey(*row) for row in ask(connection, "token_keys")]


def _login(connection: Connection, application: str) -> str:
    rows = connection.execute("SELECT a.application_code, a.login::text FROM pgcustsec_internal.application AS a")
    known: dict[str, str] = dict(rows.fetchall())
    if application not in known:
        raise UsageError(
            f"no application {application!r}{nearest(application, known)}",
            hint=f"applications of the applied matrix: {', '.join(sorted(known)) or 'none'}",
        )
    return known[application]
