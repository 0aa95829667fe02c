-- Unique constraints and indexes of the given relations, primary keys apart.
SELECT
    i.indrelid,
    n.nspname,
    t.relname,
    x.relname,
    con.oid IS NOT NULL,
    r.rolname,
    ARRAY(
        SELECT a.attname::text FROM pg_catalog.pg_attribute AS a
        WHERE a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey::int2[]) ORDER BY a.attnum)
FROM pg_catalog.pg_index AS i
JOIN pg_catalog.pg_class AS x ON x.oid = i.indexrelid
JOIN pg_catalog.pg_class AS t ON t.oid = i.indrelid
JOIN pg_catalog.pg_namespace AS n ON n.oid = t.relnamespace
JOIN pg_catalog.pg_roles AS r ON r.oid = t.relowner
LEFT JOIN pg_catalog.pg_constraint AS con ON con.conindid = i.indexrelid AND con.contype = 'u'
WHERE i.indrelid = ANY (%(oids)s::oid[]) AND i.indisunique AND NOT i.indisprimary
