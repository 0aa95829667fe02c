SELECT a.matrix ->> 'organisation', a.matrix ->> 'role_prefix'
FROM pgcustsec_internal.applied_matrix AS a
ORDER BY a.applied_id DESC
LIMIT 1
