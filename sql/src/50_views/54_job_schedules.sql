CREATE VIEW pgcustsec.job_schedules
    WITH (security_barrier = true)
AS
    SELECT s.schedule_id, s.job, s.run_by, s.every, s.line, s.place, s.since, s.login
    FROM pgcustsec_internal.job_schedule AS s
    WHERE (SELECT EXISTS (
        SELECT
        FROM pgcustsec_internal.asker AS k
        JOIN pgcustsec_internal.role AS r ON r.role_code = k.role_code AND r.supervises));
COMMENT ON VIEW pgcustsec.job_schedules IS
    'What was promised to run by itself; of each job the latest holds (4.2, 4.3). Rows for who supervises alone (5.1).';
COMMENT ON COLUMN pgcustsec.job_schedules.schedule_id IS 'Its number.';
COMMENT ON COLUMN pgcustsec.job_schedules.job IS 'retention or pool.';
COMMENT ON COLUMN pgcustsec.job_schedules.run_by IS 'pg_cron; system: a systemd timer or a crontab; nobody: it is taken back.';
COMMENT ON COLUMN pgcustsec.job_schedules.every IS 'How often.';
COMMENT ON COLUMN pgcustsec.job_schedules.line IS 'When: in pg_cron''s words and time zone, or HH:MM of UTC.';
COMMENT ON COLUMN pgcustsec.job_schedules.place IS 'The database that pg_cron keeps its jobs in.';
COMMENT ON COLUMN pgcustsec.job_schedules.since IS 'Since when.';
COMMENT ON COLUMN pgcustsec.job_schedules.login IS 'Over which login.';
REVOKE ALL ON TABLE pgcustsec.job_schedules FROM PUBLIC;
