-- What the function depends on that was made of a statement, and whether the group may use it.
WITH probe AS (
    SELECT p.oid
    FROM pg_catalog.pg_proc AS p
    WHERE p.proname = 'pgcustsec_probe' AND p.pronamespace = pg_catalog.to_regnamespace(%(schema)s)
), depends AS (
    SELECT DISTINCT d.refclassid, d.refobjid, d.refobjsubid
    FROM pg_catalog.pg_depend AS d
    JOIN probe ON d.objid = probe.oid
    WHERE d.classid = 'pg_catalog.pg_proc'::regclass
)
SELECT
    CASE WHEN d.refobjsubid > 0 THEN 'column' ELSE 'relation' END,
    n.nspname::text,
    c.relname::text,
    COALESCE(a.attname, '')::text,
    pg_catalog.has_schema_privilege(%(group)s::name, n.oid, 'USAGE')
        AND CASE WHEN d.refobjsubid > 0
            THEN pg_catalog.has_column_privilege(%(group)s::name, c.oid, d.refobjsubid::smallint, 'SELECT')
                OR pg_catalog.has_column_privilege(%(group)s::name, c.oid, d.refobjsubid::smallint, 'INSERT, UPDATE')
            ELSE pg_catalog.has_table_privilege(%(group)s::name, c.oid, 'SELECT, INSERT, UPDATE, DELETE')
                OR pg_catalog.has_any_column_privilege(%(group)s::name, c.oid, 'SELECT, INSERT, UPDATE') END
FROM depends AS d
JOIN pg_catalog.pg_class AS c ON d.refclassid = 'pg_catalog.pg_class'::regclass AND c.oid = d.refobjid
JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
LEFT JOIN pg_catalog.pg_attribute AS a ON a.attrelid = c.oid AND a.attnum = d.refobjsubid AND d.refobjsubid > 0
UNION ALL
SELECT
    'function',
    n.nspname,
    p.proname,
    '',
    pg_catalog.has_schema_privilege(%(group)s::name, n.oid, 'USAGE')
        AND pg_catalog.has_function_privilege(%(group)s::name, p.oid, 'EXECUTE')
FROM depends AS d
JOIN pg_catalog.pg_proc AS p ON d.refclassid = 'pg_catalog.pg_proc'::regclass AND p.oid = d.refobjid
JOIN pg_catalog.pg_namespace AS n ON n.oid = p.pronamespace
ORDER BY 1, 2, 3, 4
