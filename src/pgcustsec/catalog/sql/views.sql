SELECT
    n.nspname,
    c.relname,
    r.rolname,
    pg_catalog.pg_get_viewdef(c.oid),
    COALESCE(c.reloptions, '{}'),
    COALESCE(pg_catalog.obj_description(c.oid, 'pg_class'), ''),
    ARRAY(
        SELECT ARRAY[a.attname::text, COALESCE(pg_catalog.col_description(c.oid, a.attnum), '')]
        FROM pg_catalog.pg_attribute AS a
        WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
        ORDER BY a.attnum),
    pg_catalog.pg_get_userbyid(n.nspowner)::text
FROM pg_catalog.pg_class AS c
JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
JOIN pg_catalog.pg_roles AS r ON r.oid = c.relowner
WHERE c.relkind = 'v' AND n.nspname = ANY (%(schemas)s::name[])
