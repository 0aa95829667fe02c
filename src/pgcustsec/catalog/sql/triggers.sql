-- Triggers of ours on the given relations, with whether they fire. Those of partitions are made by their table's.
SELECT
    n.nspname AS schema,
    t.relname AS relation,
    g.tgname AS name,
    pg_catalog.pg_get_triggerdef(g.oid) || g.tgenabled::pg_catalog.text AS body,
    COALESCE(pg_catalog.obj_description(g.oid, 'pg_trigger'), ''),
    pg_catalog.pg_get_userbyid(t.relowner)::text
FROM pg_catalog.pg_trigger AS g
JOIN pg_catalog.pg_class AS t ON t.oid = g.tgrelid
JOIN pg_catalog.pg_namespace AS n ON n.oid = t.relnamespace
WHERE g.tgrelid = ANY (%(relations)s::oid[]) AND NOT g.tgisinternal AND g.tgparentid = 0
    AND pg_catalog.starts_with(g.tgname, 'zz_pgcustsec_')
