"""
Objects -> Statements. Each statement is complete in itself and runs as the role that owns what it touches:
an administrator owns nothing here and inherits nothing, and a superuser must not end up as the owner of a view.
"""

from __future__ import annotations

from functools import singledispatch

from pgcustsec.compile.quote import fitting, ident, literal
from pgcustsec.objects import (
    OWNER,
    PUBLIC,
    Check,
    DatabaseRole,
    DefaultPrivileges,
    Function,
    Grant,
    Membership,
    Object,
    Policy,
    ReferenceRow,
    RowSecurity,
    Schema,
    Setting,
    Unique,
    VaultTable,
    View,
    name_of,
)
from pgcustsec.statement import Statement

_PLAIN = "NOLOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOCREATEDB NOREPLICATION"


def as_role(role: str, *statements: str) -> str:
    """Return *statements* run as *role*."""
    return ";\n".join((f"SET ROLE {ident(role)}", *statements, "RESET ROLE"))


def create(thing: Object) -> Statement:
    """Return the statement that makes *thing* where there is none."""
    return Statement(f"create {name_of(thing.key)}", _create(thing), _drop(thing), name_of(thing.key))


def drop(thing: Object) -> Statement:
    """Return the statement that takes *thing* away."""
    return Statement(f"drop {name_of(thing.key)}", _drop(thing), _making(thing), name_of(thing.key))


def change(old: Object, new: Object) -> Statement:
    """Return the statement that turns *old*, of the same key, into *new*."""
    undo = _change(old, new) if _making(old) else None
    return Statement(f"change {name_of(new.key)}", _change(new, old), undo, name_of(new.key))


def _making(thing: Object) -> str | None:
    """What makes *thing* again; None for a body read from the catalog, of which only a digest is kept."""
    if (isinstance(thing, Function | View) and not thing.sql) or (isinstance(thing, Policy) and not thing.using):
        return None
    if isinstance(thing, Check) and not thing.condition:
        return None
    return _create(thing)


@singledispatch
def _create(thing: Object) -> str:
    raise TypeError(f"no statement makes a {type(thing).__name__}")


@singledispatch
def _drop(thing: Object) -> str:
    raise TypeError(f"no statement drops a {type(thing).__name__}")


@singledispatch
def _change(new: Object, old: Object) -> str:
    return f"{_drop(old)};\n{_create(new)}"


@_create.register
def _(thing: DatabaseRole) -> str:
    name = ident(thing.name)
    return f"CREATE ROLE {name} {_PLAIN};\nCOMMENT ON ROLE {name} IS {literal(thing.comment)}"


@_drop.register
def _(thing: DatabaseRole) -> str:
    return f"DROP ROLE {ident(thing.name)}"


@_change.register
def _(new: DatabaseRole, old: Object) -> str:
    assert isinstance(old, DatabaseRole)
    name = ident(new.name)
    # Only what differs: an administrator may not even mention SUPERUSER.
    wrong = " ".join(f"NO{attribute}" for attribute in sorted(old.attributes))
    alter = f"ALTER ROLE {name} {wrong};\n" if wrong else ""
    return f"{alter}COMMENT ON ROLE {name} IS {literal(new.comment)}"


@_create.register
def _(thing: Membership) -> str:
    grant = f"GRANT {ident(thing.role)} TO {ident(thing.member)}"
    if thing.server_major < 16:
        return grant + (" WITH ADMIN OPTION" if thing.admin else "")
    options = {"ADMIN": thing.admin, "INHERIT": thing.inherit, "SET": thing.set}
    if thing.admin_by_making:
        del options["ADMIN"]
    by = f" GRANTED BY {ident(thing.granted_by)}" if thing.granted_by else ""
    return f"{grant} WITH " + ", ".join(f"{option} {str(value).upper()}" for option, value in options.items()) + by


@_drop.register
def _(thing: Membership) -> str:
    revoke = f"REVOKE {ident(thing.role)} FROM {ident(thing.member)}"
    if thing.server_major < 16 or not thing.grantors:
        return revoke
    # From 16 on a membership belongs to who granted it; without naming them the REVOKE only warns.
    # What an administrator of the role has granted goes along; the plan grants anew what is wanted of it.
    along = " CASCADE" if thing.admin else ""
    return ";\n".join(f"{revoke} GRANTED BY {ident(grantor)}{along}" for grantor in thing.grantors)


@_change.register
def _(new: Membership, old: Object) -> str:
    assert isinstance(old, Membership)
    # From 16 on what makes a role administers it by grant of the bootstrap superuser, which nobody else can revoke.
    return f"{_drop(old)};\n{_create(new)}" if old.exceeds(new) or new.server_major < 16 else _create(new)


@_create.register
def _(thing: Setting) -> str:
    return f"ALTER ROLE {ident(thing.role)} IN DATABASE {ident(thing.database)} SET {ident(thing.name)} = {thing.value}"


@_drop.register
def _(thing: Setting) -> str:
    return f"ALTER ROLE {ident(thing.role)} IN DATABASE {ident(thing.database)} RESET {ident(thing.name)}"


@_change.register
def _(new: Setting, old: Object) -> str:
    return _create(new)


@_create.register
def _(thing: Schema) -> str:
    name = ident(thing.name)
    make = as_role(thing.database_owner, f"CREATE SCHEMA {name} AUTHORIZATION {ident(thing.owner)}")
    return f"{make};\n" + as_role(thing.owner, f"COMMENT ON SCHEMA {name} IS {literal(thing.comment)}")


@_drop.register
def _(thing: Schema) -> str:
    return as_role(thing.owner, f"DROP SCHEMA {ident(thing.name)}")


@_change.register
def _(new: Schema, old: Object) -> str:
    assert isinstance(old, Schema)
    name = ident(new.name)
    move = f"ALTER SCHEMA {name} OWNER TO {ident(new.owner)};\n" if old.owner != new.owner else ""
    return move + as_role(new.owner, f"COMMENT ON SCHEMA {name} IS {literal(new.comment)}")


@_create.register
def _(thing: Function) -> str:
    name = f"{ident(thing.schema, thing.name)}({thing.arguments})"
    return as_role(thing.owner, thing.sql, f"COMMENT ON FUNCTION {name} IS {literal(thing.comment)}")


@_drop.register
def _(thing: Function) -> str:
    # The schema's owner may, whoever the function belongs to by now.
    return as_role(OWNER, f"DROP FUNCTION {ident(thing.schema, thing.name)}({thing.arguments})")


@_change.register
def _(new: Function, old: Object) -> str:
    return _create(new)


@_create.register
def _(thing: View) -> str:
    name = ident(thing.schema, thing.name)
    comments = [f"COMMENT ON COLUMN {name}.{ident(column)} IS {literal(comment)}" for column, comment in thing.columns]
    return as_role(thing.owner, thing.sql, f"COMMENT ON VIEW {name} IS {literal(thing.comment)}", *comments)


@_drop.register
def _(thing: View) -> str:
    return as_role(thing.schema_owner or thing.owner, f"DROP VIEW {ident(thing.schema, thing.name)}")


@_create.register
def _(thing: VaultTable) -> str:
    name = ident(thing.schema, thing.name)
    lines = [f"    {ident(column)} {type_}" for column, type_ in thing.columns]
    key = ", ".join(map(ident, thing.key_columns))
    lines.append(f"    PRIMARY KEY ({key})")
    comments = [
        f"COMMENT ON COLUMN {name}.{ident(column)} IS {_vault_comment(column, thing)}" for column, _ in thing.columns
    ]
    return as_role(
        thing.owner,
        f"CREATE TABLE {name} (\n{(',' + chr(10)).join(lines)}\n)",
        _tie(thing),
        *(_blind_index(thing, column, unique) for column, unique in thing.blind),
        f"COMMENT ON TABLE {name} IS {literal(thing.comment)}",
        *comments,
    )


def _vault_comment(column: str, thing: VaultTable) -> str:
    if column in thing.key_columns:
        return literal(f"Key, as in {'.'.join(thing.base)}.")
    if column in dict(thing.blind):
        return literal("Keyed hash by which a value is found and kept unique.")
    return literal("True value.")


def _tie(thing: VaultTable) -> str:
    key = ", ".join(map(ident, thing.key_columns))
    return (
        f"ALTER TABLE {ident(thing.schema, thing.name)} ADD CONSTRAINT {ident('pgcustsec_tied')} FOREIGN KEY ({key})"
        f" REFERENCES {ident(*thing.base)} ({key}) ON UPDATE CASCADE ON DELETE CASCADE"
    )


def _blind_index(thing: VaultTable, column: str, unique: bool) -> str:
    name = fitting(f"{thing.name} {column}")
    kind = "UNIQUE INDEX" if unique else "INDEX"
    return (
        f"CREATE {kind} {ident(name)} ON {ident(thing.schema, thing.name)} ({ident(column)});\n"
        f"COMMENT ON INDEX {ident(thing.schema, name)} IS {literal('Finds a record by the hash of a value.')}"
    )


@_drop.register
def _(thing: VaultTable) -> str:
    return as_role(thing.owner, f"DROP TABLE {ident(thing.schema, thing.name)}")


@_change.register
def _(new: VaultTable, old: Object) -> str:
    assert isinstance(old, VaultTable)
    name = ident(new.schema, new.name)
    steps = [f"ALTER TABLE {name} OWNER TO {ident(new.owner)}"] if old.owner != new.owner else []
    there, blind = dict(old.columns), dict(old.blind)
    for column, type_ in new.columns:
        if column not in there:
            steps.append(f"ALTER TABLE {name} ADD COLUMN {ident(column)} {type_}")
            steps.append(f"COMMENT ON COLUMN {name}.{ident(column)} IS {_vault_comment(column, new)}")
        elif there[column] != type_:
            steps.append(f"ALTER TABLE {name} ALTER COLUMN {ident(column)} TYPE {type_}")
    for column, unique in new.blind:
        if blind.get(column) != unique:
            index = ident(new.schema, fitting(f"{new.name} {column}"))
            steps += [f"DROP INDEX {index}"] if column in blind else []
            steps.append(_blind_index(new, column, unique))
    if not old.tied:
        steps += [f"ALTER TABLE {name} DROP CONSTRAINT IF EXISTS {ident('pgcustsec_tied')}", _tie(new)]
    steps.append(f"COMMENT ON TABLE {name} IS {literal(new.comment)}")
    return as_role(new.owner, *steps)


@_create.register
def _(thing: Check) -> str:
    relation = ident(thing.schema, thing.table)
    comment = literal("Masked forms only: the true value lies in the vault (5.2.1).")
    return as_role(
        thing.owner,
        f"ALTER TABLE {relation} ADD CONSTRAINT {ident(thing.name)} CHECK ({thing.condition}) NOT VALID",
        f"COMMENT ON CONSTRAINT {ident(thing.name)} ON {relation} IS {comment}",
    )


@_drop.register
def _(thing: Check) -> str:
    return as_role(thing.owner, f"ALTER TABLE {ident(thing.schema, thing.table)} DROP CONSTRAINT {ident(thing.name)}")


@_create.register
def _(thing: Unique) -> str:
    relation, columns = ident(thing.schema, thing.table), ", ".join(map(ident, thing.columns))
    if thing.constraint:
        return as_role(thing.owner, f"ALTER TABLE {relation} ADD CONSTRAINT {ident(thing.name)} UNIQUE ({columns})")
    return as_role(thing.owner, f"CREATE UNIQUE INDEX {ident(thing.name)} ON {relation} ({columns})")


@_drop.register
def _(thing: Unique) -> str:
    if thing.constraint:
        relation = ident(thing.schema, thing.table)
        return as_role(thing.owner, f"ALTER TABLE {relation} DROP CONSTRAINT {ident(thing.name)}")
    return as_role(thing.owner, f"DROP INDEX {ident(thing.schema, thing.name)}")


@_create.register
def _(thing: RowSecurity) -> str:
    relation = ident(thing.schema, thing.name)
    word = "ENABLE" if thing.enabled else "DISABLE"
    return as_role(thing.owner, f"ALTER TABLE {relation} {word} ROW LEVEL SECURITY")


@_drop.register
def _(thing: RowSecurity) -> str:
    return as_role(thing.owner, f"ALTER TABLE {ident(thing.schema, thing.name)} DISABLE ROW LEVEL SECURITY")


@_change.register
def _(new: RowSecurity, old: Object) -> str:
    return _create(new)


@_create.register
def _(thing: Policy) -> str:
    name, relation = ident(thing.name), ident(thing.schema, thing.table)
    roles = ", ".join(ident(role) for role in sorted(thing.roles))
    return as_role(
        thing.owner,
        f"CREATE POLICY {name} ON {relation} AS PERMISSIVE FOR {thing.command} TO {roles}\n{_conditions(thing)}",
        f"COMMENT ON POLICY {name} ON {relation} IS {literal(thing.comment)}",
    )


def _conditions(policy: Policy) -> str:
    """Rows that are read meet `using`, rows that are written do; an UPDATE reads and writes."""
    conditions = {"USING": policy.command != "INSERT", "WITH CHECK": policy.command not in ("SELECT", "DELETE")}
    return " ".join(f"{clause} ({policy.using})" for clause, stands in conditions.items() if stands)


@_drop.register
def _(thing: Policy) -> str:
    return as_role(thing.owner, f"DROP POLICY {ident(thing.name)} ON {ident(thing.schema, thing.table)}")


@_create.register
def _(thing: Grant) -> str:
    return as_role(thing.grantor, f"GRANT {_privileges(thing)} ON {_target(thing)} TO {_grantee(thing)}")


@_drop.register
def _(thing: Grant) -> str:
    return as_role(thing.grantor, f"REVOKE {_privileges(thing)} ON {_target(thing)} FROM {_grantee(thing)} CASCADE")


@_change.register
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
        return f"FUNCTION {ident(*grant.target[:2])}({grant.target[2]})"
    if grant.on in ("table", "column"):
        return f"TABLE {ident(*grant.target[:2])}"
    return f"{grant.on.upper()} {ident(*grant.target)}"


def _grantee(grant: Grant) -> str:
    return PUBLIC if grant.grantee == PUBLIC else ident(grant.grantee)


@_create.register
def _(thing: DefaultPrivileges) -> str:
    privilege = "EXECUTE ON FUNCTIONS" if thing.on == "functions" else "USAGE ON TYPES"
    word, preposition = ("GRANT", "TO") if thing.public else ("REVOKE", "FROM")
    return as_role(thing.creator, f"ALTER DEFAULT PRIVILEGES {word} {privilege} {preposition} PUBLIC")


@_drop.register
def _(thing: DefaultPrivileges) -> str:
    return _create(DefaultPrivileges(thing.creator, thing.on, public=True))


@_change.register
def _(new: DefaultPrivileges, old: Object) -> str:
    return _create(new)


_CODE = {"branch": "branch_code", "department": "department_code", "role": "role_code"}


@_create.register
def _(thing: ReferenceRow) -> str:
    columns = ", ".join(ident(column) for column in (_CODE[thing.table], *(c for c, _ in thing.values)))
    values = ", ".join(literal(value) for value in (thing.code, *(v for _, v in thing.values)))
    return as_role(OWNER, f"INSERT INTO pgcustsec_internal.{ident(thing.table)} ({columns}) VALUES ({values})")


@_drop.register
def _(thing: ReferenceRow) -> str:
    where = f"{ident(_CODE[thing.table])} = {literal(thing.code)}"
    # A role that is no more is nobody's.
    held = [f"DELETE FROM pgcustsec_internal.staff_role WHERE {where}"] if thing.table == "role" else []
    return as_role(OWNER, *held, f"DELETE FROM pgcustsec_internal.{ident(thing.table)} WHERE {where}")


@_change.register
def _(new: ReferenceRow, old: Object) -> str:
    values = ", ".join(f"{ident(column)} = {literal(value)}" for column, value in new.values)
    where = f"{ident(_CODE[new.table])} = {literal(new.code)}"
    return as_role(OWNER, f"UPDATE pgcustsec_internal.{ident(new.table)} SET {values} WHERE {where}")
