"""The column of terms and the triggers that keep it, as statements (4.3)."""

from __future__ import annotations

from pgcustsec.compile.quote import fitting, ident, literal
from pgcustsec.compile.render.dispatch import as_role, create_sql, drop_sql
from pgcustsec.compile.terms.when import NEVER
from pgcustsec.objects import TermColumn, Trigger


@create_sql.register
def _(thing: TermColumn) -> str:
    relation, column = ident(thing.schema, thing.table), ident(thing.name)
    index = fitting(f"{thing.table} {thing.name}")
    comment = literal("pgcustsec: until when the row is kept, and shows (4.3). Kept by trigger.")
    # The default makes no row anew; those that are there get their term afterwards, in batches.
    return as_role(
        thing.owner,
        f"ALTER TABLE {relation} ADD COLUMN IF NOT EXISTS {column} timestamptz NOT NULL DEFAULT {NEVER}",
        f"COMMENT ON COLUMN {relation}.{column} IS {comment}",
        f"CREATE INDEX IF NOT EXISTS {ident(index)} ON {relation} ({column})",
        f"COMMENT ON INDEX {ident(thing.schema, index)} IS {literal('Finds rows that are past their term (4.3).')}",
    )


@drop_sql.register
def _(thing: TermColumn) -> str:
    return as_role(thing.owner, f"ALTER TABLE {ident(thing.schema, thing.table)} DROP COLUMN {ident(thing.name)}")


@create_sql.register
def _(thing: Trigger) -> str:
    relation = ident(thing.schema, thing.table)
    comment = f"COMMENT ON TRIGGER {ident(thing.name)} ON {relation} IS {literal(thing.comment)}"
    return as_role(thing.owner, thing.sql, comment)


@drop_sql.register
def _(thing: Trigger) -> str:
    return as_role(thing.owner, f"DROP TRIGGER {ident(thing.name)} ON {ident(thing.schema, thing.table)}")
