"""The functions that write a table's part of the vault, as pgcustsec_owner, for write triggers alone (3.1, 5.2.1)."""

from __future__ import annotations

from pgcustsec.compile.quote import ident, literal
from pgcustsec.compile.vault.moving import seal_statement
from pgcustsec.compile.vault.sealed import Sealed, Vault, key_text
from pgcustsec.objects import INTERNAL_SCHEMA, OWNER, Function, digest

_HEAD = """\
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_column"""


def keep(vault: Vault) -> Function:
    """
    Keep the true values of a row that was just made. One call a row, so: one statement, hashes worked out before.

    The key is read before and not in that statement: it would lock the vault first, a new key locks itself first.
    """
    keys = [f"${i}" for i in range(1, len(vault.table.key) + 1)]
    values = [f"${i}" for i in range(len(keys) + 1, len(keys) + len(vault.sealed) + 1)]
    taken = {one.name: value for one, value in zip(vault.sealed, values, strict=True)}
    columns = ", ".join(ident(name) for name in (*vault.table.key, *taken, *(one.blind_name for one in vault.blinds)))
    hashes = [f"blind_{i}" for i, _ in enumerate(vault.blinds)]
    hashed = "".join(
        f"    {name} := {one.blind(taken[one.name], 'key')};\n" for name, one in zip(hashes, vault.blinds, strict=True)
    )
    body = f"""\
DECLARE
    key record;
{"".join(f"    {name} bytea;{chr(10)}" for name in hashes)}BEGIN
    key := {INTERNAL_SCHEMA}.blind_key();
{hashed}\
    INSERT INTO {vault.name} ({columns})
        VALUES ({", ".join([*keys, *values, *hashes])})
        ON CONFLICT DO NOTHING;
    IF NOT FOUND THEN
        PERFORM {INTERNAL_SCHEMA}.refuse_write('CS404', {literal(vault.table.qualified)}, {_array(vault, "unique")});
    END IF;
    INSERT INTO {INTERNAL_SCHEMA}.change (relation, record_key, operation, staff_id, application_name, reason)
        VALUES (
            {literal(vault.table.qualified)}, {key_text(vault.table, vault.shape, keys)}, 'made',
            (SELECT s.staff_id FROM {INTERNAL_SCHEMA}.staff AS s WHERE s.login = session_user),
            current_setting('application_name'), nullif(current_setting('pgcustsec.change_reason', true), ''));
    RETURN true;
END;"""
    comment = f"Keeps the true values of a new row of {vault.table.qualified} (5.2.1). For its write triggers alone."
    return _function(vault.keep_name, [*vault.key_arguments, *vault.value_arguments], "boolean", body, comment)


def change(vault: Vault) -> Function:
    """
    Replace the true values of the named columns of a row, and write down what they were and are, as masks and hashes.

    A unique value that is taken is the one error that would name a hash: only where such a column changes is it caught.
    """
    count = len(vault.table.key)
    keys = [f"${i}" for i in range(1, count + 1)]
    named = f"${count + 1}"
    taken = [f"${i}" for i in range(count + 2, count + 2 + len(vault.sealed))]
    match = " AND ".join(f"v.{ident(name)} = {key}" for name, key in zip(vault.table.key, keys, strict=True))
    sets = []
    records = []
    for one, value in zip(vault.sealed, taken, strict=True):
        changed = f"{literal(one.name)} = ANY ({named})"
        sets.append(f"{ident(one.name)} = CASE WHEN {changed} THEN {value} ELSE v.{ident(one.name)} END")
        if one.is_blind:
            blind = one.blind(value, "key")
            sets.append(
                f"{ident(one.blind_name)} = CASE WHEN {changed} THEN {blind} ELSE v.{ident(one.blind_name)} END"
            )
        old = f"before.{ident(one.name)}"
        records.append(f"""\
    IF {changed} THEN
        recorded := {INTERNAL_SCHEMA}.record_change(
            {literal(vault.table.qualified)}, {key_text(vault.table, vault.shape, keys)}, 'changed',
            {literal(one.name)},
            {_shown(one, old)}, {_shown(one, value)},
            {one.blind(old, "key")},
            {one.blind(value, "key")}, key.key_id);
    END IF;
""")
    update = f"""\
        UPDATE {vault.name} AS v
        SET {("," + chr(10) + "            ").join(sets)}
        WHERE {match}"""
    columns = ", ".join(map(ident, vault.table.key))
    body = f"""\
DECLARE
    key record;
    before record;
    recorded boolean;
BEGIN
    key := {INTERNAL_SCHEMA}.blind_key();
    INSERT INTO {vault.name} ({columns}) VALUES ({", ".join(keys)}) ON CONFLICT ({columns}) DO NOTHING;
    SELECT v.* INTO before FROM {vault.name} AS v WHERE {match} FOR UPDATE;
    {_update_block(vault, named, update)}
{"".join(records)}\
    RETURN true;
END;"""
    comment = f"Replaces true values of a row of {vault.table.qualified} (3.1, 5.2.1). For its write triggers alone."
    return _function(
        vault.change_name, [*vault.key_arguments, "text[]", *vault.value_arguments], "boolean", body, comment
    )


def seal(vault: Vault) -> Function:
    """Move the true values of one row that still has any: what a write through a view does before its own work."""
    keys = [f"${i}" for i in range(1, len(vault.table.key) + 1)]
    match = " AND ".join(f"{ident('t', name)} = {key}" for name, key in zip(vault.table.key, keys, strict=True))
    body = f"""\
DECLARE
    moved record;
BEGIN
{seal_statement(vault, match, into="moved")};
    RETURN true;
EXCEPTION WHEN unique_violation THEN
    -- PostgreSQL's own words would quote the hash.
    PERFORM {INTERNAL_SCHEMA}.refuse_write('CS404', {literal(vault.table.qualified)}, {_array(vault, "unique")});
    RETURN false;
END;"""
    comment = f"Moves the true values of one row of {vault.table.qualified} to the vault (5.2.1). For writes alone."
    return _function(vault.seal_name, vault.key_arguments, "boolean", body, comment)


def _function(name: str, arguments: list[str], head: str, body: str, comment: str) -> Function:
    declared = ", ".join(arguments)
    source = f"""\
CREATE OR REPLACE FUNCTION {INTERNAL_SCHEMA}.{ident(name)}({declared})
    RETURNS {head}
{_HEAD}
{body}
$function$;
REVOKE ALL ON FUNCTION {INTERNAL_SCHEMA}.{ident(name)}({declared}) FROM PUBLIC"""
    return Function(
        schema=INTERNAL_SCHEMA,
        name=name,
        arguments=declared,
        source=digest(source),
        owner=OWNER,
        comment=comment,
        sql=source,
        returns=(("", head),),
    )


def _array(vault: Vault, which: str) -> str:
    names = [one.name for one in vault.sealed if which != "unique" or one.column.unique]
    return f"ARRAY[{', '.join(map(literal, names))}]::text[]"


def _shown(one: Sealed, value: str) -> str:
    if one.form is None:
        return "NULL::text"
    return f"{INTERNAL_SCHEMA}.mask_{one.form}({value}::text)"


def _update_block(vault: Vault, named: str, update: str) -> str:
    unique = [one.name for one in vault.sealed if one.column.unique]
    if not unique:
        return update.strip() + ";"
    refused = _array(vault, "unique")
    return f"""\
IF {named} && {refused} THEN
        BEGIN
    {update.replace(chr(10), chr(10) + "    ")};
        EXCEPTION WHEN unique_violation THEN
            PERFORM {INTERNAL_SCHEMA}.refuse_write('CS404', {literal(vault.table.qualified)}, {refused});
        END;
    ELSE
{update};
    END IF;"""
