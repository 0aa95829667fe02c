-- Live columns of the given relations: type as declared, and its base type without length.
WITH RECURSIVE base (start, type, is_domain) AS (
    SELECT t.oid, t.oid, false FROM pg_catalog.pg_type AS t
    UNION ALL
    SELECT base.start, t.typbasetype, true
    FROM base
    JOIN pg_catalog.pg_type AS t ON t.oid = base.type AND t.typtype = 'd'
)
SELECT
    a.attrelid,
    a.attname,
    pg_catalog.format_type(a.atttypid, a.atttypmod),
    pg_catalog.format_type(base.type, NULL),
    base.is_domain,
    CASE WHEN n.nspname <> 'pg_catalog' THEN ARRAY[n.nspname::text, pg_catalog.pg_get_userbyid(n.nspowner)::text] END
FROM pg_catalog.pg_attribute AS a
JOIN base ON base.start = a.atttypid
JOIN pg_catalog.pg_type AS t ON t.oid = base.type AND t.typtype <> 'd'
JOIN pg_catalog.pg_type AS declared ON declared.oid = a.atttypid
JOIN pg_catalog.pg_namespace AS n ON n.oid = declared.typnamespace
WHERE a.attrelid = ANY (%(oids)s::oid[]) AND a.attnum > 0 AND NOT a.attisdropped
ORDER BY a.attrelid, a.attnum
