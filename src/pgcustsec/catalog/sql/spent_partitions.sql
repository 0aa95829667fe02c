-- Leaf partitions of a table whose matrix allows to drop them, of one owner with what they are parts of, each of a range
-- by one date or moment that ended longer ago than the table's longest term (4.3); with the vault's table that refers to their rows, and its columns that do.
-- Bounds are printed, and read, as ISO dates in UTC: the session's settings are to say so.
WITH longest AS (
    SELECT max(q.keep_days) AS days
    FROM pgcustsec_internal.retention_rule AS q
    WHERE q.relation = %(schema)s || '.' || %(relation)s AND q.drops_partitions
), top AS (
    SELECT t.oid
    FROM pg_catalog.pg_class AS t
    JOIN pg_catalog.pg_namespace AS n ON n.oid = t.relnamespace
    WHERE n.nspname = %(schema)s AND t.relname = %(relation)s AND t.relkind = 'p'
), leaf AS (
    SELECT
        c.oid, c.relname, c.relnamespace, c.relowner, p.parentrelid, top.oid AS top,
        -- Neither the default partition, nor one without a beginning or an end: those take what no other does.
        pg_catalog.substring(
            pg_catalog.pg_get_expr(c.relpartbound, c.oid), '^FOR VALUES FROM \(''[^'']+''\) TO \(''([^'']+)''\)$'
        ) AS ends
    FROM top
    CROSS JOIN LATERAL pg_catalog.pg_partition_tree(top.oid::pg_catalog.regclass) AS p
    JOIN pg_catalog.pg_class AS c ON c.oid = p.relid AND c.relkind = 'r'
    JOIN pg_catalog.pg_partitioned_table AS how
        ON how.partrelid = p.parentrelid AND how.partstrat = 'r' AND how.partnatts = 1
    JOIN pg_catalog.pg_attribute AS a
        ON a.attrelid = how.partrelid AND a.attnum = how.partattrs[0]
        AND a.atttypid IN (
            'pg_catalog.date'::pg_catalog.regtype, 'pg_catalog.timestamp'::pg_catalog.regtype,
            'pg_catalog.timestamptz'::pg_catalog.regtype)
    WHERE p.isleaf
)
SELECT
    n.nspname::text, leaf.relname::text, above.nspname::text, parent.relname::text,
    pg_catalog.pg_get_userbyid(parent.relowner)::text, vault.name, vault.columns
FROM leaf
CROSS JOIN longest
JOIN pg_catalog.pg_namespace AS n ON n.oid = leaf.relnamespace
JOIN pg_catalog.pg_class AS parent ON parent.oid = leaf.parentrelid AND parent.relowner = leaf.relowner
JOIN pg_catalog.pg_namespace AS above ON above.oid = parent.relnamespace
LEFT JOIN LATERAL (
    SELECT v.relname::text AS name, (
        SELECT pg_catalog.array_agg(a.attname::text)
        FROM pg_catalog.pg_attribute AS a
        WHERE a.attrelid = k.conrelid AND a.attnum = ANY (k.conkey)) AS columns
    FROM pg_catalog.pg_constraint AS k
    JOIN pg_catalog.pg_class AS v ON v.oid = k.conrelid
    WHERE k.contype = 'f' AND k.confrelid = leaf.top AND v.relnamespace = 'pgcustsec_vault'::pg_catalog.regnamespace
    LIMIT 1
) AS vault ON true
WHERE leaf.ends::pg_catalog.timestamptz + pg_catalog.make_interval(hours => 24 * longest.days)
    <= pg_catalog.clock_timestamp()
ORDER BY leaf.ends::pg_catalog.timestamptz, 1, 2
