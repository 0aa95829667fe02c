-- Functions that are nobody's of pgcustsec's or PostgreSQL's own, and which of the groups may call them.
SELECT
    n.nspname::text,
    p.proname::text,
    l.lanname::text,
    COALESCE(pg_catalog.pg_get_function_sqlbody(p.oid), p.prosrc),
    CASE WHEN p.prokind IN ('f', 'p') THEN pg_catalog.pg_get_functiondef(p.oid) ELSE '' END,
    p.prosecdef,
    ARRAY(
        SELECT g.rolname::text
        FROM pg_catalog.pg_roles AS g
        WHERE g.rolname = ANY (%(groups)s::name[])
            AND pg_catalog.has_schema_privilege(g.oid, n.oid, 'USAGE')
            AND pg_catalog.has_function_privilege(g.oid, p.oid, 'EXECUTE')
        ORDER BY 1)
FROM pg_catalog.pg_proc AS p
JOIN pg_catalog.pg_namespace AS n ON n.oid = p.pronamespace
JOIN pg_catalog.pg_language AS l ON l.oid = p.prolang
WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' AND n.nspname <> ALL (%(ours)s::name[])
ORDER BY 1, 2, p.oid
