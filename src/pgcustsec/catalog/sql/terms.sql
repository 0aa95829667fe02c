-- The column by which rows of the given relations have a term, where it is ours.
SELECT n.nspname, t.relname, a.attname, pg_catalog.pg_get_userbyid(t.relowner)::text
FROM pg_catalog.pg_attribute AS a
JOIN pg_catalog.pg_class AS t ON t.oid = a.attrelid
JOIN pg_catalog.pg_namespace AS n ON n.oid = t.relnamespace
WHERE a.attrelid = ANY (%(relations)s::oid[]) AND a.attname = %(column)s AND NOT a.attisdropped AND a.attislocal
    AND a.atttypid = 'pg_catalog.timestamptz'::pg_catalog.regtype AND a.attnotnull AND a.atthasdef
