"""Grants and default privileges as statements."""

from __future__ import annotations

from pgcustsec.compile.quote import ident
from pgcustsec.compile.render.dispatch import as_role, change_sql, create_sql, drop_sql
from pgcustsec.objects import PUBLIC, DefaultPrivileges, Grant, Object


@create_sql.register
def _(thing: Grant) -> str:
    return as_role(thing.grantor, f"GRANT {_privileges(thing)} ON {_target(thing)} TO {_grantee(thing)}")


@drop_sql.register
def _(thing: Grant) -> str:
    return as_role(thing.grantor, f"REVOKE {_privileges(thing)} ON {_target(thing)} FROM {_grantee(thing)} CASCADE")


@change_sql.register
def _(new: Grant, old: Object) -> str:
    assert isinstance(old, Grant)
    target, grantee = _target(new), _grantee(new)
    too_many, missing = old.privileges - new.privileges, new.privileges - old.privileges
    steps = []
    if too_many:
        steps.append(f"REVOKE {_listed(too_many, new)} ON {target} FROM {grantee} CASCADE")
    if old.grantable & new.privileges:
        steps.append(
            f"REVOKE GRANT OPTION FOR {_listed(old.grantable & new.privileges, new)} ON {target} FROM {grantee} CASCADE"
        )
    if missing:
        steps.append(f"GRANT {_listed(missing, new)} ON {target} TO {grantee}")
    return as_role(new.grantor, *steps)


def _privileges(grant: Grant) -> str:
    return _listed(grant.privileges, grant)


def _listed(privileges: frozenset[str], grant: Grant) -> str:
    column = f" ({ident(grant.target[2])})" if grant.on == "column" else ""
    return ", ".join(f"{privilege}{column}" for privilege in sorted(privileges))


def _target(grant: Grant) -> str:
    if grant.on == "function":
        return f"ROUTINE {ident(*grant.target[:2])}({grant.target[2]})"  # a procedure is no function to GRANT
    if grant.on in ("table", "column"):
        return f"TABLE {ident(*grant.target[:2])}"
    return f"{grant.on.upper()} {ident(*grant.target)}"


def _grantee(grant: Grant) -> str:
    return PUBLIC if grant.grantee == PUBLIC else ident(grant.grantee)


@create_sql.register
def _(thing: DefaultPrivileges) -> str:
    privilege = "EXECUTE ON FUNCTIONS" if thing.on == "functions" else "USAGE ON TYPES"
    word, preposition = ("GRANT", "TO") if thing.public else ("REVOKE", "FROM")
    return as_role(thing.creator, f"ALTER DEFAULT PRIVILEGES {word} {privilege} {preposition} PUBLIC")


@drop_sql.register
def _(thing: DefaultPrivileges) -> str:
    return create_sql(DefaultPrivileges(thing.creator, thing.on, public=True))


@change_sql.register
def _(new: DefaultPrivileges, old: Object) -> str:
    return create_sql(new)
