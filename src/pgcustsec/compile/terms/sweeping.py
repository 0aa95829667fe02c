"""
What destroys, or anonymises, the rows that are past their term, a batch at a time (4.3).

One transaction has the rows of a batch, everything that hangs on them and the certificate: none is there without the
others, whenever it is killed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pgcustsec.compile.opening import definer
from pgcustsec.compile.quote import fitting, ident, literal
from pgcustsec.compile.terms.destroying import end_name, matched
from pgcustsec.compile.terms.when import rule_sql, until_sql
from pgcustsec.compile.vault.sealed import record_key
from pgcustsec.matrix.model import Matrix, Table
from pgcustsec.objects import INTERNAL_SCHEMA, OWNER, RETAIN_UNTIL, Function
from pgcustsec.shape import Site

_RESTAMPED = (("last", "text[]"), ("seen", "bigint"), ("changed", "bigint"))
_DUE = (
    ("rule", "text"),
    ("month", "date"),
    ("held", "boolean"),
    ("rows", "bigint"),
    ("oldest", "timestamp with time zone"),
)
_RESULT = (("destroyed", "bigint"), ("anonymised", "bigint"), ("restamped", "bigint"), ("blocked", "bigint"))


def sweep_functions(matrix: Matrix, site: Site, tables: list[Table]) -> Iterator[Function]:
    """Yield a function for each table whose rows have a term, and those that lead to them."""
    for table in tables:
        yield _end_due(matrix, site, table)
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


def _end_due_name(table: Table) -> str:
    return fitting(f"end due {table.qualified}")


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
    IF $1 IS NULL THEN
        -- What others are writing by the rules of before is seen once they are done.
        LOCK TABLE {relation} IN SHARE MODE;
    END IF;
    WITH d AS MATERIALIZED (
        SELECT {listed} FROM {relation} AS t
        WHERE $1 IS NULL OR ({listed}) > ({after})
        ORDER BY {listed} LIMIT $2
    ), new AS (
        UPDATE {relation} AS t SET {ident(RETAIN_UNTIL)} = {until}
        FROM d
        WHERE {matched(table)} AND {until} <> {until_sql(matrix, site, table, "t")}
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
                AND {INTERNAL_SCHEMA}._hold_counts(p.begun_by)
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
    relation, key, until = ident(*shape.relation), record_key(table, shape, "t"), ident("t", RETAIN_UNTIL)
    parts = list(enumerate(table.key))
    # Names that no column of the table has: in these queries a column would go before a variable.
    declared = "".join(f"\n    pgcustsec_key{n} {shape.columns[name].plain_type}[];" for n, name in parts)
    chosen = ", ".join(f"array_agg({ident('c', name)})" for _, name in parts)
    into, listed = ", ".join(f"pgcustsec_key{n}" for n, _ in parts), ", ".join(ident("t", name) for name in table.key)
    one = " AND ".join(f"{ident('t', name)} = pgcustsec_key{n}[pgcustsec_one]" for n, name in parts)
    only_one = ", ".join(f"pgcustsec_key{n}[pgcustsec_one:pgcustsec_one]" for n, _ in parts)
    ends = f"SELECT s.* INTO done FROM {INTERNAL_SCHEMA}.{ident(_end_due_name(table))}"
    hold_more = f"{INTERNAL_SCHEMA}._hold_more({literal(table.qualified)}"
    body = f"""\
DECLARE
    pgcustsec_now timestamptz := clock_timestamp();
    went text[];{declared}
    done record;
    destroyed bigint := 0;
    anonymised bigint := 0;
    restamped bigint := 0;
    blocked bigint := 0;
    which text;
    of_table text;
BEGIN
    -- A hold that is placed meanwhile waits for this batch; one that was placed before is seen by what follows.
    LOCK TABLE {INTERNAL_SCHEMA}.hold IN SHARE MODE;
    -- Rows are locked by the subtransaction that deletes them. With two of them to its name, a multixact, a row that is
    -- gone stays in the index until a VACUUM, and each batch would pass all of those before it.
    BEGIN
        LOOP
            -- Rows that somebody else has locked are for the next batch. Holds by predicate are judged of those chosen.
            SELECT array_agg(c.key), {chosen} INTO went, {into}
            FROM (
                SELECT {key} AS key, {listed} FROM {relation} AS t
                WHERE {until} <= pgcustsec_now
                    AND NOT {_held(table, key)}
                ORDER BY {until} LIMIT $1
                FOR UPDATE OF t SKIP LOCKED) AS c;
            EXIT WHEN went IS NULL OR NOT {hold_more}, went);
        END LOOP;
        {ends}({into}) AS s;
        RETURN QUERY SELECT done.destroyed, done.anonymised, done.restamped, blocked;
        RETURN;
    EXCEPTION WHEN lock_not_available OR integrity_constraint_violation THEN
        IF went IS NULL THEN
            RAISE;
        END IF;
    END;
    -- Somebody has a row that hangs on one of them, or something refers to one: the others go all the same.
    FOR pgcustsec_one IN 1..cardinality(went) LOOP
        BEGIN
            PERFORM FROM {relation} AS t WHERE {one} AND {until} <= pgcustsec_now FOR UPDATE OF t SKIP LOCKED;
            CONTINUE WHEN NOT FOUND OR {hold_more}, went[pgcustsec_one:pgcustsec_one]);
            {ends}({only_one}) AS s;
            destroyed := destroyed + done.destroyed;
            anonymised := anonymised + done.anonymised;
            restamped := restamped + done.restamped;
        EXCEPTION WHEN lock_not_available OR integrity_constraint_violation THEN
            blocked := blocked + 1;
            GET STACKED DIAGNOSTICS which = CONSTRAINT_NAME, of_table = TABLE_NAME;
            IF which <> '' THEN
                RAISE WARNING 'constraint % of % keeps a row of % from its end (4.3)',
                    which, of_table, {literal(table.qualified)}
                    USING HINT = 'Put a table that refers to it into the matrix.';
            END IF;
        END;
    END LOOP;
    RETURN QUERY SELECT destroyed, anonymised, restamped, blocked;
END;"""
    comment = f"Destroys or anonymises the next so many rows of {table.qualified} that are due (4.3)."
    return definer(INTERNAL_SCHEMA, _sweep_name(table), "integer", _RESULT, OWNER, body, comment, volatile=True)


def _end_due(matrix: Matrix, site: Site, table: Table) -> Function:
    """Ends rows that the sweep has locked, each by the rule that decides of it now: all, or none and an error."""
    shape = site.tables[table.qualified]
    relation, key, until = ident(*shape.relation), record_key(table, shape, "t"), ident("t", RETAIN_UNTIL)
    parts = list(enumerate(table.key))
    given = f"unnest({', '.join(f'${n + 1}' for n, _ in parts)}) AS d ({', '.join(map(ident, table.key))})"
    listed = ", ".join(ident("t", name) for name in table.key)
    arrays = ", ".join(f"array_agg({ident('q', name)}) AS key{n}" for n, name in parts)
    keys = ", ".join(f"due.key{n}" for n, _ in parts)
    anonymises = [literal(rule.name) for rule in table.retention if rule.keep is not None]
    body = f"""\
DECLARE
    pgcustsec_now timestamptz := clock_timestamp();
    due record;
    n bigint;
    destroyed bigint := 0;
    anonymised bigint := 0;
    restamped bigint := 0;
BEGIN
    FOR due IN
        SELECT q.rule, array_agg(q.key) AS keys, max(q.until) AS until, {arrays}
        FROM (
            SELECT {listed}, {key} AS key, {until} AS until,
                CASE WHEN {until_sql(matrix, site, table, "t")} <= pgcustsec_now
                    THEN {rule_sql(matrix, site, table, "t")} END AS rule
            FROM {relation} AS t
            JOIN {given} ON {matched(table)}
            WHERE {until} <= pgcustsec_now) AS q
        GROUP BY q.rule
        ORDER BY q.rule
    LOOP
        IF due.rule IS NULL THEN
            -- What changed without its trigger, as a restore may leave it, is worked out anew and not destroyed.
            UPDATE {relation} AS t SET {ident(RETAIN_UNTIL)} = {until}
            FROM unnest({keys}) AS d ({", ".join(map(ident, table.key))})
            WHERE {matched(table)};
            GET DIAGNOSTICS restamped = ROW_COUNT;
            CONTINUE;
        END IF;
        n := {INTERNAL_SCHEMA}.{ident(end_name(table))}(due.rule, NULL, due.keys, due.until, {keys});
        IF {f"due.rule IN ({', '.join(anonymises)})" if anonymises else "false"} THEN
            anonymised := anonymised + n;
        ELSE
            destroyed := destroyed + n;
        END IF;
    END LOOP;
    RETURN QUERY SELECT destroyed, anonymised, restamped;
END;"""
    types = ", ".join(f"{shape.columns[name].plain_type}[]" for name in table.key)
    comment = f"Ends rows of {table.qualified} that a sweep has locked, each by its rule (4.3)."
    return definer(
        INTERNAL_SCHEMA,
        _end_due_name(table),
        types,
        _RESULT[:3],
        OWNER,
        body,
        comment,
        volatile=True,
        # Who has a row that hangs on one of them keeps that one, and nobody else, for the next batch.
        settings=("lock_timeout = '200ms'",),
    )
