-- What constraints of the given relations say of columns: one row each and column.
SELECT c.conrelid, a.attname, 'check', c.conname, c.convalidated AND NOT c.connoinherit
FROM pg_catalog.pg_constraint AS c
JOIN pg_catalog.pg_attribute AS a ON a.attrelid = c.conrelid AND a.attnum = ANY (c.conkey)
WHERE c.conrelid = ANY (%(oids)s::oid[]) AND c.contype = 'c'
UNION ALL
SELECT c.conrelid, a.attname, 'reference', c.conname, c.convalidated
FROM pg_catalog.pg_constraint AS c
JOIN pg_catalog.pg_attribute AS a ON a.attrelid = c.conrelid AND a.attnum = ANY (c.conkey)
WHERE c.conrelid = ANY (%(oids)s::oid[]) AND c.contype = 'f'
UNION ALL
SELECT c.confrelid, a.attname, 'referred to', c.conname, c.convalidated
FROM pg_catalog.pg_constraint AS c
JOIN pg_catalog.pg_attribute AS a ON a.attrelid = c.confrelid AND a.attnum = ANY (c.confkey)
WHERE c.confrelid = ANY (%(oids)s::oid[]) AND c.contype = 'f'
