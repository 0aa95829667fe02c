SELECT n.nspname, r.rolname, COALESCE(pg_catalog.obj_description(n.oid, 'pg_namespace'), ''), d.rolname
FROM pg_catalog.pg_namespace AS n
JOIN pg_catalog.pg_roles AS r ON r.oid = n.nspowner
JOIN pg_catalog.pg_database AS b ON b.datname = pg_catalog.current_database()
JOIN pg_catalog.pg_roles AS d ON d.oid = b.datdba
WHERE n.nspname = ANY (%(schemas)s::name[])
