-- Live columns of the given relations: type as declared, its base type without length, and what fills it.
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
    CASE WHEN n.nspname <> 'pg_catalog' THEN ARRAY[n.nspname::text, pg_catalog.pg_get_userbyid(n.nspowner)::text] END,
    NOT a.attnotnull,
    pg_catalog.pg_get_expr(d.adbin, d.adrelid),
    CASE
        WHEN a.attidentity = 'a' THEN 'always'
        WHEN a.attidentity = 'd' THEN 'default'
        WHEN a.attgenerated = 's' THEN 'stored'
        WHEN a.attgenerated = 'v' THEN 'virtual'
        WHEN filled.sequence IS NOT NULL THEN 'serial'
    END,
    filled.sequence,
    CASE
        WHEN declared.oid IN ('pg_catalog.varchar'::pg_catalog.regtype, 'pg_catalog.bpchar'::pg_catalog.regtype)
            AND a.atttypmod > 4 THEN a.atttypmod - 4
    END
FROM pg_catalog.pg_attribute AS a
JOIN base ON base.start = a.atttypid
JOIN pg_catalog.pg_type AS t ON t.oid = base.type AND t.typtype <> 'd'
JOIN pg_catalog.pg_type AS declared ON declared.oid = a.atttypid
JOIN pg_catalog.pg_namespace AS n ON n.oid = declared.typnamespace
LEFT JOIN pg_catalog.pg_attrdef AS d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
LEFT JOIN LATERAL (
    -- The sequence of an identity column, or the one that a default draws from, whoever it belongs to.
    SELECT ARRAY[sn.nspname::text, s.relname::text] AS sequence
    FROM pg_catalog.pg_depend AS p
    JOIN pg_catalog.pg_class AS s ON s.relkind = 'S' AND s.oid IN (p.objid, p.refobjid)
    JOIN pg_catalog.pg_namespace AS sn ON sn.oid = s.relnamespace
    WHERE (p.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass AND p.refobjid = a.attrelid
            AND p.refobjsubid = a.attnum AND p.deptype = 'i' AND p.classid = 'pg_catalog.pg_class'::pg_catalog.regclass)
        OR (p.classid = 'pg_catalog.pg_attrdef'::pg_catalog.regclass AND p.objid = d.oid
            AND p.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass AND a.attgenerated = '')
    LIMIT 1
) AS filled ON true
WHERE a.attrelid = ANY (%(oids)s::oid[]) AND a.attnum > 0 AND NOT a.attisdropped
ORDER BY a.attrelid, a.attnum
