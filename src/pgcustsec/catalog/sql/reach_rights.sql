-- Who has what on the given relations, on the sequences that fill their columns, on their schemas, on the schema public
-- and on the database; '' is PUBLIC. The fourth says whether as its owner; then
-- which table a sequence fills, and who granted it.
WITH sequences AS (
    SELECT q.oid, q.relnamespace, q.relname, q.relacl, q.relowner, ARRAY[n.nspname, c.relname]::text[] AS filled
    FROM pg_catalog.pg_depend AS d
    JOIN pg_catalog.pg_class AS q ON q.oid = d.objid AND q.relkind = 'S'
    JOIN pg_catalog.pg_class AS c ON c.oid = d.refobjid
    JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
    WHERE d.classid = 'pg_catalog.pg_class'::regclass AND d.refclassid = 'pg_catalog.pg_class'::regclass
        AND d.refobjid = ANY (%(oids)s::oid[]) AND d.deptype = 'a'
), objects (on_what, target, filled, acl, owner) AS (
    SELECT 'table', ARRAY[n.nspname, c.relname]::text[], NULL::text[],
        COALESCE(c.relacl, pg_catalog.acldefault('r', c.relowner)), c.relowner
    FROM pg_catalog.pg_class AS c
    JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
    WHERE c.oid = ANY (%(oids)s::oid[])
    UNION ALL
    SELECT 'column', ARRAY[n.nspname, c.relname, a.attname]::text[], NULL, a.attacl, c.relowner
    FROM pg_catalog.pg_class AS c
    JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
    JOIN pg_catalog.pg_attribute AS a ON a.attrelid = c.oid AND a.attacl IS NOT NULL AND NOT a.attisdropped
    WHERE c.oid = ANY (%(oids)s::oid[])
    UNION ALL
    SELECT 'sequence', ARRAY[n.nspname, s.relname]::text[], s.filled,
        COALESCE(s.relacl, pg_catalog.acldefault('s', s.relowner)), s.relowner
    FROM sequences AS s
    JOIN pg_catalog.pg_namespace AS n ON n.oid = s.relnamespace
    UNION ALL
    SELECT 'schema', ARRAY[n.nspname]::text[], NULL, COALESCE(n.nspacl, pg_catalog.acldefault('n', n.nspowner)), n.nspowner
    FROM pg_catalog.pg_namespace AS n
    WHERE n.nspname = 'public'
        OR n.oid IN (SELECT c.relnamespace FROM pg_catalog.pg_class AS c WHERE c.oid = ANY (%(oids)s::oid[]))
    UNION ALL
    SELECT 'database', ARRAY[d.datname]::text[], NULL, COALESCE(d.datacl, pg_catalog.acldefault('d', d.datdba)), d.datdba
    FROM pg_catalog.pg_database AS d
    WHERE d.datname = pg_catalog.current_database()
)
SELECT
    o.on_what,
    o.target,
    COALESCE(r.rolname, '')::text,
    e.grantee = o.owner,
    pg_catalog.array_agg(DISTINCT e.privilege_type),
    o.filled,
    pg_catalog.array_agg(DISTINCT pg_catalog.pg_get_userbyid(e.grantor)::text)
FROM objects AS o
CROSS JOIN LATERAL pg_catalog.aclexplode(o.acl) AS e
LEFT JOIN pg_catalog.pg_roles AS r ON r.oid = e.grantee
GROUP BY o.on_what, o.target, o.filled, r.rolname, e.grantee, o.owner
ORDER BY o.on_what, o.target, 3
