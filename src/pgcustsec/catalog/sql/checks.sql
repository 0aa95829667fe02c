-- The CHECKs of ours on the given relations.
SELECT
    n.nspname AS schema,
    t.relname AS relation,
    c.conname AS name,
    pg_catalog.pg_get_expr(c.conbin, c.conrelid) || CASE WHEN c.connoinherit THEN ' NO INHERIT' ELSE '' END
        || COALESCE(pg_catalog.to_jsonb(c) ->> 'conenforced', 'true') AS body,
    pg_catalog.pg_get_userbyid(t.relowner)::text
FROM pg_catalog.pg_constraint AS c
JOIN pg_catalog.pg_class AS t ON t.oid = c.conrelid
JOIN pg_catalog.pg_namespace AS n ON n.oid = t.relnamespace
WHERE c.conrelid = ANY (%(relations)s::oid[]) AND c.contype = 'c' AND c.conislocal AND c.coninhcount = 0
    AND pg_catalog.starts_with(c.conname, 'pgcustsec_sealed_')
