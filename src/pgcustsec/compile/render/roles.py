"""Roles, their memberships and settings as statements."""

from __future__ import annotations

from pgcustsec.compile.quote import ident, literal
from pgcustsec.compile.render.dispatch import change_sql, create_sql, drop_sql
from pgcustsec.objects import DatabaseRole, Membership, Object, Setting

_PLAIN = "NOLOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOCREATEDB NOREPLICATION"


@create_sql.register
def _(thing: DatabaseRole) -> str:
    name = ident(thing.name)
    return f"CREATE ROLE {name} {_PLAIN};\nCOMMENT ON ROLE {name} IS {literal(thing.comment)}"


@drop_sql.register
def _(thing: DatabaseRole) -> str:
    return f"DROP ROLE {ident(thing.name)}"


@change_sql.register
def _(new: DatabaseRole, old: Object) -> str:
    assert isinstance(old, DatabaseRole)
    name = ident(new.name)
    # Only what differs: an administrator may not even mention SUPERUSER.
    wrong = " ".join(f"NO{attribute}" for attribute in sorted(old.attributes))
    alter = f"ALTER ROLE {name} {wrong};\n" if wrong else ""
    return f"{alter}COMMENT ON ROLE {name} IS {literal(new.comment)}"


@create_sql.register
def _(thing: Membership) -> str:
    grant = f"GRANT {ident(thing.role)} TO {ident(thing.member)}"
    if thing.admin_by_making is None:
        return _granted_by_anybody(thing, grant)
    if thing.server_major < 16:
        return grant + (" WITH ADMIN OPTION" if thing.admin else "")
    options = {"ADMIN": thing.admin, "INHERIT": thing.inherit, "SET": thing.set}
    if thing.admin_by_making:
        del options["ADMIN"]
    by = f" GRANTED BY {ident(thing.granted_by)}" if thing.granted_by else ""
    return f"{grant} WITH {_options(options)}{by}"


def _options(options: dict[str, bool]) -> str:
    return ", ".join(f"{option} {str(value).upper()}" for option, value in options.items())


def _granted_by_anybody(thing: Membership, grant: str) -> str:
    """
    The grant of a history, which runs on any version, by any administrator.

    15 has no options: who may not act as the role is no member there. From 16 on the member may have ADMIN already, by
    making the role: it could not be granted back.
    """
    names = f"{literal(thing.member)}, {literal(thing.role)}"
    options = _options({"INHERIT": thing.inherit, "SET": thing.set})
    steps = [f"IF {_BEFORE_16} THEN {f'EXECUTE {literal(grant)}' if thing.set else 'NULL'};"]
    steps.append(f"ELSE EXECUTE {literal(f'{grant} WITH {options}')};")
    if thing.admin:
        steps.append(f"IF NOT pg_catalog.pg_has_role({names}, 'MEMBER WITH ADMIN OPTION') THEN")
        steps.append(f"EXECUTE {literal(f'{grant} WITH ADMIN TRUE')}; END IF;")
    return _do("", *steps, "END IF;")


def _revoked_by_anybody(thing: Membership, revoke: str) -> str:
    """The revoke of a history: what whoever runs it may revoke, whoever granted it."""
    role, member = (f"{literal(ident(name))}::regrole" for name in (thing.role, thing.member))
    return _do(
        "DECLARE by name;",
        f"IF {_BEFORE_16} THEN EXECUTE {literal(revoke)}; RETURN; END IF;",
        "FOR by IN SELECT pg_catalog.pg_get_userbyid(m.grantor) FROM pg_catalog.pg_auth_members AS m",
        f"WHERE m.roleid = {role} AND m.member = {member} AND pg_catalog.pg_has_role(m.grantor, 'USAGE') LOOP",
        f"EXECUTE {literal(f'{revoke} GRANTED BY ')} || pg_catalog.quote_ident(by) || ' CASCADE'; END LOOP;",
    )


_BEFORE_16 = "pg_catalog.current_setting('server_version_num')::integer < 160000"


def _do(declared: str, *lines: str) -> str:
    body = "\n".join([*([declared] if declared else []), "BEGIN", *lines, "END"])
    return f"DO {literal(body)}"


@drop_sql.register
def _(thing: Membership) -> str:
    revoke = f"REVOKE {ident(thing.role)} FROM {ident(thing.member)}"
    if thing.admin_by_making is None:
        return _revoked_by_anybody(thing, revoke)
    if thing.server_major < 16 or not thing.grantors:
        return revoke
    # From 16 on a membership belongs to who granted it; without naming them the REVOKE only warns.
    # What an administrator of the role has granted goes along; the plan grants anew what is wanted of it.
    along = " CASCADE" if thing.admin else ""
    return ";\n".join(f"{revoke} GRANTED BY {ident(grantor)}{along}" for grantor in thing.grantors)


@change_sql.register
def _(new: Membership, old: Object) -> str:
    assert isinstance(old, Membership)
    # From 16 on what makes a role administers it by grant of the bootstrap superuser, which nobody else can revoke.
    return f"{drop_sql(old)};\n{create_sql(new)}" if old.exceeds(new) or new.server_major < 16 else create_sql(new)


@create_sql.register
def _(thing: Setting) -> str:
    return f"ALTER ROLE {ident(thing.role)} IN DATABASE {ident(thing.database)} SET {ident(thing.name)} = {thing.value}"


@drop_sql.register
def _(thing: Setting) -> str:
    return f"ALTER ROLE {ident(thing.role)} IN DATABASE {ident(thing.database)} RESET {ident(thing.name)}"


@change_sql.register
def _(new: Setting, old: Object) -> str:
    return create_sql(new)
