"""Row security, policies and reference rows as statements."""

from __future__ import annotations

from pgcustsec.compile.quote import ident, literal
from pgcustsec.compile.render.dispatch import as_role, change_sql, create_sql, drop_sql
from pgcustsec.objects import OWNER, Object, Policy, ReferenceRow, RowSecurity

_CODE = {
    "agreement": "agreement_code",
    "branch": "branch_code",
    "classification": "classification_code",
    "retention_rule": "rule_code",
    "department": "department_code",
    "role": "role_code",
    "purpose": "purpose_code",
    "application": "application_code",
    "access": "access_code",
    "request_kind": "kind_code",
    "pool": "pool_code",
}


@create_sql.register
def _(thing: RowSecurity) -> str:
    relation = ident(thing.schema, thing.name)
    word = "ENABLE" if thing.enabled else "DISABLE"
    return as_role(thing.owner, f"ALTER TABLE {relation} {word} ROW LEVEL SECURITY")


@drop_sql.register
def _(thing: RowSecurity) -> str:
    return as_role(thing.owner, f"ALTER TABLE {ident(thing.schema, thing.name)} DISABLE ROW LEVEL SECURITY")


@change_sql.register
def _(new: RowSecurity, old: Object) -> str:
    return create_sql(new)


@create_sql.register
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


@drop_sql.register
def _(thing: Policy) -> str:
    return as_role(thing.owner, f"DROP POLICY IF EXISTS {ident(thing.name)} ON {ident(thing.schema, thing.table)}")


@create_sql.register
def _(thing: ReferenceRow) -> str:
    columns = ", ".join(ident(column) for column in (_CODE[thing.table], *(c for c, _ in thing.values)))
    values = ", ".join(literal(value) for value in (thing.code, *(v for _, v in thing.values)))
    # A revision may find the row there: staff belong to branches and departments whether or not a matrix stands.
    same = ", ".join(f"{ident(column)} = EXCLUDED.{ident(column)}" for column, _ in thing.values)
    return as_role(
        OWNER,
        f"INSERT INTO pgcustsec_internal.{ident(thing.table)} ({columns}) VALUES ({values})"
        f" ON CONFLICT ({ident(_CODE[thing.table])}) DO UPDATE SET {same}",
    )


@drop_sql.register
def _(thing: ReferenceRow) -> str:
    where = f"{ident(_CODE[thing.table])} = {literal(thing.code)}"
    # A role that is no more is nobody's.
    held = [f"DELETE FROM pgcustsec_internal.staff_role WHERE {where}"] if thing.table == "role" else []
    return as_role(OWNER, *held, f"DELETE FROM pgcustsec_internal.{ident(thing.table)} WHERE {where}")


@change_sql.register
def _(new: ReferenceRow, old: Object) -> str:
    values = ", ".join(f"{ident(column)} = {literal(value)}" for column, value in new.values)
    where = f"{ident(_CODE[new.table])} = {literal(new.code)}"
    return as_role(OWNER, f"UPDATE pgcustsec_internal.{ident(new.table)} SET {values} WHERE {where}")
