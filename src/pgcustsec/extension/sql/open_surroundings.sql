-- What PUBLIC may do in the database, in schema public, and with what pgcustsec_owner makes from now on; and the role that
-- can take it back.
WITH acls (kind, owner, acl) AS (
    SELECT 'database', d.datdba, COALESCE(d.datacl, pg_catalog.acldefault('d', d.datdba))
    FROM pg_catalog.pg_database AS d
    WHERE d.datname = pg_catalog.current_database()
    UNION ALL
    SELECT 'schema public', n.nspowner, n.nspacl
    FROM pg_catalog.pg_namespace AS n
    WHERE n.nspname = 'public'
    UNION ALL
    SELECT kind.name, r.oid, COALESCE(d.defaclacl, pg_catalog.acldefault(kind.code, r.oid))
    FROM pg_catalog.pg_roles AS r
    CROSS JOIN (VALUES ('functions', 'f'::"char"), ('types', 'T'::"char")) AS kind (name, code)
    LEFT JOIN pg_catalog.pg_default_acl AS d
        ON d.defaclrole = r.oid AND d.defaclnamespace = 0 AND d.defaclobjtype = kind.code
    WHERE r.rolname = 'pgcustsec_owner'
)
SELECT
    acls.kind,
    pg_catalog.string_agg(DISTINCT e.privilege_type, ', ' ORDER BY e.privilege_type),
    pg_catalog.pg_get_userbyid(acls.owner)::text
FROM acls
CROSS JOIN LATERAL pg_catalog.aclexplode(acls.acl) AS e
WHERE e.grantee = 0
GROUP BY acls.kind, acls.owner
