-- The CHECKs that let masked forms only into base tables: table, name, the table's owner.
SELECT
    pg_catalog.format('%I.%I', n.nspname, t.relname), pg_catalog.format('%I', c.conname),
    pg_catalog.pg_get_userbyid(t.relowner)::text
FROM pg_catalog.pg_constraint AS c
JOIN pg_catalog.pg_class AS t ON t.oid = c.conrelid
JOIN pg_catalog.pg_namespace AS n ON n.oid = t.relnamespace
WHERE c.contype = 'c' AND c.coninhcount = 0 AND pg_catalog.starts_with(c.conname, 'pgcustsec_sealed_')
ORDER BY 1, 2
