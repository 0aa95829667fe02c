-- What was promised to run by itself, and would go on by itself: a sentence for each job.
SELECT CASE q.run_by
    WHEN 'pg_cron' THEN pg_catalog.format(
        'pg_cron keeps job %s, which fails from now on; as %I in database %I: SELECT cron.unschedule(%s)',
        q.job, q.login, q.place, pg_catalog.quote_literal('pgcustsec ' || q.job || ' ' || pg_catalog.current_database()))
    ELSE pg_catalog.format(
        'the timer or crontab that runs job %s stays, and fails from now on: take it away on its machine', q.job)
    END
FROM (
    SELECT DISTINCT ON (s.job) s.job, s.run_by, s.place, s.login
    FROM pgcustsec_internal.job_schedule AS s
    ORDER BY s.job, s.schedule_id DESC
) AS q
WHERE q.run_by <> 'nobody'
ORDER BY q.job
