-- The promises in force, read as pgcustsec_owner.
SELECT q.job, q.run_by, q.every, q.line, q.place::text, q.since, q.login::text
FROM (
    SELECT DISTINCT ON (s.job) s.*
    FROM pgcustsec_internal.job_schedule AS s
    ORDER BY s.job, s.schedule_id DESC
) AS q
WHERE q.run_by <> 'nobody'
ORDER BY q.job
