"""
What a login has follows from what its person holds: group roles and search path.

The objects are those that a plan wants, and the statements those that an apply runs: a plan right after is empty.
"""

from __future__ import annotations

from collections.abc import Iterable

from psycopg import sql

from pgcustsec.catalog.queries import ask
from pgcustsec.compile import render
from pgcustsec.compile.logins import login_objects
from pgcustsec.compile.quote import ident
from pgcustsec.db import Connection
from pgcustsec.errors import NotAllowed
from pgcustsec.objects import Key, Membership, Setting
from pgcustsec.people.transaction import as_owner
from pgcustsec.people.words import Words

LoginObjects = dict[Key, Membership | Setting]


def follow(connection: Connection, words: Words, login: str, roles: Iterable[str]) -> list[str]:
    """
    Give *login* what a holder of *roles* has and take what it has beyond, in the open transaction.

    Returns what was done, one line each. Raises `NotAllowed` when something is left that only somebody else can take:
    PostgreSQL merely warns of a REVOKE that revokes nothing.
    """
    held = words.held(roles)
    version = connection.info.server_version // 10000
    wanted = _by_key(login_objects(login, held, connection.info.dbname, version))
    present = _present(connection, words, login)
    done = []
    for key in present.keys() - wanted.keys():
        connection.execute(sql.SQL(render.drop(present[key]).sql))
        done.append(_line(present[key], taken=True))
    for key, thing in wanted.items():
        if present.get(key) == thing:
            continue
        statement = render.change(present[key], thing) if key in present else render.create(thing)
        connection.execute(sql.SQL(statement.sql))
        done.append(_line(thing))
    _verify(connection, words, login, wanted)
    return sorted(done)


def _by_key(things: Iterable[Membership | Setting]) -> LoginObjects:
    return {thing.key: thing for thing in things}


def _present(connection: Connection, words: Words, login: str) -> LoginObjects:
    """What of the matrix's the login has now. Other groups and settings are none of the matrix's and stay."""
    major = connection.info.server_version // 10000
    groups = {word.group_role for word in words.roles.values()}
    with as_owner(connection):
        memberships = ask(connection, "memberships", roles=[login], above=[], logins=[])
        settings = ask(connection, "settings", logins=[login])
    things: list[Membership | Setting] = [
        Membership(role, member, admin, inherit or major < 16, set_, major, tuple(grantors))
        for role, member, admin, inherit, set_, grantors in memberships
        if member == login and role in groups
    ]
    for role, database, entry in settings:
        name, _, value = entry.partition("=")
        if name == "search_path":
            path = ", ".join(ident(part.strip().strip('"')) for part in value.split(","))
            things.append(Setting(role, database, name, path))
    return _by_key(things)


def _verify(connection: Connection, words: Words, login: str, wanted: LoginObjects) -> None:
    left = _present(connection, words, login)
    if left == wanted:
        return
    for key in left.keys() - wanted.keys():
        thing = left[key]
        if isinstance(thing, Membership):
            raise NotAllowed(
                f"{login} is in {thing.role} by grant of {', '.join(thing.grantors)}; nothing was changed",
                hint="who granted it must revoke it: connect as that role or as a superuser",
            )
    raise NotAllowed(f"the roles of login {login} could not be set; nothing was changed", hint="connect as a superuser")


def _line(thing: Membership | Setting, *, taken: bool = False) -> str:
    if isinstance(thing, Membership):
        return f"login {thing.member} {'taken out of' if taken else 'put into'} group {thing.role}"
    if taken:
        return f"search_path of login {thing.role} reset"
    return f"search_path of login {thing.role} is {thing.value}"
