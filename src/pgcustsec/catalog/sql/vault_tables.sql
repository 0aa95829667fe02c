-- Tables of the vault, with their columns, their blind indexes, and whether their rows go with those they belong to.
SELECT
    n.nspname,
    c.relname,
    r.rolname,
    COALESCE(pg_catalog.obj_description(c.oid, 'pg_class'), ''),
    ARRAY(
        SELECT ARRAY[a.attname::text, pg_catalog.format_type(a.atttypid, a.atttypmod)]
        FROM pg_catalog.pg_attribute AS a
        WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
        ORDER BY a.attnum),
    ARRAY(
        SELECT ARRAY[a.attname::text, i.indisunique::text,
            COALESCE(pg_catalog.substring(pg_catalog.col_description(c.oid, a.attnum), 'recipe ([0-9a-f]+)'), '')]
        FROM pg_catalog.pg_index AS i
        JOIN pg_catalog.pg_attribute AS a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]
        WHERE i.indrelid = c.oid AND NOT i.indisprimary AND i.indnatts = 1 AND i.indisvalid AND i.indpred IS NULL
        ORDER BY a.attname),
    tie.base,
    ARRAY(
        SELECT a.attname::text
        FROM pg_catalog.pg_index AS i
        CROSS JOIN pg_catalog.unnest(i.indkey::int2[]) WITH ORDINALITY AS k (attnum, place)
        JOIN pg_catalog.pg_attribute AS a ON a.attrelid = c.oid AND a.attnum = k.attnum
        WHERE i.indrelid = c.oid AND i.indisprimary
        ORDER BY k.place)
FROM pg_catalog.pg_class AS c
JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
JOIN pg_catalog.pg_roles AS r ON r.oid = c.relowner
LEFT JOIN LATERAL (
    SELECT ARRAY[bn.nspname::text, b.relname::text] AS base
    FROM pg_catalog.pg_constraint AS f
    JOIN pg_catalog.pg_class AS b ON b.oid = f.confrelid
    JOIN pg_catalog.pg_namespace AS bn ON bn.oid = b.relnamespace
    WHERE f.conrelid = c.oid AND f.contype = 'f' AND f.convalidated AND f.confdeltype = 'c' AND f.confupdtype = 'c'
        AND f.conparentid = 0
    LIMIT 1
) AS tie ON true
WHERE n.nspname = 'pgcustsec_vault' AND c.relkind = 'r'
