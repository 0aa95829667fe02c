-- The cluster's roles but PostgreSQL's own, and the roles that each is a member of.
SELECT
    r.rolname::text, r.rolcanlogin, r.rolsuper,
    ARRAY(
        SELECT DISTINCT pg_catalog.pg_get_userbyid(m.roleid)::text
        FROM pg_catalog.pg_auth_members AS m WHERE m.member = r.oid ORDER BY 1)
FROM pg_catalog.pg_roles AS r
WHERE NOT pg_catalog.starts_with(r.rolname, 'pg_')
ORDER BY r.rolname
