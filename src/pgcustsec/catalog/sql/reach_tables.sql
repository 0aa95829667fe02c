-- The given relations and everything below them: whose they are, whether row security is on, under which of them.
WITH RECURSIVE named (root, oid) AS (
    SELECT wanted.schema || '.' || wanted.name, c.oid
    FROM unnest(%(schemas)s::text[], %(names)s::text[]) AS wanted (schema, name)
    JOIN pg_catalog.pg_namespace AS n ON n.nspname = wanted.schema
    JOIN pg_catalog.pg_class AS c ON c.relnamespace = n.oid AND c.relname = wanted.name AND c.relkind IN ('r', 'p')
    UNION
    SELECT named.root, i.inhrelid FROM named JOIN pg_catalog.pg_inherits AS i ON i.inhparent = named.oid
)
SELECT c.oid, n.nspname, c.relname, owner.rolname, owner.rolcanlogin, c.relrowsecurity, named.roots
FROM (SELECT n.oid, pg_catalog.array_agg(n.root) AS roots FROM named AS n GROUP BY n.oid) AS named
JOIN pg_catalog.pg_class AS c ON c.oid = named.oid
JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
JOIN pg_catalog.pg_roles AS owner ON owner.oid = c.relowner
ORDER BY n.nspname, c.relname
