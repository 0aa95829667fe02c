-- Tables of the vault, by name as SQL writes it.
SELECT pg_catalog.format('%I.%I', n.nspname, c.relname)
FROM pg_catalog.pg_class AS c
JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
WHERE n.nspname = 'pgcustsec_vault' AND c.relkind = 'r'
ORDER BY 1
