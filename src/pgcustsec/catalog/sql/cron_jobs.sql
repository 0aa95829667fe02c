-- pg_cron's jobs of a name, as far as the login sees them, and how each ended last: where pg_cron keeps them.
SELECT
    j.jobid, j.schedule, j.command, j.database, j.username, j.active, d.start_time,
    COALESCE(d.status, '') = 'failed', COALESCE(d.return_message, '') = 'connection failed'
FROM cron.job AS j
LEFT JOIN LATERAL (
    SELECT r.start_time, r.status, r.return_message FROM cron.job_run_details AS r
    WHERE r.jobid = j.jobid ORDER BY r.runid DESC LIMIT 1) AS d ON true
WHERE j.jobname = %(job_name)s
ORDER BY j.jobid
