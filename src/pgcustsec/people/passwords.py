"""What a password must be, how long it holds, and its verifier. The clear text never leaves this process (2.2, 2.4)."""

from __future__ import annotations

from pgcustsec.db import Connection
from pgcustsec.errors import NotAllowed, UsageError

MINIMUM_LENGTH = 12
#: Half a year (2.4): no matrix and no option goes beyond.
MAXIMUM_DAYS = 182
PASSWORD_RULE = f"at least {MINIMUM_LENGTH} characters, no control characters, not containing the login's name"


def check_password(password: str, login: str) -> None:
    """Raise `UsageError` when *password* breaks the rule for *login*; the message tells nothing of it."""
    broken = None
    if len(password) < MINIMUM_LENGTH:
        broken = f"it has fewer than {MINIMUM_LENGTH} characters"
    elif not all(character.isprintable() for character in password):
        broken = "it has a control character"
    elif len(set(password)) == 1:
        broken = "it is one character over and over"
    elif login.casefold() in password.casefold():
        broken = "it contains the login's name"
    if broken:
        raise UsageError(f"the password for {login} will not do: {broken}", hint=PASSWORD_RULE)


def check_days(days: int, maximum: int = MAXIMUM_DAYS) -> None:
    """Raise `UsageError` unless a password may hold for *days*."""
    maximum = min(maximum, MAXIMUM_DAYS)
    if not 1 <= days <= maximum:
        raise UsageError(
            f"a password cannot hold for {days} days", hint=f"1 to {maximum} days: it is changed every half year (2.4)"
        )


def verifier(connection: Connection, login: str, password: str) -> str:
    """
    Return the SCRAM-SHA-256 verifier of *password*, made here by libpq.

    The server and its log get this and never the password. Raises `NotAllowed` when libpq is too old to make one.
    """
    made = connection.pgconn.encrypt_password(password.encode(), login.encode(), b"scram-sha-256").decode()
    if not made.startswith("SCRAM-SHA-256$"):
        raise NotAllowed("this libpq makes no SCRAM-SHA-256 verifier", hint="install psycopg[binary]")
    return made
