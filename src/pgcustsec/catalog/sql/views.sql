SELECT
    n.nspname AS schema,
    c.relname AS name,
    r.rolname,
    pg_catalog.pg_get_viewdef(c.oid)
        || pg_catalog.array_to_string(ARRAY(
            SELECT pg_catalog.format('DEFAULT %%I %%s', a.attname, pg_catalog.pg_get_expr(d.adbin, d.adrelid))
            FROM pg_catalog.pg_attrdef AS d
            JOIN pg_catalog.pg_attribute AS a ON a.attrelid = d.adrelid AND a.attnum = d.adnum
            WHERE d.adrelid = c.oid
            ORDER BY a.attnum), ';')
        || pg_catalog.array_to_string(ARRAY(
            SELECT pg_catalog.pg_get_triggerdef(t.oid) || t.tgenabled::text
            FROM pg_catalog.pg_trigger AS t
            WHERE t.tgrelid = c.oid
            ORDER BY t.tgname), ';') AS body,
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
