-- Who else than the owner may do what with the given relations; without a column: with all of it.
SELECT
    c.oid,
    CASE g.grantee WHEN 0 THEN 'public' ELSE pg_catalog.pg_get_userbyid(g.grantee)::text END,
    g.grantee = 0,
    g.privilege_type,
    g.attname::text
FROM pg_catalog.pg_class AS c
CROSS JOIN LATERAL (
    SELECT a.grantee, a.privilege_type, NULL::name AS attname FROM pg_catalog.aclexplode(c.relacl) AS a
    UNION ALL
    SELECT a.grantee, a.privilege_type, t.attname
    FROM pg_catalog.pg_attribute AS t, pg_catalog.aclexplode(t.attacl) AS a
    WHERE t.attrelid = c.oid AND NOT t.attisdropped
) AS g
WHERE c.oid = ANY (%(oids)s::oid[]) AND g.grantee <> c.relowner
    AND g.privilege_type IN ('SELECT', 'INSERT', 'UPDATE', 'DELETE')
ORDER BY 1, 2, 4, 5
