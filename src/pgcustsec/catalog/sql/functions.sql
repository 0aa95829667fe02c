-- Functions that apply made: those in our schema that no extension and no install brought.
SELECT
    n.nspname AS schema,
    p.proname AS name,
    pg_catalog.oidvectortypes(p.proargtypes) AS arguments,
    pg_catalog.pg_get_functiondef(p.oid) AS body,
    r.rolname,
    COALESCE(pg_catalog.obj_description(p.oid, 'pg_proc'), ''),
    CASE WHEN NOT p.proretset THEN ARRAY[ARRAY['', pg_catalog.format_type(p.prorettype, NULL)]] ELSE ARRAY(
        SELECT ARRAY[a.name, pg_catalog.format_type(a.type, NULL)]
        FROM ROWS FROM (
            pg_catalog.unnest(p.proargnames), pg_catalog.unnest(p.proallargtypes), pg_catalog.unnest(p.proargmodes)
        ) WITH ORDINALITY AS a (name, type, mode, place)
        WHERE a.mode = 't'
        ORDER BY a.place) END
FROM pg_catalog.pg_proc AS p
JOIN pg_catalog.pg_namespace AS n ON n.oid = p.pronamespace
JOIN pg_catalog.pg_roles AS r ON r.oid = p.proowner
WHERE n.nspname IN ('pgcustsec_internal', 'pgcustsec_views') AND p.proname = ANY (%(functions)s::name[]) AND p.prokind = 'f'
