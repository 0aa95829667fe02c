"""What a login is in the cluster, and whether it may be a person's: one that passes row security by may not (5.3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from pgcustsec.catalog.queries import ask
from pgcustsec.db import Connection
from pgcustsec.errors import Refused, UsageError
from pgcustsec.people.words import Words

_LONGEST = 63
_OWN_NAMES = frozenset({"pgcustsec_owner", "public", "none"})


@dataclass(frozen=True, slots=True)
class Standing:
    """
    A role that exists. `attributes`: SUPERUSER and its like; `owns`: protected things; `reaches`: roles it is in that
    have either, or read every table; `members`: roles that act as it. `valid_until` None: its password never expires.
    """

    can_login: bool
    inherits: bool
    valid_until: datetime | None
    expired: bool
    attributes: tuple[str, ...]
    owns: tuple[str, ...]
    reaches: tuple[str, ...]
    members: tuple[str, ...]


def read_standing(connection: Connection, login: str) -> Standing | None:
    """Return what *login* is, read as pgcustsec_owner; None when there is no such role."""
    for can_login, inherits, until, expired, *lists in ask(connection, "login_standing", login=login):
        attributes, owns, reaches, members = map(tuple, lists)
        return Standing(can_login, inherits, until, expired, attributes, owns, reaches, members)
    return None


def check_name(login: str, words: Words) -> None:
    """Raise `UsageError` unless *login* can be a login's name, `Refused` when it is one of the matrix's own roles."""
    if not login or not login.isprintable() or login != login.strip():
        raise UsageError(f"{login!r} is no name for a login", hint="printable characters, no blank at either end")
    if len(login.encode()) > _LONGEST:
        raise UsageError(f"login {login!r} is longer than PostgreSQL's {_LONGEST} bytes", hint="take a shorter name")
    if login.startswith("pg_"):
        raise UsageError(f"login {login!r} begins with pg_, which PostgreSQL keeps for itself")
    groups = {word.group_role for word in words.roles.values()}
    if login in _OWN_NAMES | groups | {f"{group}_viewer" for group in groups}:
        raise Refused(
            f"{login} is the name of a role that nobody logs in as: a group or viewer of the matrix",
            hint="give the person a login of their own",
        )


def check_standing(login: str, standing: Standing, server_major: int) -> None:
    """Raise `Refused` when *login* could do more than its person's roles allow, or could not do even that."""
    broken = None
    if standing.attributes:
        broken = f"is {', '.join(standing.attributes)}"
    elif standing.owns:
        broken = f"owns {', '.join(standing.owns[:3])}"
    elif standing.reaches:
        broken = f"is a member of {', '.join(standing.reaches)}"
    elif standing.members:
        broken = f"is a group: {', '.join(standing.members[:3])} can act as it (2.3)"
    elif not standing.inherits and server_major < 16:
        broken = "is NOINHERIT, so that its person's roles would give it nothing"
    if broken:
        raise Refused(f"login {login} {broken}", hint="a person's login has nothing but the person's roles (5.3)")
