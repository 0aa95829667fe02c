-- What the plain-SQL delivery made, in the order in which it goes: kind, and all names of the kind in one DROP.
SELECT made.kind, pg_catalog.string_agg(made.name, ', ')
FROM (
    SELECT kinds.place, kinds.kind, pg_catalog.format('%%I.%%I', n.nspname, c.relname) AS name
    FROM pg_catalog.pg_class AS c
    JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
    JOIN (VALUES (1, 'VIEW', 'v'), (2, 'TABLE', 'r')) AS kinds (place, kind, relkind) ON kinds.relkind = c.relkind::text
    WHERE n.nspname = ANY (%(schemas)s::name[]) AND pg_catalog.pg_get_userbyid(c.relowner) = 'pgcustsec_owner'
    UNION ALL
    SELECT
        3, 'ROUTINE',
        pg_catalog.format('%%I.%%I(%%s)', n.nspname, p.proname, pg_catalog.pg_get_function_identity_arguments(p.oid))
    FROM pg_catalog.pg_proc AS p
    JOIN pg_catalog.pg_namespace AS n ON n.oid = p.pronamespace
    WHERE n.nspname = ANY (%(schemas)s::name[]) AND pg_catalog.pg_get_userbyid(p.proowner) = 'pgcustsec_owner'
    UNION ALL
    SELECT 4, 'DOMAIN', pg_catalog.format('%%I.%%I', n.nspname, t.typname)
    FROM pg_catalog.pg_type AS t
    JOIN pg_catalog.pg_namespace AS n ON n.oid = t.typnamespace
    WHERE n.nspname = ANY (%(schemas)s::name[]) AND pg_catalog.pg_get_userbyid(t.typowner) = 'pgcustsec_owner'
        AND t.typtype = 'd'
    UNION ALL
    SELECT 5, 'SCHEMA', pg_catalog.format('%%I', n.nspname)
    FROM pg_catalog.pg_namespace AS n
    WHERE n.nspname = ANY (%(schemas)s::name[])
) AS made
GROUP BY made.place, made.kind
ORDER BY made.place
