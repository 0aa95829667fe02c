SELECT n.nspname, c.relname, c.relrowsecurity, r.rolname
FROM pg_catalog.pg_class AS c
JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
JOIN pg_catalog.pg_roles AS r ON r.oid = c.relowner
WHERE c.oid = ANY (%(relations)s::oid[])
