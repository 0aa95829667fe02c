CREATE VIEW pgcustsec.job_runs
    WITH (security_barrier = true)
AS
    SELECT r.run_id, r.job, r.how, r.began, e.ended, e.complete, e.done, e.failed, r.login
    FROM pgcustsec_internal.job_run AS r
    LEFT JOIN pgcustsec_internal.job_run_end AS e ON e.run_id = r.run_id
    WHERE (SELECT EXISTS (
        SELECT
        FROM pgcustsec_internal.asker AS k
        JOIN pgcustsec_internal.role AS r ON r.role_code = k.role_code AND r.supervises));
COMMENT ON VIEW pgcustsec.job_runs IS
    'Runs of what destroys and recycles (4.2, 4.3). Rows for who supervises alone (5.1).';
COMMENT ON COLUMN pgcustsec.job_runs.run_id IS 'Its number.';
COMMENT ON COLUMN pgcustsec.job_runs.job IS 'retention or pool.';
COMMENT ON COLUMN pgcustsec.job_runs.how IS 'procedure: as pg_cron calls it; command: pgcustsec.';
COMMENT ON COLUMN pgcustsec.job_runs.began IS 'When it began.';
COMMENT ON COLUMN pgcustsec.job_runs.ended IS 'When it ended; NULL: it goes on, or was killed.';
COMMENT ON COLUMN pgcustsec.job_runs.complete IS 'Whether it came to the end of every table.';
COMMENT ON COLUMN pgcustsec.job_runs.done IS 'How many rows, by table and what was done with them.';
COMMENT ON COLUMN pgcustsec.job_runs.failed IS 'The SQLSTATE by table, or by job, of what failed.';
COMMENT ON COLUMN pgcustsec.job_runs.login IS 'Over which login.';
REVOKE ALL ON TABLE pgcustsec.job_runs FROM PUBLIC;
