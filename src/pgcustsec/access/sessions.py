"""Sessions as an administrator sees and ends them (5.2.4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from psycopg import errors

from pgcustsec.catalog.queries import ask
from pgcustsec.db import Connection
from pgcustsec.errors import UsageError
from pgcustsec.people.ending import end_connections
from pgcustsec.people.transaction import as_owner, reading


@dataclass(frozen=True, slots=True)
class Session:
    """One session: whose, what for, since when, until when at the latest, and what has become of it."""

    session_id: UUID
    staff: str
    name: str
    purpose: str
    roles: tuple[str, ...]
    login: str
    started_at: datetime
    ends_at: datetime
    state: str


def list_sessions(connection: Connection, *, staff: str | None = None, ended: bool = False) -> list[Session]:
    """Return the live sessions, newest first, of *staff* only if given; with *ended* those of all times."""
    with reading(connection):
        return _sessions(connection, staff=staff, ended=ended)


def end_session(connection: Connection, session_id: UUID) -> Session:
    """
    End a session now: a token that names it is nobody's, and a person shows tier 3 only until they start another.

    If its person keeps a lock on it in an open transaction, the connections of its login are ended first.
    Raises `UsageError` when there is no such session, `NotAllowed`; then nothing is changed.
    """
    with reading(connection):
        there = _sessions(connection, session=session_id, ended=True)
    if not there:
        raise UsageError(f"no session {session_id}", hint="`pgcustsec access sessions` shows those that are live")
    [found] = there
    if found.state == "live":
        try:
            _revoke(connection, found)
        except errors.LockNotAvailable:
            end_connections(connection, found.login)
            _revoke(connection, found)
    with reading(connection):
        [after] = _sessions(connection, session=session_id, ended=True)
    return after


def _revoke(connection: Connection, session: Session) -> None:
    with connection.transaction(), as_owner(connection):
        connection.execute("SELECT pg_catalog.set_config('lock_timeout', '2s', true)")
        connection.execute(
            "SELECT pgcustsec_internal._end_session(%s, %s, 'revoked')", [session.session_id, session.staff]
        )


def _sessions(
    connection: Connection, *, staff: str | None = None, session: UUID | None = None, ended: bool = False
) -> list[Session]:
    rows = ask(connection, "sessions", staff=staff, session=session, ended=ended)
    return [
        Session(number, whose, name, purpose, tuple(roles), login, started, ends, state)
        for number, whose, name, purpose, roles, login, started, ends, state in rows
    ]
