-- Partitions and inheritance children of the given relations, at any depth.
WITH RECURSIVE below (root, oid) AS (
    SELECT i.inhparent, i.inhrelid FROM pg_catalog.pg_inherits AS i WHERE i.inhparent = ANY (%(oids)s::oid[])
    UNION
    SELECT below.root, i.inhrelid FROM below JOIN pg_catalog.pg_inherits AS i ON i.inhparent = below.oid
)
SELECT below.root, n.nspname, c.relname, r.rolname, r.rolcanlogin, c.relispartition
FROM below
JOIN pg_catalog.pg_class AS c ON c.oid = below.oid
JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
JOIN pg_catalog.pg_roles AS r ON r.oid = c.relowner
ORDER BY 1, 2, 3
