-- What a login is and could do beyond its person's roles. No row: there is no such role.
WITH protected AS (
    SELECT c.relowner, pg_catalog.format('table %%s', c.oid::pg_catalog.regclass) AS thing
    FROM pg_catalog.pg_class AS c
    WHERE c.relkind IN ('r', 'p') AND c.relrowsecurity
    UNION ALL
    SELECT n.nspowner, pg_catalog.format('schema %%s', n.nspname)
    FROM pg_catalog.pg_namespace AS n
    WHERE n.nspname IN ('pgcustsec', 'pgcustsec_internal')
        OR n.nspname IN (SELECT r.role_code FROM pgcustsec_internal.role AS r)
    UNION ALL
    SELECT d.datdba, pg_catalog.format('database %%s', d.datname)
    FROM pg_catalog.pg_database AS d
    WHERE d.datname = pg_catalog.current_database())
SELECT
    r.rolcanlogin,
    r.rolinherit,
    CASE WHEN r.rolvaliduntil < '9999-01-01 00:00+00' THEN GREATEST(r.rolvaliduntil, '1970-01-01 00:00+00') END,
    COALESCE(r.rolvaliduntil <= pg_catalog.clock_timestamp(), false),
    pg_catalog.array_remove(ARRAY[
        CASE WHEN r.rolsuper THEN 'SUPERUSER' END,
        CASE WHEN r.rolbypassrls THEN 'BYPASSRLS' END,
        CASE WHEN r.rolcreaterole THEN 'CREATEROLE' END,
        CASE WHEN r.rolreplication THEN 'REPLICATION' END], NULL),
    ARRAY(SELECT p.thing FROM protected AS p WHERE p.relowner = r.oid ORDER BY p.thing),
    ARRAY(
        SELECT o.rolname::text
        FROM pg_catalog.pg_roles AS o
        WHERE o.oid <> r.oid AND NOT r.rolsuper AND pg_catalog.pg_has_role(r.oid, o.oid, 'MEMBER')
            AND (o.rolsuper OR o.rolbypassrls OR o.rolcreaterole OR o.rolreplication
                OR o.rolname = ANY (ARRAY['pg_read_all_data', 'pg_write_all_data', 'pg_read_server_files',
                                          'pg_write_server_files', 'pg_execute_server_program'])
                OR EXISTS (SELECT FROM protected AS p WHERE p.relowner = o.oid))
        ORDER BY o.rolname),
    ARRAY(
        SELECT member.rolname::text
        FROM pg_catalog.pg_auth_members AS m
        JOIN pg_catalog.pg_roles AS member ON member.oid = m.member
        WHERE m.roleid = r.oid
            -- From 16 on whoever makes a role may hand it out, and has nothing of it.
            AND (COALESCE((pg_catalog.to_jsonb(m) ->> 'inherit_option')::boolean, true)
                OR COALESCE((pg_catalog.to_jsonb(m) ->> 'set_option')::boolean, true))
        ORDER BY member.rolname)
FROM pg_catalog.pg_roles AS r
WHERE r.rolname = %(login)s::name
