-- Who is in our roles, what our roles are in, and which people's logins are in a role that row security passes by.
SELECT
    role.rolname,
    member.rolname,
    pg_catalog.bool_or(m.admin_option),
    pg_catalog.bool_or(COALESCE((pg_catalog.to_jsonb(m) ->> 'inherit_option')::boolean, member.rolinherit)),
    pg_catalog.bool_or(COALESCE((pg_catalog.to_jsonb(m) ->> 'set_option')::boolean, true)),
    pg_catalog.array_agg(pg_catalog.pg_get_userbyid(m.grantor)::text ORDER BY m.grantor)
FROM pg_catalog.pg_auth_members AS m
JOIN pg_catalog.pg_roles AS role ON role.oid = m.roleid
JOIN pg_catalog.pg_roles AS member ON member.oid = m.member
WHERE role.rolname = ANY (%(roles)s::name[])
    OR member.rolname = ANY (%(roles)s::name[])
    OR (role.rolname = ANY (%(above)s::name[]) AND member.rolname = ANY (%(logins)s::name[]))
GROUP BY role.rolname, member.rolname
