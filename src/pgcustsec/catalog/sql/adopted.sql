-- Who reads and writes the given relations as before, by a policy that `pgcustsec adopt` made.
SELECT DISTINCT p.polrelid, r.rolname::text, p.polname::text
FROM pg_catalog.pg_policy AS p
CROSS JOIN LATERAL pg_catalog.unnest(p.polroles) AS role
JOIN pg_catalog.pg_roles AS r ON r.oid = role
WHERE p.polrelid = ANY (%(oids)s::oid[]) AND p.polname LIKE 'pgcustsec\_adopted %%'
ORDER BY 1, 2
