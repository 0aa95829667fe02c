-- What the last apply made and is still there: kind, name as SQL writes it, the table it is on, the role that owns it.
WITH applied AS (
    SELECT a.object::pg_catalog.jsonb AS key
    FROM pgcustsec_internal.applied_object AS a
)
SELECT 'role', r.rolname::text, '', r.rolname::text
FROM applied
JOIN pg_catalog.pg_roles AS r ON r.rolname = applied.key ->> 1
WHERE applied.key ->> 0 = 'role'
UNION ALL
SELECT 'schema', pg_catalog.format('%I', n.nspname), '', pg_catalog.pg_get_userbyid(n.nspowner)
FROM applied
JOIN pg_catalog.pg_namespace AS n ON n.nspname = applied.key ->> 1
WHERE applied.key ->> 0 = 'schema'
UNION ALL
SELECT 'view', pg_catalog.format('%I.%I', n.nspname, c.relname), '', pg_catalog.pg_get_userbyid(c.relowner)
FROM applied
JOIN pg_catalog.pg_namespace AS n ON n.nspname = applied.key ->> 1
JOIN pg_catalog.pg_class AS c ON c.relnamespace = n.oid AND c.relname = applied.key ->> 2 AND c.relkind = 'v'
WHERE applied.key ->> 0 = 'view'
UNION ALL
SELECT
    'function', pg_catalog.format('%I.%I(%s)', n.nspname, p.proname, pg_catalog.pg_get_function_identity_arguments(p.oid)),
    '', pg_catalog.pg_get_userbyid(p.proowner)
FROM applied
JOIN pg_catalog.pg_namespace AS n ON n.nspname = applied.key ->> 1
JOIN pg_catalog.pg_proc AS p
    ON p.pronamespace = n.oid AND p.proname = applied.key ->> 2
        AND pg_catalog.oidvectortypes(p.proargtypes) = applied.key ->> 3
WHERE applied.key ->> 0 = 'function'
UNION ALL
SELECT
    'policy', pg_catalog.format('%I', p.polname), pg_catalog.format('%I.%I', n.nspname, c.relname),
    pg_catalog.pg_get_userbyid(c.relowner)
FROM applied
JOIN pg_catalog.pg_namespace AS n ON n.nspname = applied.key ->> 1
JOIN pg_catalog.pg_class AS c ON c.relnamespace = n.oid AND c.relname = applied.key ->> 2
JOIN pg_catalog.pg_policy AS p ON p.polrelid = c.oid AND p.polname = applied.key ->> 3
WHERE applied.key ->> 0 = 'policy'
UNION ALL
SELECT
    'trigger', pg_catalog.format('%I', g.tgname), pg_catalog.format('%I.%I', n.nspname, c.relname),
    pg_catalog.pg_get_userbyid(c.relowner)
FROM applied
JOIN pg_catalog.pg_namespace AS n ON n.nspname = applied.key ->> 1
JOIN pg_catalog.pg_class AS c ON c.relnamespace = n.oid AND c.relname = applied.key ->> 2
JOIN pg_catalog.pg_trigger AS g ON g.tgrelid = c.oid AND g.tgname = applied.key ->> 3
WHERE applied.key ->> 0 = 'trigger'
UNION ALL
SELECT
    'column', pg_catalog.format('%I', a.attname), pg_catalog.format('%I.%I', n.nspname, c.relname),
    pg_catalog.pg_get_userbyid(c.relowner)
FROM applied
JOIN pg_catalog.pg_namespace AS n ON n.nspname = applied.key ->> 1
JOIN pg_catalog.pg_class AS c ON c.relnamespace = n.oid AND c.relname = applied.key ->> 2
JOIN pg_catalog.pg_attribute AS a ON a.attrelid = c.oid AND a.attname = applied.key ->> 3 AND NOT a.attisdropped
WHERE applied.key ->> 0 = 'term column'
ORDER BY 1, 3, 2
