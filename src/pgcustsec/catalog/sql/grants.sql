-- What our roles, their logins and PUBLIC were given. PUBLIC counts on what we protect or own, our roles anywhere.
WITH acls (kind, target, acl, owner, guarded) AS (
    SELECT 'database', ARRAY[d.datname::text], COALESCE(d.datacl, pg_catalog.acldefault('d', d.datdba)), d.datdba, true
    FROM pg_catalog.pg_database AS d
    WHERE d.datname = pg_catalog.current_database()
    UNION ALL
    SELECT
        'schema', ARRAY[n.nspname::text], n.nspacl, n.nspowner,
        n.nspname = ANY (%(schemas)s::name[]) OR n.nspname = 'public'
    FROM pg_catalog.pg_namespace AS n
    WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
    UNION ALL
    SELECT
        'table', ARRAY[n.nspname::text, c.relname::text], c.relacl, c.relowner,
        n.nspname = ANY (%(schemas)s::name[]) OR c.oid = ANY (%(relations)s::oid[])
    FROM pg_catalog.pg_class AS c
    JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
    UNION ALL
    SELECT
        'sequence', ARRAY[n.nspname::text, c.relname::text], c.relacl, c.relowner, n.nspname = ANY (%(schemas)s::name[])
    FROM pg_catalog.pg_class AS c
    JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
    WHERE c.relkind = 'S' AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
    UNION ALL
    SELECT
        'column', ARRAY[n.nspname::text, c.relname::text, a.attname::text], a.attacl, c.relowner,
        n.nspname = ANY (%(schemas)s::name[]) OR c.oid = ANY (%(relations)s::oid[])
    FROM pg_catalog.pg_attribute AS a
    JOIN pg_catalog.pg_class AS c ON c.oid = a.attrelid
    JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
    WHERE a.attacl IS NOT NULL AND NOT a.attisdropped AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
    UNION ALL
    SELECT
        'function', ARRAY[n.nspname::text, p.proname::text, pg_catalog.oidvectortypes(p.proargtypes)],
        COALESCE(p.proacl, pg_catalog.acldefault('f', p.proowner)), p.proowner, n.nspname = ANY (%(schemas)s::name[])
    FROM pg_catalog.pg_proc AS p
    JOIN pg_catalog.pg_namespace AS n ON n.oid = p.pronamespace
    WHERE p.prokind IN ('f', 'w', 'p') AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
)
SELECT
    acls.kind,
    acls.target,
    CASE WHEN e.grantee = 0 THEN 'PUBLIC' ELSE grantee.rolname::text END,
    pg_catalog.pg_get_userbyid(e.grantor)::text,
    pg_catalog.array_agg(e.privilege_type),
    COALESCE(pg_catalog.array_agg(e.privilege_type) FILTER (WHERE e.is_grantable), '{}')
FROM acls
CROSS JOIN LATERAL pg_catalog.aclexplode(acls.acl) AS e
LEFT JOIN pg_catalog.pg_roles AS grantee ON grantee.oid = e.grantee
WHERE e.grantee <> acls.owner
    AND ((e.grantee = 0 AND acls.guarded) OR grantee.rolname = ANY (%(roles)s::name[]))
GROUP BY 1, 2, 3, 4
