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
    if thing.server_major < 16:
        return grant + (" WITH ADMIN OPTION" if thing.admin else "")
    options = {"ADMIN": thing.admin, "INHERIT": thing.inherit, "SET": thing.set}
    if thing.admin_by_making is not False:
        del options["ADMIN"]
    by = f" GRANTED BY {ident(thing.granted_by)}" if thing.granted_by else ""
    given = f"{grant} WITH " + ", ".join(f"{option} {str(value).upper()}" for option, value in options.items()) + by
    return f"{given};\n{_administer(thing)}" if thing.admin and thing.admin_by_making is None else given


def _administer(thing: Membership) -> str:
    """Give ADMIN unless the member has it by making the role: it could not be granted back."""
    names = f"{literal(thing.member)}, {literal(thing.role)}"
    grant = f"GRANT {ident(thing.role)} TO {ident(thing.member)} WITH ADMIN TRUE"
    return _do(
        f"IF NOT pg_catalog.pg_has_role({names}, 'MEMBER WITH ADMIN OPTION') THEN EXECUTE {literal(grant)}; END IF;"
    )


def _revoke_all(thing: Membership) -> str:
    """Revoke what whoever runs this may revoke, whoever granted it."""
    names = f"{literal(ident(thing.role))}::regrole AND m.member = {literal(ident(thing.member))}::regrole"
    revoke = f"REVOKE {ident(thing.role)} FROM {ident(thing.member)} GRANTED BY "
    return _do(
        "DECLARE by name; BEGIN FOR by IN SELECT pg_catalog.pg_get_userbyid(m.grantor) FROM pg_catalog.pg_auth_members"
        f" AS m WHERE m.roleid = {names} AND pg_catalog.pg_has_role(m.grantor, 'USAGE')"
        f" LOOP EXECUTE {literal(revoke)} || pg_catalog.quote_ident(by) || ' CASCADE'; END LOOP; END;"
    )


def _do(block: str) -> str:
    body = block if block.startswith("DECLARE") else f"BEGIN {block} END;"
    return f"DO {literal(body)}"


@drop_sql.register
def _(thing: Membership) -> str:
    revoke = f"REVOKE {ident(thing.role)} FROM {ident(thing.member)}"
    if thing.server_major < 16:
        return revoke
    if not thing.grantors:
        return _revoke_all(thing) if thing.admin_by_making is None else revoke
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
