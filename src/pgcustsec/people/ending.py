"""Ending the connections of a login: what it began it must not finish."""

from __future__ import annotations

from dataclasses import dataclass

from psycopg import errors, sql

from pgcustsec.db import Connection

_WAIT_MS = 5000


@dataclass(frozen=True, slots=True)
class Ended:
    """How many connections were `ended`, the process ids of those `left`, and whether we could look at all."""

    ended: int
    left: tuple[int, ...] = ()
    seen: bool = True

    def done(self, login: str) -> tuple[str, ...]:
        """What happened, if anything did."""
        return (f"{_connections(self.ended)} of login {login} ended",) if self.ended else ()

    def notices(self, login: str) -> tuple[str, ...]:
        """What somebody else has to do, if anything is left."""
        if not self.seen:
            return (f"could not look for connections of {login}: pg_stat_activity is closed to this login",)
        if not self.left:
            return ()
        pids = ", ".join(map(str, self.left))
        return (
            f"{_connections(len(self.left))} of {login} could not be ended (pid {pids}), and see no customer; "
            "a superuser or member of pg_signal_backend ends them with pg_terminate_backend",
        )


def end_connections(connection: Connection, login: str) -> Ended:
    """
    End every connection of *login* in this cluster. To be called after the commit of what keeps it from coming back.

    Never raises for lack of rights: what is left is told.
    """
    try:
        found = _connections_of(connection, login)
        if not found:
            return Ended(0)
        _terminate(connection, login)
    except errors.InsufficientPrivilege:
        pass
    try:
        left = _connections_of(connection, login)
    except errors.InsufficientPrivilege:
        return Ended(0, seen=False)
    return Ended(len(found - left), tuple(sorted(left)))


def _connections_of(connection: Connection, login: str) -> set[int]:
    rows = connection.execute(
        "SELECT a.pid FROM pg_catalog.pg_stat_activity AS a"
        " WHERE a.usename = %s AND a.pid <> pg_catalog.pg_backend_pid()",
        [login],
    )
    return {row[0] for row in rows}


def _terminate(connection: Connection, login: str) -> None:
    """
    Terminate as a superuser, or as the login itself.

    An administrator may hand the login out, so may take it: the grant lasts for this transaction, which is rolled back,
    while a terminated connection stays terminated.
    """
    with connection.transaction(force_rollback=True):
        if not _may_signal(connection):
            name = sql.Identifier(login)
            own = sql.Identifier(connection.info.user)
            connection.execute(sql.SQL("GRANT {} TO {}").format(name, own))
            connection.execute(sql.SQL("SET LOCAL ROLE {}").format(name))
        connection.execute(
            "SELECT pg_catalog.pg_terminate_backend(a.pid, %s) FROM pg_catalog.pg_stat_activity AS a"
            " WHERE a.usename = %s AND a.pid <> pg_catalog.pg_backend_pid()",
            [_WAIT_MS, login],
        )


def _may_signal(connection: Connection) -> bool:
    row = connection.execute("SELECT pg_catalog.pg_has_role(current_user, 'pg_signal_backend', 'USAGE')").fetchone()
    return row == (True,)


def _connections(count: int) -> str:
    return f"{count} connection{'' if count == 1 else 's'}"
