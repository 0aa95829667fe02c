-- Who reaches which table as before, by a policy that `pgcustsec adopt` made.
SELECT n.nspname || '.' || c.relname, r.rolname::text
FROM pg_catalog.pg_policy AS p
CROSS JOIN LATERAL pg_catalog.unnest(p.polroles) AS role
JOIN pg_catalog.pg_roles AS r ON r.oid = role
JOIN pg_catalog.pg_class AS c ON c.oid = p.polrelid
JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
WHERE p.polname LIKE 'pgcustsec\_adopted %'
ORDER BY 1, 2
