-- Whose the schemas of the given relations and the database are, and whether those roles log in.
SELECT 'schema', n.nspname::text, r.rolname::text, r.rolcanlogin
FROM pg_catalog.pg_namespace AS n
JOIN pg_catalog.pg_roles AS r ON r.oid = n.nspowner
WHERE n.oid IN (SELECT c.relnamespace FROM pg_catalog.pg_class AS c WHERE c.oid = ANY (%(oids)s::oid[]))
UNION ALL
SELECT 'database', d.datname, r.rolname, r.rolcanlogin
FROM pg_catalog.pg_database AS d
JOIN pg_catalog.pg_roles AS r ON r.oid = d.datdba
WHERE d.datname = pg_catalog.current_database()
ORDER BY 1, 2
