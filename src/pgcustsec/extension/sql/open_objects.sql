-- Objects of pgcustsec_owner in our schemas that PUBLIC was given something on, as REVOKE names them.
WITH ours (kind, oid, name, acl) AS (
    SELECT 'SCHEMA', n.oid, pg_catalog.format('%%I', n.nspname), n.nspacl
    FROM pg_catalog.pg_namespace AS n
    WHERE n.nspname = ANY (%(schemas)s::name[])
    UNION ALL
    SELECT
        CASE c.relkind WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END, c.oid,
        pg_catalog.format('%%I.%%I', n.nspname, c.relname), c.relacl
    FROM pg_catalog.pg_class AS c
    JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
    WHERE n.nspname = ANY (%(schemas)s::name[]) AND c.relkind IN ('r', 'p', 'v', 'S')
        AND pg_catalog.pg_get_userbyid(c.relowner) = 'pgcustsec_owner'
    UNION ALL
    SELECT
        'ROUTINE', p.oid,
        pg_catalog.format('%%I.%%I(%%s)', n.nspname, p.proname, pg_catalog.pg_get_function_identity_arguments(p.oid)),
        COALESCE(p.proacl, pg_catalog.acldefault('f', p.proowner))
    FROM pg_catalog.pg_proc AS p
    JOIN pg_catalog.pg_namespace AS n ON n.oid = p.pronamespace
    WHERE n.nspname = ANY (%(schemas)s::name[]) AND pg_catalog.pg_get_userbyid(p.proowner) = 'pgcustsec_owner'
    UNION ALL
    SELECT
        'TYPE', t.oid, pg_catalog.format('%%I.%%I', n.nspname, t.typname),
        COALESCE(t.typacl, pg_catalog.acldefault('T', t.typowner))
    FROM pg_catalog.pg_type AS t
    JOIN pg_catalog.pg_namespace AS n ON n.oid = t.typnamespace
    LEFT JOIN pg_catalog.pg_class AS c ON c.oid = t.typrelid
    WHERE n.nspname = ANY (%(schemas)s::name[]) AND pg_catalog.pg_get_userbyid(t.typowner) = 'pgcustsec_owner'
        -- The row type of a table and the type of its arrays have no privileges of their own.
        AND t.typcategory <> 'A' AND COALESCE(c.relkind = 'c', true)
)
SELECT ours.kind, ours.name, pg_catalog.string_agg(e.privilege_type, ', ' ORDER BY e.privilege_type)
FROM ours
CROSS JOIN LATERAL pg_catalog.aclexplode(ours.acl) AS e
WHERE e.grantee = 0
GROUP BY ours.kind, ours.oid, ours.name
ORDER BY ours.kind, ours.name
