SELECT n.nspname, pg_catalog.pg_get_userbyid(n.nspowner)::text
FROM pg_catalog.pg_namespace AS n
WHERE n.nspname = ANY (%(schemas)s::name[])
