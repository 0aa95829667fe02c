"""Vault tables, the CHECKs of masked forms and the UNIQUEs that move to the vault, as statements."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pgcustsec.compile.quote import fitting, ident, literal
from pgcustsec.compile.render.dispatch import as_role, change_sql, create_sql, drop_sql
from pgcustsec.objects import BlindIndex, Check, Object, Unique, VaultTable


@create_sql.register
def _(thing: VaultTable) -> str:
    name = ident(thing.schema, thing.name)
    lines = [f"    {ident(column)} {type_}" for column, type_ in thing.columns]
    key = ", ".join(map(ident, thing.key_columns))
    lines.append(f"    PRIMARY KEY ({key})")
    missing = [f"    ADD COLUMN IF NOT EXISTS {ident(column)} {type_}" for column, type_ in thing.columns]
    comments = [
        f"COMMENT ON COLUMN {name}.{ident(column)} IS {_vault_comment(column, thing)}" for column, _ in thing.columns
    ]
    return as_role(
        thing.owner,
        # A table that left the matrix has left its true values here, and a revision may find them.
        f"CREATE TABLE IF NOT EXISTS {name} (\n{_lines(lines)}\n)",
        f"ALTER TABLE {name}\n{_lines(missing)}",
        _tie(thing),
        *(_blind_index(thing, blind) for blind in thing.blind),
        f"COMMENT ON TABLE {name} IS {literal(thing.comment)}",
        *comments,
    )


def _lines(parts: Iterable[str]) -> str:
    return ",\n".join(parts)


def _vault_comment(column: str, thing: VaultTable) -> str:
    if column in thing.key_columns:
        return literal(f"Key, as in {'.'.join(thing.base)}.")
    for blind in thing.blind:
        if blind.column == column:
            return literal(f"Keyed hash by which a value is found and kept unique; recipe {blind.recipe}.")
    return literal("True value.")


def _tie(thing: VaultTable) -> str:
    key = ", ".join(map(ident, thing.key_columns))
    return (
        f"ALTER TABLE {ident(thing.schema, thing.name)} DROP CONSTRAINT IF EXISTS {ident('pgcustsec_tied')},"
        f" ADD CONSTRAINT {ident('pgcustsec_tied')} FOREIGN KEY ({key})"
        f" REFERENCES {ident(*thing.base)} ({key}) ON UPDATE CASCADE ON DELETE CASCADE"
    )


def _blind_index(thing: VaultTable, blind: BlindIndex) -> str:
    column, name = blind.column, fitting(f"{thing.name} {blind.column}")
    kind = "UNIQUE INDEX" if blind.unique else "INDEX"
    return (
        f"CREATE {kind} IF NOT EXISTS {ident(name)} ON {ident(thing.schema, thing.name)} ({ident(column)});\n"
        f"COMMENT ON INDEX {ident(thing.schema, name)} IS {literal('Finds a record by the hash of a value.')}"
    )


@drop_sql.register
def _(thing: VaultTable) -> str:
    return as_role(thing.owner, f"DROP TABLE {ident(thing.schema, thing.name)}")


def drop_empty(thing: VaultTable) -> str:
    """What takes *thing* away if no true value lies in it; else an error: only terms and unsealing end values (4.3)."""
    name, base = ident(thing.schema, thing.name), ".".join(thing.base)
    filled = literal(f"true values of {base} lie in the vault: have its rows destroyed by their terms, or unseal it")
    block = f"BEGIN IF EXISTS (SELECT FROM {name}) THEN RAISE EXCEPTION '%', {filled}; END IF; DROP TABLE {name}; END"
    return as_role(thing.owner, f"DO {literal(block)}")


@change_sql.register
def _(new: VaultTable, old: Object) -> str:
    assert isinstance(old, VaultTable)
    name = ident(new.schema, new.name)
    steps = [f"ALTER TABLE {name} OWNER TO {ident(new.owner)}"] if old.owner != new.owner else []
    there = dict(old.columns)
    for column, type_ in new.columns:
        if column not in there:
            steps.append(f"ALTER TABLE {name} ADD COLUMN IF NOT EXISTS {ident(column)} {type_}")
            steps.append(f"COMMENT ON COLUMN {name}.{ident(column)} IS {_vault_comment(column, new)}")
        elif there[column] != type_:
            steps.append(f"ALTER TABLE {name} ALTER COLUMN {ident(column)} TYPE {type_}")
    steps += _blind_changes(new, old)
    if not old.tied:
        steps.append(_tie(new))
    steps.append(f"COMMENT ON TABLE {name} IS {literal(new.comment)}")
    return as_role(new.owner, *steps)


def _blind_changes(new: VaultTable, old: VaultTable) -> Iterator[str]:
    """
    Make indexes anew that differ, and the hashes with them where they are of another recipe, or were not kept.

    Hashes that nothing wants any more go: writes leave them as they are, and they would be wrong when wanted again.
    """
    name, there, hashes = ident(new.schema, new.name), {blind.column: blind for blind in old.blind}, dict(new.hashes)
    for blind in new.blind:
        was = there.pop(blind.column, None)
        if was == blind:
            continue
        if was:
            yield f"DROP INDEX {ident(new.schema, fitting(f'{new.name} {blind.column}'))}"
        if not was or was.recipe != blind.recipe:
            made = f"{ident(blind.column)} = {hashes[blind.column]}"
            yield f"UPDATE {name} AS v SET {made} FROM pgcustsec_internal.blind_key() AS k"
            yield f"COMMENT ON COLUMN {name}.{ident(blind.column)} IS {_vault_comment(blind.column, new)}"
        yield _blind_index(new, blind)
    for column in there:
        yield f"ALTER TABLE {name} DROP COLUMN {ident(column)}"


@create_sql.register
def _(thing: Check) -> str:
    relation = ident(thing.schema, thing.table)
    comment = literal("Masked forms only: the true value lies in the vault (5.2.1).")
    return as_role(
        thing.owner,
        f"ALTER TABLE {relation} DROP CONSTRAINT IF EXISTS {ident(thing.name)},"
        f" ADD CONSTRAINT {ident(thing.name)} CHECK ({thing.condition}) NOT VALID",
        f"COMMENT ON CONSTRAINT {ident(thing.name)} ON {relation} IS {comment}",
    )


@drop_sql.register
def _(thing: Check) -> str:
    return as_role(thing.owner, f"ALTER TABLE {ident(thing.schema, thing.table)} DROP CONSTRAINT {ident(thing.name)}")


@create_sql.register
def _(thing: Unique) -> str:
    relation, columns = ident(thing.schema, thing.table), ", ".join(map(ident, thing.columns))
    if thing.constraint:
        return as_role(thing.owner, f"ALTER TABLE {relation} ADD CONSTRAINT {ident(thing.name)} UNIQUE ({columns})")
    return as_role(thing.owner, f"CREATE UNIQUE INDEX {ident(thing.name)} ON {relation} ({columns})")


@drop_sql.register
def _(thing: Unique) -> str:
    # A history may run where it was never there, or is gone already.
    if thing.constraint:
        relation = ident(thing.schema, thing.table)
        return as_role(thing.owner, f"ALTER TABLE {relation} DROP CONSTRAINT IF EXISTS {ident(thing.name)}")
    return as_role(thing.owner, f"DROP INDEX IF EXISTS {ident(thing.schema, thing.name)}")
