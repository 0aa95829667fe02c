SELECT
    r.rolname,
    pg_catalog.array_remove(ARRAY[
        CASE WHEN r.rolcanlogin THEN 'LOGIN' END,
        CASE WHEN r.rolsuper THEN 'SUPERUSER' END,
        CASE WHEN r.rolbypassrls THEN 'BYPASSRLS' END,
        CASE WHEN r.rolcreaterole THEN 'CREATEROLE' END,
        CASE WHEN r.rolcreatedb THEN 'CREATEDB' END,
        CASE WHEN r.rolreplication THEN 'REPLICATION' END], NULL),
    COALESCE(pg_catalog.shobj_description(r.oid, 'pg_authid'), '')
FROM pg_catalog.pg_roles AS r
WHERE r.rolname = ANY (%(roles)s::name[])
