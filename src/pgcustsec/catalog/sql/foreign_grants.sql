-- Who else has something on protected relations: left alone, and listed.
SELECT DISTINCT n.nspname || '.' || c.relname, r.rolname::text, e.privilege_type
FROM pg_catalog.pg_class AS c
JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
LEFT JOIN pg_catalog.pg_attribute AS a ON a.attrelid = c.oid AND a.attacl IS NOT NULL AND NOT a.attisdropped
CROSS JOIN LATERAL (
    SELECT * FROM pg_catalog.aclexplode(c.relacl)
    UNION ALL
    SELECT * FROM pg_catalog.aclexplode(a.attacl)) AS e
JOIN pg_catalog.pg_roles AS r ON r.oid = e.grantee
WHERE c.oid = ANY (%(relations)s::oid[]) AND e.grantee <> c.relowner AND NOT r.rolname = ANY (%(roles)s::name[])
ORDER BY 1, 2, 3
