-- What holds rows in this database: tables by their root, materialized views, and inheritance children for what is their own.
-- Not: partitions, tables of extensions, of PostgreSQL's and of pgcustsec's schemas, temporary and foreign ones.
WITH RECURSIVE below (top, oid) AS (
    SELECT i.inhparent, i.inhrelid
    FROM pg_catalog.pg_inherits AS i
    WHERE NOT EXISTS (SELECT FROM pg_catalog.pg_inherits AS above WHERE above.inhrelid = i.inhparent)
    UNION
    SELECT below.top, i.inhrelid FROM below JOIN pg_catalog.pg_inherits AS i ON i.inhparent = below.oid
), heir AS (
    -- The table at the top whose rows and columns it adds to; of several the first.
    SELECT below.oid, min(below.top) AS top FROM below GROUP BY below.oid
)
SELECT
    c.oid,
    n.nspname::text,
    c.relname::text,
    c.relkind::text,
    owner.rolname::text,
    owner.rolcanlogin,
    pg_catalog.obj_description(c.oid, 'pg_class'),
    heir.top,
    pg_catalog.has_schema_privilege(n.oid, 'USAGE') AND pg_catalog.has_table_privilege(c.oid, 'SELECT'),
    pg_catalog.pg_has_role(c.relowner, CASE
        WHEN pg_catalog.current_setting('server_version_num')::integer >= 160000 THEN 'SET' ELSE 'MEMBER' END)
FROM pg_catalog.pg_class AS c
JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
JOIN pg_catalog.pg_roles AS owner ON owner.oid = c.relowner
LEFT JOIN heir ON heir.oid = c.oid
WHERE c.relkind IN ('r', 'p', 'm') AND NOT c.relispartition AND c.relpersistence <> 't'
    AND NOT pg_catalog.starts_with(n.nspname, 'pg_') AND n.nspname <> 'information_schema'
    AND n.nspname <> 'pgcustsec' AND NOT pg_catalog.starts_with(n.nspname, 'pgcustsec_')
    AND (%(schemas)s::text[] IS NULL OR n.nspname = ANY (%(schemas)s::text[]))
    AND NOT EXISTS (
        SELECT FROM pg_catalog.pg_depend AS d
        WHERE d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.objid = c.oid AND d.deptype = 'e')
ORDER BY n.nspname, c.relname
