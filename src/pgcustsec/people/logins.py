"""Logins: one per person (2.3), with a SCRAM password that expires (2.2, 2.4) and only the person's roles (5.3)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from psycopg import sql

from pgcustsec.catalog.queries import ask
from pgcustsec.db import Connection
from pgcustsec.errors import Refused, UsageError
from pgcustsec.matrix.model import Matrix
from pgcustsec.people.ending import end_connections
from pgcustsec.people.members import working_member
from pgcustsec.people.memberships import follow
from pgcustsec.people.outcome import Outcome
from pgcustsec.people.passwords import MAXIMUM_DAYS, check_days, check_password, verifier
from pgcustsec.people.staff import take_login
from pgcustsec.people.standing import check_name, check_standing, read_standing
from pgcustsec.people.transaction import as_owner, changing, reading
from pgcustsec.people.words import Words, nearest, read_words

State = Literal["enabled", "disabled", "expired", "missing"]

#: A person works at one desk; what opens more is a program that should have a login of its own.
PERSON_CONNECTIONS = 10
UNLIMITED = -1


@dataclass(frozen=True, slots=True)
class Login:
    """
    A login: of person `staff`, or of an application (None). `missing`: noted with the person, but no such role.
    `valid_until` None: never expires. `connections` is the limit, None for none. `roles` are those of its groups.
    """

    login: str
    staff: str | None
    name: str | None
    active: bool | None
    state: State
    valid_until: datetime | None
    connections: int | None
    roles: tuple[str, ...]


def list_logins(connection: Connection) -> list[Login]:
    """Return every login that is a person's or is in a group of the matrix, by name. Raises `NotAllowed`."""
    with reading(connection):
        return _logins(connection)


def create_login(
    connection: Connection,
    login: str,
    *,
    staff: str,
    password: str,
    days: int = MAXIMUM_DAYS,
    connections: int = PERSON_CONNECTIONS,
) -> Outcome[Login]:
    """
    Make the login of a person who has none, with what their roles give.

    Raises `UsageError` for a password, term, name or person that will not do, `Refused` for a name of the matrix's own
    roles, `NotAllowed`. Then nothing is changed.
    """
    check_password(password, login)
    check_days(days)
    with changing(connection):
        with as_owner(connection):
            words = read_words(connection)
            person = working_member(connection, staff)
            if person.login not in (None, login):
                raise UsageError(
                    f"{staff} {person.name} has login {person.login} already", hint="one login per person (2.3)"
                )
            take_login(connection, words, login, staff)
            _check_is_new(connection, login)
            connection.execute("UPDATE pgcustsec_internal.staff SET login = %s WHERE staff_id = %s", [login, staff])
        _create_role(connection, login, password, days, connections)
        made = follow(connection, words, login, person.roles)
        with as_owner(connection):
            result = _login(connection, login)
    done = (f"login {login} made for {staff} {person.name}, password valid until {_day(result.valid_until)}", *made)
    notices = (
        () if person.roles else (f"{staff} holds no role, so this login sees nothing: staff move {staff} --role ...",)
    )
    return Outcome(result, done, notices)


def create_application_login(
    connection: Connection,
    matrix: Matrix,
    application: str,
    *,
    password: str,
    days: int | None = None,
    connections: int = UNLIMITED,
) -> Outcome[Login]:
    """
    Make the login of an *application* of *matrix*, in the groups that it may speak for.

    Raises `UsageError` for an unknown application, a role that was not applied, a password or term that will not do;
    `NotAllowed`. Then nothing is changed.
    """
    login = application_login(matrix, application)
    term = matrix.accounts.password_days if days is None else days
    check_password(password, login)
    check_days(term, matrix.accounts.password_days)
    roles = matrix.applications[application].roles
    with changing(connection):
        with as_owner(connection):
            words = read_words(connection)
            _check_applied(words, matrix, roles)
            take_login(connection, words, login, "")
            _check_is_new(connection, login)
        _create_role(connection, login, password, term, connections)
        made = follow(connection, words, login, roles)
        with as_owner(connection):
            result = _login(connection, login)
    done = (f"login {login} made for application {application}, password valid until {_day(result.valid_until)}", *made)
    return Outcome(
        result,
        done,
        ("an application's login is nobody by itself: token keys rotate makes the key that it signs with",),
    )


def application_login(matrix: Matrix, application: str) -> str:
    """Return the login's name of *application*. Raises `UsageError` with the nearest right word."""
    if application in matrix.applications:
        return matrix.role_prefix + application
    names = {name: matrix.role_prefix + name for name in matrix.applications}
    raise UsageError(
        f"{matrix.source} has no application {application!r}{nearest(application, names)}",
        hint=f"applications there: {', '.join(names) or 'none'}",
    )


def disable_login(connection: Connection, login: str) -> Outcome[Login]:
    """
    Keep *login* from connecting, and end its connections. Its person keeps their roles.

    Raises `UsageError` when it is no login of ours, `Refused` when it is an administrator's, `NotAllowed`.
    """
    with changing(connection):
        before = _checked(connection, login)
        connection.execute(sql.SQL("ALTER ROLE {} NOLOGIN").format(sql.Identifier(login)))
        with as_owner(connection):
            after = _login(connection, login)
    said = f"login {login} was disabled already" if before.state == "disabled" else f"login {login} disabled"
    ended = end_connections(connection, login)
    return Outcome(after, (said, *ended.done(login)), ended.notices(login))


def enable_login(connection: Connection, login: str) -> Outcome[Login]:
    """
    Let *login* connect again. Its password and term stay as they are.

    Raises `UsageError` when it is no login of ours or its person has left, `Refused` when it could do more than its
    person, `NotAllowed`.
    """
    with changing(connection):
        before = _checked(connection, login)
        if before.active is False:
            raise UsageError(
                f"login {login} belongs to {before.staff} {before.name}, who has left",
                hint="who comes back gets a new staff number and login: staff add",
            )
        connection.execute(sql.SQL("ALTER ROLE {} LOGIN").format(sql.Identifier(login)))
        with as_owner(connection):
            after = _login(connection, login)
    said = f"login {login} enabled" if before.state == "disabled" else f"login {login} was enabled already"
    return Outcome(after, (said,), _term_notices(after))


def _term_notices(login: Login) -> tuple[str, ...]:
    if login.state == "expired":
        return (
            f"the password of {login.login} expired on {_day(login.valid_until)}, so it cannot connect: "
            r"in psql, \password sets a new one and ALTER ROLE ... VALID UNTIL its term (2.4)",
        )
    if login.valid_until is None:
        return (f"the password of {login.login} never expires: ALTER ROLE ... VALID UNTIL, half a year at most (2.4)",)
    return ()


def _logins(connection: Connection) -> list[Login]:
    logins = []
    for row in ask(connection, "people_logins"):
        name, staff, full_name, active, exists, can_login, until, expired, limit, roles = row
        state: State = "missing" if not exists else "disabled" if not can_login else "expired" if expired else "enabled"
        limit = None if limit in (None, UNLIMITED) else limit
        logins.append(Login(name, staff, full_name, active, state, until, limit, tuple(roles)))
    return logins


def _login(connection: Connection, login: str) -> Login:
    known = {one.login: one for one in _logins(connection)}
    if login in known:
        return known[login]
    names = {name: one.name or "" for name, one in known.items()}
    raise UsageError(
        f"{login!r} is no login of a person or application here{nearest(login, names)}",
        hint="`pgcustsec login list` shows them",
    )


def _checked(connection: Connection, login: str) -> Login:
    """Return *login* if it is ours to enable and disable; the statement that does it needs it to be a plain one."""
    with as_owner(connection):
        found = _login(connection, login)
        check_name(login, read_words(connection))
        standing = read_standing(connection, login)
    if standing is None:
        raise UsageError(
            f"login {login} of {found.staff} {found.name} is not there yet",
            hint=f"pgcustsec login create {login} --staff {found.staff}",
        )
    check_standing(login, standing, connection.info.server_version // 10000)
    return found


def _check_is_new(connection: Connection, login: str) -> None:
    if read_standing(connection, login):
        raise UsageError(
            f"role {login} exists in this cluster already",
            hint="take another name; a new staff member takes an existing login over with staff add --login",
        )


def _check_applied(words: Words, matrix: Matrix, roles: Iterable[str]) -> None:
    for role in roles:
        if words.role(role) and words.roles[role].group_role != matrix.group_role(role):
            raise Refused(
                f"role {role} is {words.roles[role].group_role} in this database, but "
                f"{matrix.group_role(role)} in {matrix.source}",
                hint="give the matrix that was applied to this database",
            )


def _create_role(connection: Connection, login: str, password: str, days: int, connections: int) -> None:
    """Make the role: nothing but LOGIN, the verifier made here, a term, and nobody who can act as it."""
    if connections < UNLIMITED or connections == 0:
        raise UsageError(f"{connections} connections for {login}", hint="1 or more; -1 for no limit")
    if connection.info.server_version >= 160000:
        connection.execute("SELECT pg_catalog.set_config('createrole_self_grant', '', true)")
    connection.execute(
        sql.SQL(
            "CREATE ROLE {} LOGIN INHERIT NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOCREATEDB NOREPLICATION"
            " CONNECTION LIMIT {} PASSWORD {} VALID UNTIL {}"
        ).format(
            sql.Identifier(login),
            sql.Literal(connections),
            sql.Literal(verifier(connection, login, password)),
            sql.Literal(_expiry(connection, days)),
        )
    )


def _expiry(connection: Connection, days: int) -> str:
    """The server's time, *days* of 24 hours from now, as text that reads the same in every time zone and date style."""
    [(epoch,)] = connection.execute("SELECT pg_catalog.date_part('epoch', pg_catalog.clock_timestamp())").fetchall()
    return datetime.fromtimestamp(int(epoch) + days * 86400, UTC).isoformat()


def _day(moment: datetime | None) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M UTC") if moment else "never"
