-- Logins that come in through a group role, applications' logins among them. An administrator may hand a group role out but
-- comes in through none.
SELECT m.rolname::text
FROM pgcustsec_internal.role AS g
JOIN pg_catalog.pg_roles AS r ON r.rolname = g.group_role
JOIN pg_catalog.pg_auth_members AS a ON a.roleid = r.oid
JOIN pg_catalog.pg_roles AS m ON m.oid = a.member AND m.rolcanlogin
GROUP BY m.rolname
HAVING NOT pg_catalog.bool_or(a.admin_option)
ORDER BY 1
