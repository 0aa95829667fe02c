"""
What destroys, or anonymises, the rows that are past their term, a batch at a time (4.3).

One transaction has the rows of a batch, everything that hangs on them and the certificate: none is there without the
others, whenever it is killed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pgcustsec.compile.opening import definer
from pgcustsec.compile.quote import fitting, ident, literal
from pgcustsec.compile.reading import key_match
from pgcustsec.compile.terms.anonymising import blanked, kept_columns
from pgcustsec.compile.terms.when import descendants, rule_sql, until_sql
from pgcustsec.compile.vault.sealed import record_key, sealed_columns, vault_name
from pgcustsec.matrix.model import Matrix, RetentionRule, Table
from pgcustsec.objects import INTERNAL_SCHEMA, OWNER, RETAIN_UNTIL, VAULT_SCHEMA, Function
from pgcustsec.shape import Site

_RESTAMPED = (("last", "text[]"), ("seen", "bigint"), ("changed", "bigint"))
_DUE = (
    ("rule", "text"),
    ("month", "date"),
    ("held", "boolean"),
    ("rows", "bigint"),
    ("oldest", "timestamp with time zone"),
)
_RESULT = (("destroyed", "bigint"), ("anonymised", "bigint"), ("restamped", "bigint"))


def sweep_functions(matrix: Matrix, site: Site, tables: list[Table]) -> Iterator[Function]:
    """Yield a function for each table whose rows have a term, and those that lead to them."""
    for table in tables:
        yield _sweep(matrix, site, table)
        yield _restamp(matrix, site, table)
        yield _due(matrix, site, table)
    sweeps = {table.qualified: _sweep_name(table) for table in tables}
    said = "Destroys or anonymises the next so many rows of a table that are due (4.3); for sweep() alone."
    yield _leading("sweep_table", "text, integer", _RESULT, sweeps, "$2", said)
    restamps = {table.qualified: _restamp_name(table) for table in tables}
    said = "Works out anew until when the next so many rows of a table are kept (4.3); for restamp() alone."
    yield _leading("restamp_table", "text, text[], integer", _RESTAMPED, restamps, "$2, $3", said)
    counted = {table.qualified: _due_name(table) for table in tables}
    said = "Rows of a table that are due, and that will be within so many months, by rule (4.3)."
    yield _leading("due_rows", "text, integer", _DUE, counted, "$2", said)


def _sweep_name(table: Table) -> str:
    return fitting(f"sweep {table.qualified}")


def _due_name(table: Table) -> str:
    return fitting(f"due {table.qualified}")


def _restamp_name(table: Table) -> str:
    return fitting(f"restamp {table.qualified}")


def _leading(
    name: str,
    arguments: str,
    returns: tuple[tuple[str, str], ...],
    functions: Mapping[str, str],
    passed: str,
    comment: str,
) -> Function:
    """The function that calls the one of a table, by the table's name."""
    arms = "".join(
        f"""
    WHEN {literal(table)} THEN
        RETURN QUERY SELECT s.* FROM {INTERNAL_SCHEMA}.{ident(function)}({passed}) AS s;"""
        for table, function in functions.items()
    )
    body = f"BEGIN\n    CASE $1{arms}\n    ELSE\n        RETURN;\n    END CASE;\nEND;" if arms else "BEGIN\nEND;"
    return definer(INTERNAL_SCHEMA, name, arguments, returns, OWNER, body, comment, volatile=True)


def _restamp(matrix: Matrix, site: Site, table: Table) -> Function:
    """
    In the order of keys, so that a run that was broken off goes on where it was; and only those with another term, so
    that no row is written for nothing.
    """
    shape = site.tables[table.qualified]
    relation, listed = ident(*shape.relation), ", ".join(ident("t", key) for key in table.key)
    after = ", ".join(f"($1[{n}])::{shape.columns[key].type}" for n, key in enumerate(table.key, start=1))
    texts = ", ".join(f"{ident('d', key)}::pg_catalog.text" for key in table.key)
    latest = ", ".join(f"{ident('d', key)} DESC" for key in table.key)
    until = ident("t", RETAIN_UNTIL)
    body = f"""\
DECLARE
    batch record;
BEGIN
    WITH d AS MATERIALIZED (
        SELECT {listed} FROM {relation} AS t
        WHERE $1 IS NULL OR ({listed}) > ({after})
        ORDER BY {listed} LIMIT $2
    ), new AS (
        UPDATE {relation} AS t SET {ident(RETAIN_UNTIL)} = {until}
        FROM d
        WHERE {_matched(table)} AND {until} <> {until_sql(matrix, site, table, "t")}
        RETURNING true
    )
    SELECT
        (SELECT ARRAY[{texts}] FROM d ORDER BY {latest} LIMIT 1) AS last,
        (SELECT count(*) FROM d) AS seen,
        (SELECT count(*) FROM new) AS changed
    INTO batch;
    RETURN QUERY SELECT batch.last, batch.seen, batch.changed;
END;"""
    comment = f"Works out anew until when the next so many rows of {table.qualified} are kept (4.3)."
    return definer(
        INTERNAL_SCHEMA, _restamp_name(table), "text[], integer", _RESTAMPED, OWNER, body, comment, volatile=True
    )


def _held(table: Table, key: str) -> str:
    """The condition that a hold that was not released covers the row of *key*, as far as that is written down."""
    return f"""\
EXISTS (
                    SELECT FROM {INTERNAL_SCHEMA}.hold_subject AS h
                    WHERE h.relation = {literal(table.qualified)} AND h.record_key = {key}
                        AND NOT EXISTS (SELECT FROM {INTERNAL_SCHEMA}.hold_release AS r WHERE r.hold_id = h.hold_id))"""


def _due(matrix: Matrix, site: Site, table: Table) -> Function:
    shape = site.tables[table.qualified]
    key, until = record_key(table, shape, "t"), ident("t", RETAIN_UNTIL)
    body = f"""\
DECLARE
    pgcustsec_now timestamptz := clock_timestamp();
BEGIN
    RETURN QUERY
        -- What holds by predicate cover, once each and not row by row.
        WITH covered AS MATERIALIZED (
            SELECT k.key
            FROM {INTERNAL_SCHEMA}.hold AS p
            CROSS JOIN LATERAL unnest({INTERNAL_SCHEMA}.held_keys(p.relation, p.predicate, NULL)) AS k (key)
            WHERE p.relation = {literal(table.qualified)} AND p.predicate IS NOT NULL
                AND NOT EXISTS (SELECT FROM {INTERNAL_SCHEMA}.hold_release AS r WHERE r.hold_id = p.hold_id)
        )
        SELECT
            {rule_sql(matrix, site, table, "t")},
            CASE WHEN {until} > pgcustsec_now THEN date_trunc('month', {until} AT TIME ZONE 'UTC')::date END,
            {until} <= pgcustsec_now AND ({_held(table, key)} OR {key} IN (SELECT c.key FROM covered AS c)),
            count(*),
            min({until})
        FROM {ident(*shape.relation)} AS t
        WHERE {until} <= pgcustsec_now + make_interval(months => $1)
        GROUP BY 1, 2, 3;
END;"""
    comment = f"Rows of {table.qualified} that are due, and that will be within so many months, by rule (4.3)."
    return definer(INTERNAL_SCHEMA, _due_name(table), "integer", _DUE, OWNER, body, comment, volatile=True)


def _sweep(matrix: Matrix, site: Site, table: Table) -> Function:
    shape = site.tables[table.qualified]
    relation, key = ident(*shape.relation), record_key(table, shape, "t")
    parts = list(enumerate(table.key))
    # Names that no column of the table has: in these queries a column would go before a variable.
    declared = "".join(f"\n    pgcustsec_key{n} {shape.columns[name].type}[];" for n, name in parts)
    chosen = ", ".join(f"array_agg({ident('c', name)})" for _, name in parts)
    arrays = ", ".join(f"array_agg({ident('d', name)}) AS key{n}" for n, name in parts)
    into, listed = ", ".join(f"pgcustsec_key{n}" for n, _ in parts), ", ".join(ident("t", name) for name in table.key)
    chosen_rows = f"unnest({into}) AS d ({', '.join(map(ident, table.key))})"
    actions = "".join(
        f"""
        WHEN {literal(rule.name)} THEN
{_action(matrix, site, table, rule)}"""
        for rule in table.retention
    )
    body = f"""\
DECLARE
    pgcustsec_now timestamptz := clock_timestamp();
    due record;
    counts jsonb;
    went text[];{declared}
    hung text[];
    extracts bigint[];
    n bigint;
    destroyed bigint := 0;
    anonymised bigint := 0;
    restamped bigint := 0;
BEGIN
    -- A hold that is placed meanwhile waits for this batch; one that was placed before is seen by what follows.
    LOCK TABLE {INTERNAL_SCHEMA}.hold IN SHARE MODE;
    LOOP
        -- Rows that somebody else has locked are for the next batch. A hold by a predicate is judged of those chosen.
        SELECT array_agg(c.key), {chosen} INTO went, {into}
        FROM (
            SELECT {key} AS key, {listed} FROM {relation} AS t
            WHERE {ident("t", RETAIN_UNTIL)} <= pgcustsec_now
                AND NOT {_held(table, key)}
            ORDER BY {ident("t", RETAIN_UNTIL)} LIMIT $1
            FOR UPDATE OF t SKIP LOCKED) AS c;
        EXIT WHEN went IS NULL OR NOT {INTERNAL_SCHEMA}._hold_more({literal(table.qualified)}, went);
    END LOOP;
    -- What changed without its trigger, as a restore may leave it, is worked out anew and not destroyed.
    UPDATE {relation} AS t SET {ident(RETAIN_UNTIL)} = {ident("t", RETAIN_UNTIL)}
    FROM {chosen_rows}
    WHERE {_matched(table)} AND {until_sql(matrix, site, table, "t")} > pgcustsec_now;
    GET DIAGNOSTICS restamped = ROW_COUNT;
    FOR due IN
        SELECT d.rule, array_agg(d.key ORDER BY d.key COLLATE "C") AS keys, max(d.until) AS until, {arrays}
        FROM (
            SELECT {listed}, {key} AS key, {ident("t", RETAIN_UNTIL)} AS until,
                {rule_sql(matrix, site, table, "t")} AS rule
            FROM {relation} AS t
            JOIN {chosen_rows} ON {_matched(table)}
            WHERE {ident("t", RETAIN_UNTIL)} <= pgcustsec_now) AS d
        GROUP BY d.rule
        ORDER BY d.rule
    LOOP
        counts := '{{}}';
        extracts := {INTERNAL_SCHEMA}._extracts_of({literal(table.qualified)}, due.keys);
        CASE due.rule{actions}
        END CASE;
        PERFORM {INTERNAL_SCHEMA}._certify({literal(table.qualified)}, due.rule, due.keys, due.until, counts, extracts);
    END LOOP;
    RETURN QUERY SELECT destroyed, anonymised, restamped;
END;"""
    comment = f"Destroys or anonymises the next so many rows of {table.qualified} that are due (4.3)."
    return definer(INTERNAL_SCHEMA, _sweep_name(table), "integer", _RESULT, OWNER, body, comment, volatile=True)


def _action(matrix: Matrix, site: Site, table: Table, rule: RetentionRule) -> str:
    steps = [_remove(matrix, site, table, below) for below in descendants(matrix, table)]
    shape = site.tables[table.qualified]
    matched = _matched(table)
    if rule.keep is None:
        steps.append(f"""\
            DELETE FROM {ident(*shape.relation)} AS t USING {_keys(table)} WHERE {matched};
            GET DIAGNOSTICS n = ROW_COUNT;
            destroyed := destroyed + n;""")
    else:
        if sealed_columns(table, shape):
            vault = ident(VAULT_SCHEMA, vault_name(table))
            steps.append(f"""\
            DELETE FROM {vault} AS t USING {_keys(table)} WHERE {matched};""")
        steps.append(_anonymise(site, table, rule))
        steps.append("""\
            GET DIAGNOSTICS n = ROW_COUNT;
            anonymised := anonymised + n;""")
    steps.append(f"""\
            counts := counts || jsonb_build_object({literal(table.qualified)}, n);
            PERFORM {INTERNAL_SCHEMA}._forget({literal(table.qualified)}, due.keys);""")
    return "\n".join(steps)


def _anonymise(site: Site, table: Table, rule: RetentionRule) -> str:
    shape = site.tables[table.qualified]
    relation, matched = ident(*shape.relation), _matched(table)
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
                    SELECT {combination} FROM {relation} AS t, {_keys(table)} WHERE {matched})) AS c)
            UPDATE {relation} AS t SET
                {assigned}
            FROM {_keys(table)} CROSS JOIN g
            WHERE {matched} AND g.combination = {combination};"""


def _keys(table: Table) -> str:
    """The keys that go, as a FROM item `d` with a column for each part of the key."""
    arrays = ", ".join(f"due.key{n}" for n in range(len(table.key)))
    return f"unnest({arrays}) AS d ({', '.join(map(ident, table.key))})"


def _matched(table: Table) -> str:
    """The condition that the row `t` is one of the keys `d`."""
    return " AND ".join(f"{ident('t', name)} = {ident('d', name)}" for name in table.key)


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
    using = ", ".join([*between, _keys(top)])
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
