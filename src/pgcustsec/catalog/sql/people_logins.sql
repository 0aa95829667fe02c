-- Every login that is a person's or in one of our group roles, whether the role is there or not.
SELECT
    COALESCE(s.login, p.rolname)::text, s.staff_id, s.full_name, s.active,
    p.oid IS NOT NULL,
    COALESCE(p.rolcanlogin, false),
    CASE WHEN p.rolvaliduntil < '9999-01-01 00:00+00' THEN GREATEST(p.rolvaliduntil, '1970-01-01 00:00+00') END,
    COALESCE(p.rolvaliduntil <= pg_catalog.clock_timestamp(), false),
    p.rolconnlimit,
    ARRAY(
        SELECT r.role_code
        FROM pg_catalog.pg_auth_members AS m
        JOIN pg_catalog.pg_roles AS g ON g.oid = m.roleid
        JOIN pgcustsec_internal.role AS r ON r.group_role = g.rolname
        WHERE m.member = p.oid
        GROUP BY r.role_code, r.place
        ORDER BY r.place, r.role_code)
FROM (SELECT * FROM pgcustsec_internal.staff WHERE login IS NOT NULL) AS s
FULL JOIN pg_catalog.pg_roles AS p ON p.rolname = s.login
WHERE s.login IS NOT NULL
    OR EXISTS (
        SELECT
        FROM pg_catalog.pg_auth_members AS m
        JOIN pg_catalog.pg_roles AS g ON g.oid = m.roleid
        JOIN pgcustsec_internal.role AS r ON r.group_role = g.rolname
        WHERE m.member = p.oid
            -- Administrators hand a group out and have nothing of it: not a login of ours.
            AND (COALESCE((pg_catalog.to_jsonb(m) ->> 'inherit_option')::boolean, true)
                OR COALESCE((pg_catalog.to_jsonb(m) ->> 'set_option')::boolean, true)))
ORDER BY 1
