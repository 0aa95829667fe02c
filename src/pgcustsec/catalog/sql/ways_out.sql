-- Ways past the views that are none of the matrix's: what carries values of protected tables away, or sees them on
-- their way. Row: kind, name, table (schema, name; empty: no single one), columns, who gains, what it is made of.
WITH guarded (oid, schema, name) AS (
    SELECT c.oid, n.nspname, c.relname
    FROM pg_catalog.pg_class AS c
    JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p')
        AND (n.nspname = ANY (%(schemas)s::name[])
            OR (n.nspname, c.relname) IN (
                SELECT w.schema, w.name
                FROM unnest(%(table_schemas)s::name[], %(tables)s::name[]) AS w (schema, name)))
), types (oid) AS (
    SELECT DISTINCT held.oid
    FROM guarded AS g
    JOIN pg_catalog.pg_attribute AS a ON a.attrelid = g.oid AND a.attnum > 0 AND NOT a.attisdropped
    JOIN pg_catalog.pg_type AS t ON t.oid = a.atttypid
    CROSS JOIN LATERAL (VALUES (t.oid), (t.typbasetype), (t.typelem)) AS held (oid)
), of_extensions (class, oid) AS (
    SELECT d.classid, d.objid FROM pg_catalog.pg_depend AS d WHERE d.deptype = 'e'
)
SELECT
    'publication', p.pubname::text, ARRAY[g.schema::text, g.name::text], p.attnames::text[],
    ARRAY(SELECT r.rolname::text FROM pg_catalog.pg_roles AS r WHERE r.rolreplication OR r.rolsuper ORDER BY 1), ''
FROM pg_catalog.pg_publication_tables AS p
JOIN guarded AS g ON g.schema = p.schemaname AND g.name = p.tablename
UNION ALL
SELECT
    'subscription', s.subname::text, ARRAY[g.schema::text, g.name::text], '{}',
    ARRAY[pg_catalog.pg_get_userbyid(s.subowner)::text], ''
FROM pg_catalog.pg_subscription AS s
JOIN pg_catalog.pg_subscription_rel AS w ON w.srsubid = s.oid
JOIN guarded AS g ON g.oid = w.srrelid
UNION ALL
SELECT
    'event trigger', e.evtname::text, '{}', '{}', ARRAY[pg_catalog.pg_get_userbyid(f.proowner)::text],
    e.evtfoid::pg_catalog.regprocedure::text
FROM pg_catalog.pg_event_trigger AS e
JOIN pg_catalog.pg_proc AS f ON f.oid = e.evtfoid
JOIN pg_catalog.pg_namespace AS n ON n.oid = f.pronamespace
WHERE e.evtenabled <> 'D' AND n.nspname <> 'pgcustsec_watch'
    AND ('pg_catalog.pg_event_trigger'::pg_catalog.regclass, e.oid) NOT IN (SELECT x.class, x.oid FROM of_extensions AS x)
UNION ALL
SELECT
    'cast', pg_catalog.format('%%s AS %%s',
        pg_catalog.format_type(c.castsource, NULL), pg_catalog.format_type(c.casttarget, NULL)),
    '{}', '{}', ARRAY[pg_catalog.pg_get_userbyid(f.proowner)::text], c.castfunc::pg_catalog.regprocedure::text
FROM pg_catalog.pg_cast AS c
JOIN pg_catalog.pg_proc AS f ON f.oid = c.castfunc
WHERE c.castsource IN (SELECT t.oid FROM types AS t)
    -- Below stand the casts that initdb made.
    AND c.oid >= 16384
    AND ('pg_catalog.pg_cast'::pg_catalog.regclass, c.oid) NOT IN (SELECT x.class, x.oid FROM of_extensions AS x)
UNION ALL
SELECT
    'rule', r.rulename::text, ARRAY[g.schema::text, g.name::text], '{}',
    ARRAY[pg_catalog.pg_get_userbyid(t.relowner)::text],
    CASE r.ev_type WHEN '2' THEN 'UPDATE' WHEN '3' THEN 'INSERT' WHEN '4' THEN 'DELETE' ELSE 'SELECT' END
FROM pg_catalog.pg_rewrite AS r
JOIN guarded AS g ON g.oid = r.ev_class
JOIN pg_catalog.pg_class AS t ON t.oid = g.oid
WHERE g.schema <> ALL (%(schemas)s::name[])
UNION ALL
-- A view shows every row to whoever reads it, if its owner's rights pass row security by; a materialized view keeps them.
SELECT DISTINCT
    'view', pg_catalog.format('%%I.%%I', n.nspname, v.relname), ARRAY[g.schema::text, g.name::text], '{}'::text[],
    ARRAY(
        SELECT DISTINCT CASE WHEN e.grantee = 0 THEN 'everybody' ELSE pg_catalog.pg_get_userbyid(e.grantee)::text END
        FROM pg_catalog.aclexplode(COALESCE(v.relacl, pg_catalog.acldefault('r', v.relowner))) AS e
        WHERE e.privilege_type = 'SELECT'
        ORDER BY 1),
    CASE v.relkind WHEN 'm' THEN 'MATERIALIZED VIEW' ELSE 'VIEW' END
FROM pg_catalog.pg_depend AS d
JOIN pg_catalog.pg_rewrite AS r ON r.oid = d.objid
JOIN pg_catalog.pg_class AS v ON v.oid = r.ev_class AND v.relkind IN ('v', 'm')
JOIN pg_catalog.pg_namespace AS n ON n.oid = v.relnamespace AND n.nspname <> ALL (%(schemas)s::name[])
JOIN pg_catalog.pg_roles AS o ON o.oid = v.relowner
JOIN guarded AS g ON g.oid = d.refobjid
JOIN pg_catalog.pg_class AS t ON t.oid = g.oid
WHERE d.classid = 'pg_catalog.pg_rewrite'::pg_catalog.regclass AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
    AND (v.relkind = 'm' OR (o.oid = t.relowner OR o.rolsuper OR o.rolbypassrls)
        AND NOT COALESCE(v.reloptions && '{security_invoker=true,security_invoker=on,security_invoker=1}'::text[], false))
UNION ALL
SELECT
    'trigger', g.tgname::text, ARRAY[t.schema::text, t.name::text], '{}',
    ARRAY[pg_catalog.pg_get_userbyid(f.proowner)::text], g.tgfoid::pg_catalog.regprocedure::text
FROM pg_catalog.pg_trigger AS g
JOIN guarded AS t ON t.oid = g.tgrelid
JOIN pg_catalog.pg_proc AS f ON f.oid = g.tgfoid
WHERE t.schema <> ALL (%(schemas)s::name[]) AND NOT g.tgisinternal AND g.tgparentid = 0
    AND NOT pg_catalog.starts_with(g.tgname, 'zz_pgcustsec_')
ORDER BY 1, 2, 3
