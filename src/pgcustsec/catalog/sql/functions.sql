-- Functions that apply made: those in our schema that no extension and no install brought.
SELECT
    p.proname,
    pg_catalog.oidvectortypes(p.proargtypes),
    pg_catalog.pg_get_functiondef(p.oid),
    r.rolname,
    COALESCE(pg_catalog.obj_description(p.oid, 'pg_proc'), '')
FROM pg_catalog.pg_proc AS p
JOIN pg_catalog.pg_namespace AS n ON n.oid = p.pronamespace
JOIN pg_catalog.pg_roles AS r ON r.oid = p.proowner
WHERE n.nspname = 'pgcustsec_internal' AND p.proname = ANY (%(functions)s::name[]) AND p.prokind = 'f'
