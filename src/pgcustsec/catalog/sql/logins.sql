-- Logins that exist: of active staff, with the roles the person holds, in no order; none, if they hold none.
SELECT s.login, pg_catalog.array_remove(pg_catalog.array_agg(r.role_code), NULL)
FROM pgcustsec_internal.staff AS s
LEFT JOIN pgcustsec_internal.staff_role AS r ON r.staff_id = s.staff_id
JOIN pg_catalog.pg_roles AS p ON p.rolname = s.login
WHERE s.active
GROUP BY s.login
ORDER BY s.login
