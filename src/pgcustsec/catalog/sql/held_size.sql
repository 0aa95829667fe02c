-- Blocks of a table with all that is below it, and how many rows are in one: NULL where it was never analysed.
WITH RECURSIVE below (oid) AS (
    SELECT %(oid)s::oid
    UNION
    SELECT i.inhrelid FROM below JOIN pg_catalog.pg_inherits AS i ON i.inhparent = below.oid
)
SELECT
    COALESCE(sum(pg_catalog.pg_relation_size(c.oid)), 0)::bigint
        / pg_catalog.current_setting('block_size')::bigint,
    sum(c.reltuples) FILTER (WHERE c.relpages > 0 AND c.reltuples > 0)
        / sum(c.relpages) FILTER (WHERE c.relpages > 0 AND c.reltuples > 0)
FROM below
JOIN pg_catalog.pg_class AS c ON c.oid = below.oid AND c.relkind IN ('r', 'm')
