-- Relations that are nobody's of pgcustsec's or PostgreSQL's own, and which of the groups may read them.
SELECT
    n.nspname::text,
    c.relname::text,
    c.relkind::text,
    ARRAY(
        SELECT a.attname::text
        FROM pg_catalog.pg_attribute AS a
        WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
        ORDER BY a.attnum),
    CASE WHEN c.relkind IN ('v', 'm') THEN pg_catalog.pg_get_viewdef(c.oid) END,
    COALESCE(c.reloptions @> ARRAY['security_invoker=true'] OR c.reloptions @> ARRAY['security_invoker=on'], false),
    ARRAY(
        SELECT g.rolname::text
        FROM pg_catalog.pg_roles AS g
        WHERE g.rolname = ANY (%(groups)s::name[])
            AND pg_catalog.has_schema_privilege(g.oid, n.oid, 'USAGE')
            AND (pg_catalog.has_table_privilege(g.oid, c.oid, 'SELECT')
                OR pg_catalog.has_any_column_privilege(g.oid, c.oid, 'SELECT'))
        ORDER BY 1)
FROM pg_catalog.pg_class AS c
JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f')
    AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' AND n.nspname <> ALL (%(ours)s::name[])
    -- What inherits from a protected table has rows of it, and is none of the matrix's: it stays unknown.
    AND NOT EXISTS (
        WITH RECURSIVE above (oid) AS (
            SELECT c.oid
            UNION
            SELECT i.inhparent FROM above AS a JOIN pg_catalog.pg_inherits AS i ON i.inhrelid = a.oid)
        SELECT
        FROM above AS a
        JOIN pg_catalog.pg_class AS t ON t.oid = a.oid
        JOIN pg_catalog.pg_namespace AS s ON s.oid = t.relnamespace
        WHERE s.nspname || '.' || t.relname = ANY (%(protected)s::text[]))
ORDER BY 1, 2
