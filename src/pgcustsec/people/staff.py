"""Staff: who works here, where, under whom, in which roles (1.4, 5.3)."""

from __future__ import annotations

from collections.abc import Sequence

from psycopg import sql

from pgcustsec.catalog.queries import ask
from pgcustsec.db import Connection
from pgcustsec.errors import Refused, UsageError
from pgcustsec.people.ending import end_connections
from pgcustsec.people.handover import Counts, counted, hand_over, still_served
from pgcustsec.people.members import Member, member, members, names, working_member
from pgcustsec.people.memberships import follow
from pgcustsec.people.outcome import Outcome
from pgcustsec.people.standing import Standing, check_name, check_standing, read_standing
from pgcustsec.people.transaction import as_owner, changing, reading
from pgcustsec.people.words import Words, nearest, read_words


def list_staff(
    connection: Connection,
    *,
    department: str | None = None,
    branch: str | None = None,
    role: str | None = None,
    left: bool = False,
) -> list[Member]:
    """
    Return staff by number, those who left too if *left*; a filter that is None asks for nothing.

    Raises `UsageError` for a word that the applied matrix does not have, `NotAllowed`.
    """
    with reading(connection):
        if department or branch or role:
            _check_words(read_words(connection), department, branch, [role] if role else [])
        return members(connection, department=department, branch=branch, role=role, left=left)


def find_staff(connection: Connection, staff: str) -> Member:
    """Return the person with number *staff*, left or not. Raises `UsageError` with the nearest number, `NotAllowed`."""
    with reading(connection):
        return member(connection, staff)


def reports_of(connection: Connection, staff: str) -> list[Member]:
    """Return who reports to *staff* directly and works here. Raises `NotAllowed`."""
    with reading(connection):
        return members(connection, manager=staff)


def add_staff(
    connection: Connection,
    staff: str,
    *,
    name: str,
    department: str,
    branch: str,
    manager: str | None = None,
    roles: Sequence[str] = (),
    login: str | None = None,
) -> Outcome[Member]:
    """
    Add a person, with what *roles* give to their *login* if that exists already.

    Raises `UsageError` for words the matrix does not have and a number or login that is taken, `Refused` for a login
    that could do more than its person, `NotAllowed`. Then nothing is changed.
    """
    _check_text("staff number", staff)
    _check_text("name", name)
    with changing(connection):
        with as_owner(connection):
            words = read_words(connection)
            _check_words(words, department, branch, roles)
            _check_number_is_free(connection, staff)
            if manager is not None:
                _check_manager(connection, staff, manager)
            standing = take_login(connection, words, login, staff) if login else None
            _insert(connection, staff, name, department, branch, manager, login)
            _give_roles(connection, staff, roles)
            added = member(connection, staff)
        done = [f"added {_described(added)}", *(f"role {role} given" for role in added.roles)]
        if login and standing:
            done += follow(connection, words, login, added.roles)
    notices = words.outside(added.roles, department)
    return Outcome(added, tuple(done), (*notices, *_login_notices(added, standing)))


def move_staff(
    connection: Connection,
    staff: str,
    *,
    department: str | None = None,
    branch: str | None = None,
    manager: str | None = None,
    no_manager: bool = False,
    roles: Sequence[str] = (),
    drop_roles: Sequence[str] = (),
) -> Outcome[Member]:
    """
    Change where a person works, under whom (*no_manager*: nobody) and in which roles; their login follows.

    Raises `UsageError` for an unknown or departed person, words the matrix does not have, a circle of managers, a role
    to drop that is not held; `NotAllowed`. Then nothing is changed.
    """
    _check_move(staff, (department, branch, manager), no_manager, roles, drop_roles)
    with changing(connection):
        with as_owner(connection):
            words = read_words(connection)
            before = working_member(connection, staff)
            _check_words(words, department, branch, roles)
            _check_held(before, drop_roles)
            if manager is not None:
                _check_manager(connection, staff, manager)
            wanted = None if no_manager else manager or before.manager
            _update(connection, staff, department or before.department, branch or before.branch, wanted)
            _give_roles(connection, staff, [role for role in roles if role not in before.roles])
            _take_roles(connection, staff, drop_roles)
            after = member(connection, staff)
            standing = read_standing(connection, after.login) if after.login else None
        done = _differences(before, after)
        if after.login and standing:
            done += follow(connection, words, after.login, after.roles)
    notices = [f"already holds role {role}" for role in roles if role in before.roles]
    return Outcome(after, tuple(done), (*notices, *words.outside(after.roles, after.department)))


def leave_staff(
    connection: Connection, staff: str, *, reassign_to: str | None = None, to_pool: bool = False
) -> Outcome[Member]:
    """
    End what a person may, in one transaction: inactive, no roles, login without groups and unable to connect.

    What they served goes to *reassign_to* in that transaction, or, *to_pool*, as far as it is prospects, back to the
    shared pool. What somebody has locked at that moment follows once the connections are ended. Of who has left before,
    only this is done.

    Their connections are ended right after. The number, the login's name and whom they managed stay on record.
    Raises `UsageError` for an unknown person, for one who has left where nothing is to be moved, and for one who takes
    over and does not work here; `Refused` where a rule of a table forbids that it moves; `NotAllowed`. Then nothing is
    changed.
    """
    if reassign_to is not None and to_pool:
        raise UsageError(f"what {staff} served is to go to {reassign_to} and to the pool", hint="give one of the two")
    moves = reassign_to is not None or to_pool
    with changing(connection):
        with as_owner(connection):
            words = read_words(connection)
            before = member(connection, staff) if moves else working_member(connection, staff)
            _check_heir(connection, staff, reassign_to)
            reports = members(connection, manager=staff) if before.active else []
            _take_roles(connection, staff, before.roles)
            if before.active:
                connection.execute("UPDATE pgcustsec_internal.staff SET active = false WHERE staff_id = %s", [staff])
            moved = hand_over(connection, staff, reassign_to) if moves else {}
            after = member(connection, staff)
            standing = read_standing(connection, before.login) if before.login and before.active else None
        done = [f"{staff} {before.name} has left"] if before.active else []
        done += [f"role {role} taken" for role in before.roles]
        if before.login and standing:
            done += follow(connection, words, before.login, ())
            connection.execute(sql.SQL("ALTER ROLE {} NOLOGIN").format(sql.Identifier(before.login)))
            done.append(f"login {before.login} disabled")
    notices = [f"managed {one.staff} {one.name}: staff move {one.staff} --manager ..." for one in reports]
    if before.login and standing:
        ended = end_connections(connection, before.login)
        done += ended.done(before.login)
        notices += ended.notices(before.login)
    moved, notice = _follow_up(connection, staff, reassign_to, moved, moves)
    where = f"to {reassign_to}" if reassign_to else "to the pool"
    done += [f"{where}: {counted({relation: number})}" for relation, number in moved.items()]
    return Outcome(after, tuple(done), (*notices, *notice))


def _check_heir(connection: Connection, staff: str, heir: str | None) -> None:
    if heir == staff:
        raise UsageError(f"{staff} leaves, and cannot take over what they served", hint="name somebody who stays")
    if heir is not None:
        working_member(connection, heir)


def _follow_up(
    connection: Connection, staff: str, heir: str | None, moved: Counts, moves: bool
) -> tuple[Counts, list[str]]:
    """Move what was locked while the person left, and say what still names them."""
    left = still_served(connection, staff)
    notices = []
    if left and moves:
        try:
            with changing(connection), as_owner(connection):
                late = hand_over(connection, staff, heir)
        except Refused as error:
            # They have left, whatever becomes of this.
            late, notices = {}, [error.message]
        moved = {name: moved.get(name, 0) + late.get(name, 0) for name in sorted({*moved, *late})}
        left = still_served(connection, staff)
    if left is None:
        notices.append(f"could not count whom {staff} served: the tables are not as the applied matrix has them")
    elif left:
        next_step = f"staff leave {staff} --reassign-to ..."
        notices.append(f"{counted(left)} still name {staff}, who serves nobody any more: {next_step}")
    return moved, notices


def take_login(connection: Connection, words: Words, login: str, staff: str) -> Standing | None:
    """
    Return what *login* is (None: no role yet) if it may be the login of *staff*, read as pgcustsec_owner.

    Raises `UsageError` when it is another person's or an application's, `Refused` when it is no login for a person.
    """
    check_name(login, words)
    owner = connection.execute(
        "SELECT s.staff_id, s.full_name FROM pgcustsec_internal.staff AS s WHERE s.login = %s AND s.staff_id <> %s",
        [login, staff],
    ).fetchone()
    if owner:
        raise UsageError(
            f"login {login} belongs to {owner[0]} {owner[1]}", hint="one login per person, never another's (2.3)"
        )
    standing = read_standing(connection, login)
    if standing:
        check_standing(login, standing, connection.info.server_version // 10000)
        _check_is_no_application(connection, login)
    return standing


def _check_is_no_application(connection: Connection, login: str) -> None:
    """A login that speaks for many must not become one person: all of them would be that person."""
    if any(row[0] == login and row[1] is None for row in ask(connection, "people_logins")):
        raise UsageError(
            f"login {login} is in a group of the matrix without being a person's: an application's",
            hint="give the person a login of their own; if it was put there by hand, take it out of the group first",
        )


def _check_text(what: str, value: str) -> None:
    if not value or not value.isprintable() or value != value.strip():
        raise UsageError(f"{value!r} is no {what}", hint="printable characters, no blank at either end")


def _check_words(words: Words, department: str | None, branch: str | None, roles: Sequence[str]) -> None:
    if department is not None:
        words.department(department)
    if branch is not None:
        words.branch(branch)
    for role in roles:
        words.role(role)


def _check_number_is_free(connection: Connection, staff: str) -> None:
    for taken in members(connection, staff=staff, left=True):
        left = "" if taken.active else ", who has left"
        raise UsageError(
            f"staff number {staff} is {taken.name}'s{left}", hint="a number names one person for good: take a new one"
        )


def _check_manager(connection: Connection, staff: str, manager: str) -> None:
    if manager == staff:
        raise UsageError(f"{staff} cannot be their own manager", hint="leave the manager out for who has none")
    others = {number: name for number, name in names(connection).items() if number != staff}
    found = members(connection, staff=manager, left=True)
    if not found:
        raise UsageError(f"no manager {manager!r}{nearest(manager, others)}", hint="give the number of a staff member")
    if not found[0].active:
        raise UsageError(f"manager {manager} {found[0].name} has left", hint="give somebody who works here")
    above = [row[0] for row in ask(connection, "people_above", staff=manager)]
    if staff in above:
        circle = " -> ".join([staff, *above[: above.index(staff) + 1]])
        raise UsageError(
            f"{manager} cannot manage {staff}, who is above them: {circle}", hint="move one of those in between first"
        )


def _check_move(
    staff: str,
    places: Sequence[str | None],
    no_manager: bool,
    roles: Sequence[str],
    drop_roles: Sequence[str],
) -> None:
    if not (any(place is not None for place in places) or no_manager or roles or drop_roles):
        raise UsageError(f"nothing to change of {staff}", hint="give a department, branch, manager or role")
    if no_manager and places[2] is not None:
        raise UsageError(f"a manager and no manager for {staff}", hint="give one of the two")
    both = sorted(set(roles) & set(drop_roles))
    if both:
        raise UsageError(f"role {both[0]} is to be given to {staff} and dropped", hint="give one of the two")


def _check_held(before: Member, drop_roles: Sequence[str]) -> None:
    for role in drop_roles:
        if role not in before.roles:
            held = ", ".join(before.roles) or "none"
            raise UsageError(f"{before.staff} {before.name} does not hold role {role}", hint=f"roles held: {held}")


def _insert(
    connection: Connection,
    staff: str,
    name: str,
    department: str,
    branch: str,
    manager: str | None,
    login: str | None,
) -> None:
    connection.execute(
        "INSERT INTO pgcustsec_internal.staff"
        " (staff_id, full_name, department_code, branch_code, manager_id, login) VALUES (%s, %s, %s, %s, %s, %s)",
        [staff, name, department, branch, manager, login],
    )


def _update(connection: Connection, staff: str, department: str, branch: str, manager: str | None) -> None:
    connection.execute(
        "UPDATE pgcustsec_internal.staff SET department_code = %s, branch_code = %s, manager_id = %s"
        " WHERE staff_id = %s",
        [department, branch, manager, staff],
    )


def _give_roles(connection: Connection, staff: str, roles: Sequence[str]) -> None:
    connection.execute(
        "INSERT INTO pgcustsec_internal.staff_role (staff_id, role_code)"
        " SELECT %s, role FROM pg_catalog.unnest(%s::text[]) AS role GROUP BY role",
        [staff, list(roles)],
    )


def _take_roles(connection: Connection, staff: str, roles: Sequence[str]) -> None:
    connection.execute(
        "DELETE FROM pgcustsec_internal.staff_role WHERE staff_id = %s AND role_code = ANY (%s::text[])",
        [staff, list(roles)],
    )


def _described(one: Member) -> str:
    under = f", under {one.manager}" if one.manager else ""
    return f"{one.staff} {one.name}: {one.department}, {one.branch}{under}"


def _differences(before: Member, after: Member) -> list[str]:
    done = [
        f"{what} {getattr(before, what) or 'nobody'} -> {getattr(after, what) or 'nobody'}"
        for what in ("department", "branch", "manager")
        if getattr(before, what) != getattr(after, what)
    ]
    done += [f"role {role} given" for role in after.roles if role not in before.roles]
    done += [f"role {role} taken" for role in before.roles if role not in after.roles]
    return done or ["nothing changed: everything was so already"]


def _login_notices(added: Member, standing: Standing | None) -> tuple[str, ...]:
    if added.login is None:
        return ()
    if standing is None:
        return (f"login {added.login} is not there yet: login create {added.login} --staff {added.staff}",)
    notices = []
    if not standing.can_login:
        notices.append(f"login {added.login} cannot connect: login enable {added.login}")
    if standing.valid_until is None:
        notices.append(
            f"the password of login {added.login} never expires: ALTER ROLE ... VALID UNTIL, half a year at most (2.4)"
        )
    return tuple(notices)
