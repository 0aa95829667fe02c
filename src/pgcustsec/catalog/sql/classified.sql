SELECT c.relation, c.column_name::text, c.tier, c.kind
FROM pgcustsec_internal.classification AS c
ORDER BY 1, 2
