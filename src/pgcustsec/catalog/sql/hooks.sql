-- Rules on pgcustsec's own tables, of which it has none, and triggers on the vault's tables and keys, which have none.
SELECT 'rule', n.nspname, c.relname, r.rulename, pg_catalog.pg_get_userbyid(c.relowner)::text
FROM pg_catalog.pg_rewrite AS r
JOIN pg_catalog.pg_class AS c ON c.oid = r.ev_class
JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
WHERE n.nspname = ANY (%(schemas)s::name[]) AND c.relkind IN ('r', 'p')
UNION ALL
SELECT 'trigger', n.nspname, c.relname, g.tgname, pg_catalog.pg_get_userbyid(c.relowner)::text
FROM pg_catalog.pg_trigger AS g
JOIN pg_catalog.pg_class AS c ON c.oid = g.tgrelid
JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
WHERE n.nspname = ANY (%(vaults)s::name[]) AND NOT g.tgisinternal
