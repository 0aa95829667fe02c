-- The jobs for which the applied matrix has something to do, read as pgcustsec_owner.
SELECT 'retention' FROM pgcustsec_internal.retention_rule
UNION
SELECT 'pool' FROM pgcustsec_internal.pool
ORDER BY 1
