-- Live columns of the given relations, of inheritance children those that are their own. Without defaults: printing one
-- waits for who locked the table.
WITH RECURSIVE base (start, type) AS (
    SELECT t.oid, t.oid FROM pg_catalog.pg_type AS t
    UNION ALL
    SELECT base.start, t.typbasetype
    FROM base
    JOIN pg_catalog.pg_type AS t ON t.oid = base.type AND t.typtype = 'd'
)
SELECT
    a.attrelid,
    a.attname::text,
    pg_catalog.format_type(a.atttypid, a.atttypmod),
    pg_catalog.format_type(base.type, NULL),
    declared.typcategory::text,
    NOT a.attnotnull,
    a.attgenerated <> '' OR a.attidentity = 'a',
    CASE
        WHEN declared.oid IN ('pg_catalog.varchar'::pg_catalog.regtype, 'pg_catalog.bpchar'::pg_catalog.regtype)
            AND a.atttypmod > 4 THEN a.atttypmod - 4
    END,
    COALESCE(pg_catalog.col_description(a.attrelid, a.attnum), '')
FROM pg_catalog.pg_attribute AS a
JOIN base ON base.start = a.atttypid
JOIN pg_catalog.pg_type AS t ON t.oid = base.type AND t.typtype <> 'd'
JOIN pg_catalog.pg_type AS declared ON declared.oid = a.atttypid
WHERE a.attrelid = ANY (%(oids)s::oid[]) AND a.attnum > 0 AND NOT a.attisdropped
    AND NOT (a.attrelid = ANY (%(heirs)s::oid[]) AND a.attinhcount > 0)
ORDER BY a.attrelid, a.attnum
