-- Whether PUBLIC has a part in what each role makes. Without an entry of its own, it has.
SELECT r.rolname, kind.name,
    EXISTS (
        SELECT
        FROM pg_catalog.aclexplode(COALESCE(d.defaclacl, pg_catalog.acldefault(kind.code, r.oid))) AS e
        WHERE e.grantee = 0)
FROM pg_catalog.pg_roles AS r
CROSS JOIN (VALUES ('functions', 'f'::"char"), ('types', 'T'::"char")) AS kind (name, code)
LEFT JOIN pg_catalog.pg_default_acl AS d
    ON d.defaclrole = r.oid AND d.defaclnamespace = 0 AND d.defaclobjtype = kind.code
WHERE r.rolname = ANY (%(creators)s::name[])
