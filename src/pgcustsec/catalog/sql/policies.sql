-- Policies on protected relations, and policies anywhere that name a role of ours.
SELECT
    n.nspname AS schema,
    c.relname AS relation,
    p.polname AS name,
    ARRAY(
        SELECT CASE WHEN role = 0 THEN 'PUBLIC' ELSE pg_catalog.pg_get_userbyid(role)::text END
        FROM pg_catalog.unnest(p.polroles) AS role),
    CASE p.polcmd WHEN 'r' THEN 'SELECT' WHEN 'a' THEN 'INSERT' WHEN 'w' THEN 'UPDATE' WHEN 'd' THEN 'DELETE' ELSE 'ALL' END,
    p.polpermissive,
    COALESCE(pg_catalog.pg_get_expr(p.polqual, p.polrelid), '') AS condition,
    COALESCE(pg_catalog.pg_get_expr(p.polwithcheck, p.polrelid), '') AS new_row,
    COALESCE(pg_catalog.obj_description(p.oid, 'pg_policy'), ''),
    r.rolname
FROM pg_catalog.pg_policy AS p
JOIN pg_catalog.pg_class AS c ON c.oid = p.polrelid
JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
JOIN pg_catalog.pg_roles AS r ON r.oid = c.relowner
WHERE c.oid = ANY (%(relations)s::oid[])
    OR p.polroles && ARRAY(SELECT ours.oid FROM pg_catalog.pg_roles AS ours WHERE ours.rolname = ANY (%(roles)s::name[]))
