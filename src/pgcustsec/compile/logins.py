"""What a person's login has: membership of the roles they hold, and a search path that finds those roles' views."""

from __future__ import annotations

from collections.abc import Sequence

from pgcustsec.compile.quote import ident
from pgcustsec.objects import Membership, Setting


def membership(group_role: str, login: str, version: int) -> Membership:
    """A login's membership of a group role: its rights are inherited, nothing is handed on (5.3)."""
    modern = version >= 16
    return Membership(role=group_role, member=login, admin=False, inherit=True, set=not modern, server_major=version)


def login_objects(
    login: str, roles: Sequence[tuple[str, str]], database: str, version: int
) -> list[Membership | Setting]:
    """
    Return what the login of a person who holds *roles* has in *database*.

    *roles* pairs the role's code (its schema) with its group role, in matrix order: an unqualified table name is that
    of the first. *version* is the server's major version. Nobody without a role gets anything.
    """
    if not roles:
        return []
    path = ", ".join(ident(code) for code, _ in roles)
    return [
        *(membership(group, login, version) for _, group in roles),
        Setting(role=login, database=database, name="search_path", value=path),
    ]
