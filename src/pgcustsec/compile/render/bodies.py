"""Schemas, functions and views as statements."""

from __future__ import annotations

from pgcustsec.compile.quote import ident, literal
from pgcustsec.compile.render.dispatch import as_role, change_sql, create_sql, drop_sql
from pgcustsec.objects import OWNER, Function, Hook, Object, Schema, View


@drop_sql.register
def _(thing: Hook) -> str:
    return as_role(thing.owner, f"DROP {thing.what.upper()} {ident(thing.name)} ON {ident(thing.schema, thing.table)}")


@create_sql.register
def _(thing: Schema) -> str:
    name = ident(thing.name)
    make = as_role(thing.database_owner, f"CREATE SCHEMA {name} AUTHORIZATION {ident(thing.owner)}")
    return f"{make};\n" + as_role(thing.owner, f"COMMENT ON SCHEMA {name} IS {literal(thing.comment)}")


@drop_sql.register
def _(thing: Schema) -> str:
    return as_role(thing.owner, f"DROP SCHEMA {ident(thing.name)}")


@change_sql.register
def _(new: Schema, old: Object) -> str:
    assert isinstance(old, Schema)
    name = ident(new.name)
    move = f"ALTER SCHEMA {name} OWNER TO {ident(new.owner)};\n" if old.owner != new.owner else ""
    return move + as_role(new.owner, f"COMMENT ON SCHEMA {name} IS {literal(new.comment)}")


@create_sql.register
def _(thing: Function) -> str:
    name = f"{ident(thing.schema, thing.name)}({thing.arguments})"
    return as_role(thing.owner, thing.sql, f"COMMENT ON FUNCTION {name} IS {literal(thing.comment)}")


@drop_sql.register
def _(thing: Function) -> str:
    # The schema's owner may, whoever the function belongs to by now.
    return as_role(OWNER, f"DROP FUNCTION {ident(thing.schema, thing.name)}({thing.arguments})")


@change_sql.register
def _(new: Function, old: Object) -> str:
    return create_sql(new)


@create_sql.register
def _(thing: View) -> str:
    name = ident(thing.schema, thing.name)
    comments = [f"COMMENT ON COLUMN {name}.{ident(column)} IS {literal(comment)}" for column, comment in thing.columns]
    return as_role(thing.owner, thing.sql, f"COMMENT ON VIEW {name} IS {literal(thing.comment)}", *comments)


@drop_sql.register
def _(thing: View) -> str:
    return as_role(thing.schema_owner or thing.owner, f"DROP VIEW {ident(thing.schema, thing.name)}")
