-- Column sets that identify a row: whole, valid unique indexes over plain NOT NULL columns.
SELECT i.indrelid, pg_catalog.array_agg(a.attname::text)
FROM pg_catalog.pg_index AS i
JOIN pg_catalog.pg_attribute AS a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey[0:i.indnkeyatts - 1])
WHERE i.indrelid = ANY (%(oids)s::oid[])
    AND i.indisunique AND i.indisvalid AND i.indpred IS NULL AND i.indexprs IS NULL
GROUP BY i.indexrelid, i.indrelid
HAVING pg_catalog.bool_and(a.attnotnull)
