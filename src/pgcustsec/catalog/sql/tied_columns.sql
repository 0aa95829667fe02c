-- Columns that a CHECK of others', or a foreign key, has something to say of.
SELECT DISTINCT k.conrelid, a.attname::text
FROM pg_catalog.pg_constraint AS k
JOIN pg_catalog.pg_attribute AS a ON a.attrelid = k.conrelid AND a.attnum = ANY (k.conkey)
WHERE k.conrelid = ANY (%(oids)s::oid[]) AND k.contype IN ('c', 'f')
    AND NOT pg_catalog.starts_with(k.conname, 'pgcustsec_sealed_')
