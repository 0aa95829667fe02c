-- The latest runs of each job, read as pgcustsec_owner.
SELECT q.job, q.run_id, q.how, q.began, q.ended, q.complete, q.done, q.failed, q.login, q.at_work
FROM (
    SELECT
        r.job, r.run_id, r.how, r.began, e.ended, e.complete, e.done, e.failed, r.login::text,
        pgcustsec_internal._at_work(r.run_id) AS at_work,
        pg_catalog.row_number() OVER (PARTITION BY r.job ORDER BY r.run_id DESC) AS place
    FROM pgcustsec_internal.job_run AS r
    LEFT JOIN pgcustsec_internal.job_run_end AS e ON e.run_id = r.run_id
) AS q
WHERE q.place <= %(latest)s
ORDER BY q.job, q.run_id DESC
