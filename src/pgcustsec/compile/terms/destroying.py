"""
What ends rows, by a rule or by a customer's wish: with all that hangs on them they are destroyed, or by a rule
anonymised, and certified (4.3).

All of it is one function, and so one subtransaction of whoever calls it: none of it is done without the rest.
"""

from __future__ import annotations

from pgcustsec.compile.opening import definer
from pgcustsec.compile.quote import fitting, ident, literal
from pgcustsec.compile.reading import key_match
from pgcustsec.compile.terms.anonymising import blanked, kept_columns
from pgcustsec.compile.terms.when import descendants
from pgcustsec.compile.vault.sealed import record_key, sealed_columns, vault_name
from pgcustsec.matrix.model import Matrix, RetentionRule, Table
from pgcustsec.objects import INTERNAL_SCHEMA, OWNER, VAULT_SCHEMA, Function
from pgcustsec.shape import Site


def end_name(table: Table) -> str:
    """The name of the function that ends rows of *table*."""
    return fitting(f"end {table.qualified}")


def ending(matrix: Matrix, site: Site, table: Table) -> Function:
    """
    Return the function: of a rule, or else of the request that erases, keys as texts, the latest of their terms, an
    array for each part of the key.
    """
    shape = site.tables[table.qualified]
    actions = "".join(
        f"""
        WHEN $1 = {literal(rule.name)} THEN
{_action(matrix, site, table, rule)}"""
        for rule in table.retention
    )
    # Whatever the rules would leave of it: nothing is left of who wished to be erased.
    erased = _action(matrix, site, table, None)
    body = f"""\
DECLARE
    counts jsonb := '{{}}';
    hung text[];
    extracts bigint[] := {INTERNAL_SCHEMA}._extracts_of({literal(table.qualified)}, $3);
    n bigint;
BEGIN
    CASE
        WHEN $2 IS NOT NULL THEN
{erased}{actions}
    END CASE;
    IF n <> cardinality($3) THEN
        RAISE EXCEPTION 'rows of % stay: a trigger of the table keeps them (4.3)', {literal(table.qualified)}
            USING ERRCODE = 'integrity_constraint_violation', HINT = 'What is not gone is not certified.';
    END IF;
    PERFORM {INTERNAL_SCHEMA}._certify({literal(table.qualified)}, $1, $2, $3, $4, counts, extracts);
    RETURN n;
END;"""
    types = ", ".join(f"{shape.columns[name].plain_type}[]" for name in table.key)
    comment = (
        f"Ends rows of {table.qualified} by a rule or a request, with all that hangs on them, and certifies it (4.3)."
    )
    arguments = f"text, bigint, text[], timestamp with time zone, {types}"
    return definer(INTERNAL_SCHEMA, end_name(table), arguments, (("", "bigint"),), OWNER, body, comment, volatile=True)


def matched(table: Table) -> str:
    """The condition that the row `t` is one of the keys `d`."""
    return " AND ".join(f"{ident('t', name)} = {ident('d', name)}" for name in table.key)


def keys_given(table: Table) -> str:
    """The keys that go, as a FROM item `d` with a column for each part of the key."""
    arrays = ", ".join(f"${place}" for place in range(5, 5 + len(table.key)))
    return f"unnest({arrays}) AS d ({', '.join(map(ident, table.key))})"


def _action(matrix: Matrix, site: Site, table: Table, rule: RetentionRule | None) -> str:
    steps = [_remove(matrix, site, table, below) for below in descendants(matrix, table)]
    shape = site.tables[table.qualified]
    same = matched(table)
    if rule is None or rule.keep is None:
        steps.append(f"""\
            DELETE FROM {ident(*shape.relation)} AS t USING {keys_given(table)} WHERE {same};
            GET DIAGNOSTICS n = ROW_COUNT;""")
    else:
        # Also of columns that the matrix seals no more: the vault's row would follow the new key, and lead back.
        if sealed_columns(table, shape) or shape.sealed:
            vault = ident(VAULT_SCHEMA, vault_name(table))
            steps.append(f"""\
            DELETE FROM {vault} AS t USING {keys_given(table)} WHERE {same};""")
        steps.append(_anonymise(site, table, rule))
        steps.append("            GET DIAGNOSTICS n = ROW_COUNT;")
    steps.append(f"""\
            counts := counts || jsonb_build_object({literal(table.qualified)}, n);
            PERFORM {INTERNAL_SCHEMA}._forget({literal(table.qualified)}, $3);""")
    return "\n".join(steps)


def _anonymise(site: Site, table: Table, rule: RetentionRule) -> str:
    shape = site.tables[table.qualified]
    relation, same = ident(*shape.relation), matched(table)
    kept = kept_columns(table, rule)
    combination = f"jsonb_build_array({', '.join(ident('t', name) for name in kept)})"
    sets = [f"{ident(name)} = {value}" for name, value in blanked(table, shape, rule).items()]
    # Fewer than five alike point at somebody: of those what was to be kept goes too.
    sets += [
        f"{ident(name)} = CASE WHEN g.rare THEN {value} ELSE {ident('t', name)} END"
        for name, value in blanked(table, shape, rule, rare=True).items()
    ]
    assigned = ",\n                ".join(sets)
    return f"""\
            WITH g AS MATERIALIZED (
                SELECT c.combination, c.rare
                FROM {INTERNAL_SCHEMA}._rare({literal(table.qualified)}, ARRAY(
                    SELECT {combination} FROM {relation} AS t, {keys_given(table)} WHERE {same})) AS c)
            UPDATE {relation} AS t SET
                {assigned}
            FROM {keys_given(table)} CROSS JOIN g
            WHERE {same} AND g.combination = {combination};"""


def _remove(matrix: Matrix, site: Site, top: Table, below: Table) -> str:
    """Rows of *below* that hang on the rows that go; what they were written with is forgotten as well."""
    shape = site.tables[below.qualified]
    between, table, alias = [], below, "t"
    depth = 0
    conditions = []
    while table.parent is not None and table.parent.table != top.qualified:
        depth += 1
        parent = matrix.tables[table.parent.table]
        between.append(f"{ident(parent.schema, parent.name)} AS up{depth}")
        conditions.append(key_match(table, alias, f"up{depth}", parent))
        table, alias = parent, f"up{depth}"
    conditions.append(key_match(table, alias, "d", top))
    using = ", ".join([*between, keys_given(top)])
    return f"""\
            WITH gone AS (
                DELETE FROM {ident(*shape.relation)} AS t USING {using}
                WHERE {" AND ".join(conditions)}
                RETURNING {record_key(below, shape, "t")} AS key)
            SELECT array_agg(g.key), count(*) INTO hung, n FROM gone AS g;
            IF n > 0 THEN
                counts := counts || jsonb_build_object({literal(below.qualified)}, n);
                extracts := extracts || {INTERNAL_SCHEMA}._extracts_of({literal(below.qualified)}, hung);
                PERFORM {INTERNAL_SCHEMA}._forget({literal(below.qualified)}, hung);
            END IF;"""
