"""What stands in the way of an apply, said beforehand rather than in the middle: rights, and things of others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pgcustsec.catalog.queries import ask
from pgcustsec.compile.quote import ident
from pgcustsec.db import Connection
from pgcustsec.errors import NotAllowed, Refused
from pgcustsec.matrix.model import Matrix
from pgcustsec.objects import OWNER, DatabaseRole, Grant, Key, Object, RowSecurity, Schema, name_of
from pgcustsec.plan import Plan

RIGHTS = (
    "apply as a role of the matrix's administrators that owns the database, has CREATEROLE and is a member of the "
    "table owners and of pgcustsec_owner; as a superuser where PostgreSQL leaves no other way"
)


def check_installed(connection: Connection) -> None:
    """Raise `NotAllowed` when the cluster has no pgcustsec_owner or the connected role cannot act as it."""
    [(there,)] = connection.execute("SELECT pg_catalog.to_regrole('pgcustsec_owner') IS NOT NULL").fetchall()
    if not there:
        raise NotAllowed("this cluster has no role pgcustsec_owner", hint="run: pgcustsec install")
    _check_memberships(connection, [OWNER])


def check_rights(connection: Connection, matrix: Matrix, plan: Plan, wanted: Mapping[Key, Object]) -> None:
    """Raise `NotAllowed` when the connected role cannot run *plan*, naming all that it lacks of one kind."""
    if not plan:
        return
    [(name, superuser, createrole)] = connection.execute(
        "SELECT r.rolname, r.rolsuper, r.rolcreaterole FROM pg_catalog.pg_roles AS r WHERE r.rolname = current_user"
    ).fetchall()
    if superuser:
        return
    if not _is_administrator(connection, matrix):
        names = ", ".join(matrix.administrators.roles)
        raise NotAllowed(f"{name} is none of the matrix's administrators ({names})", hint=RIGHTS)
    if not createrole and any(s.object.startswith("role ") for s in plan.statements):
        raise NotAllowed(f"{name} may not create roles", hint=f"as a superuser: ALTER ROLE {ident(name)} CREATEROLE")
    _check_memberships(connection, _owners(wanted.values()))


def _owners(wanted: Iterable[Object]) -> set[str]:
    """The roles, not made by the plan, that its statements run as."""
    objects = list(wanted)
    owners = {thing.owner for thing in objects if isinstance(thing, RowSecurity)}
    owners |= {thing.database_owner for thing in objects if isinstance(thing, Schema)}
    owners |= {thing.grantor for thing in objects if isinstance(thing, Grant) and thing.on == "schema"}
    return owners - {thing.name for thing in objects if isinstance(thing, DatabaseRole)}


def _check_memberships(connection: Connection, roles: Iterable[str]) -> None:
    """Raise `NotAllowed` when the connected role cannot act as each of *roles*."""
    modern = connection.info.server_version >= 160000
    rows = connection.execute(
        "SELECT r.rolname, current_user, d.datdba = r.oid FROM pg_catalog.pg_roles AS r"
        " JOIN pg_catalog.pg_database AS d ON d.datname = pg_catalog.current_database()"
        " WHERE r.rolname = ANY (%s::name[]) AND NOT pg_catalog.pg_has_role(current_user, r.oid, %s) ORDER BY 1",
        [sorted(roles), "SET" if modern else "MEMBER"],
    ).fetchall()
    if not rows:
        return
    option = " WITH INHERIT FALSE, SET TRUE" if modern else ""
    steps = [
        f"ALTER DATABASE {ident(connection.info.dbname)} OWNER TO {ident(me)}"
        if owns_database
        else f"GRANT {ident(role)} TO {ident(me)}{option}"
        for role, me, owns_database in rows
    ]
    names = ", ".join(row[0] for row in rows)
    raise NotAllowed(f"{rows[0][1]} is no member of {names}", hint=f"as a superuser: {'; '.join(steps)}")


def _is_administrator(connection: Connection, matrix: Matrix) -> bool:
    row = connection.execute(
        "SELECT pg_catalog.bool_or(pg_catalog.pg_has_role(current_user, r.oid, 'MEMBER'))"
        " FROM pg_catalog.pg_roles AS r WHERE r.rolname = ANY (%s::name[])",
        [list(matrix.administrators.roles)],
    ).fetchone()
    return row == (True,)


def refuse_others_things(
    connection: Connection, present: Mapping[Key, Object], recorded: frozenset[Key], wanted: Mapping[Key, Object]
) -> None:
    """
    Raise `Refused` when a role or schema that the matrix needs is there and was not made for it.

    What looks exactly as we make it, and serves no other database, is left over from an earlier one and taken.
    """
    found = [
        (thing, present[key])
        for key, thing in wanted.items()
        if isinstance(thing, DatabaseRole | Schema) and key in present and key not in recorded
    ]
    if not found:
        return
    names = [thing.name for thing, _ in found if isinstance(thing, DatabaseRole)]
    used = dict(ask(connection, "used_elsewhere", roles=names))
    others = [
        f"{name_of(thing.key)}" + (f" (used in database {used[thing.name]})" if thing.name in used else "")
        for thing, there in found
        if thing != there or (isinstance(thing, DatabaseRole) and thing.name in used)
    ]
    if others:
        raise Refused(
            f"made by somebody else and not taken over: {', '.join(others)}; nothing was changed",
            hint="give the matrix a role_prefix of its own and its roles other names, or rename what is there",
        )
