CREATE TABLE pgcustsec_internal.job_schedule (
    schedule_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    job text COLLATE "C" NOT NULL CHECK (job IN ('retention', 'pool')),
    run_by text COLLATE "C" NOT NULL CHECK (run_by IN ('pg_cron', 'system', 'nobody')),
    every interval NOT NULL DEFAULT '1 day',
    line text,
    place name,
    since timestamptz NOT NULL DEFAULT clock_timestamp(),
    login name NOT NULL DEFAULT session_user
);
COMMENT ON TABLE pgcustsec_internal.job_schedule IS
    'What was promised to run by itself (4.2, 4.3); of each job the latest row holds. Rows are only ever added.';
COMMENT ON COLUMN pgcustsec_internal.job_schedule.schedule_id IS 'Its number.';
COMMENT ON COLUMN pgcustsec_internal.job_schedule.job IS 'retention: terms worked out anew, then sweeps; pool: recycling.';
COMMENT ON COLUMN pgcustsec_internal.job_schedule.run_by IS
    'pg_cron; system: a systemd timer or a crontab, on some machine; nobody: the promise is taken back.';
COMMENT ON COLUMN pgcustsec_internal.job_schedule.every IS 'How often.';
COMMENT ON COLUMN pgcustsec_internal.job_schedule.line IS 'When: in pg_cron''s words and time zone, or HH:MM of UTC.';
COMMENT ON COLUMN pgcustsec_internal.job_schedule.place IS 'The database that pg_cron keeps its jobs in.';
COMMENT ON COLUMN pgcustsec_internal.job_schedule.since IS 'Since when.';
COMMENT ON COLUMN pgcustsec_internal.job_schedule.login IS 'Over which login; pg_cron runs the job as it.';

CREATE TABLE pgcustsec_internal.job_run (
    run_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    job text COLLATE "C" NOT NULL CHECK (job IN ('retention', 'pool')),
    how text COLLATE "C" NOT NULL CHECK (how IN ('procedure', 'command')),
    began timestamptz NOT NULL DEFAULT clock_timestamp(),
    login name NOT NULL DEFAULT session_user,
    process integer NOT NULL DEFAULT pg_backend_pid()
);
CREATE INDEX job_run_began ON pgcustsec_internal.job_run (job, began);
COMMENT ON TABLE pgcustsec_internal.job_run IS
    'Runs of jobs, committed before they do anything (4.2, 4.3). Rows are only ever added.';
COMMENT ON COLUMN pgcustsec_internal.job_run.run_id IS 'Its number.';
COMMENT ON COLUMN pgcustsec_internal.job_run.job IS 'The job.';
COMMENT ON COLUMN pgcustsec_internal.job_run.how IS 'procedure: run_scheduled(), as pg_cron calls it; command: pgcustsec.';
COMMENT ON COLUMN pgcustsec_internal.job_run.began IS 'When it began.';
COMMENT ON COLUMN pgcustsec_internal.job_run.login IS 'Over which login.';
COMMENT ON COLUMN pgcustsec_internal.job_run.process IS 'The server''s process: while it is there the run goes on.';
COMMENT ON INDEX pgcustsec_internal.job_run_began IS 'Finds a job''s latest run.';

CREATE TABLE pgcustsec_internal.job_run_end (
    run_id bigint PRIMARY KEY REFERENCES pgcustsec_internal.job_run,
    ended timestamptz NOT NULL DEFAULT clock_timestamp(),
    complete boolean NOT NULL,
    done jsonb NOT NULL,
    failed jsonb NOT NULL
);
COMMENT ON TABLE pgcustsec_internal.job_run_end IS
    'How runs ended (4.2, 4.3); one that has no row here, and no process, was killed. Rows are only ever added.';
COMMENT ON COLUMN pgcustsec_internal.job_run_end.run_id IS 'The run.';
COMMENT ON COLUMN pgcustsec_internal.job_run_end.ended IS 'When it ended.';
COMMENT ON COLUMN pgcustsec_internal.job_run_end.complete IS
    'It came to the end of every table; not so: its time was over, or it was told to do less.';
COMMENT ON COLUMN pgcustsec_internal.job_run_end.done IS 'How many rows, by table and what was done with them.';
COMMENT ON COLUMN pgcustsec_internal.job_run_end.failed IS
    'The SQLSTATE by table, or by job, of what failed; its message, which may quote a value, is not kept.';
