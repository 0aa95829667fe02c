CREATE TRIGGER refuse_rewriting
    BEFORE UPDATE OR DELETE OR TRUNCATE
    ON pgcustsec_internal.job_run
    FOR EACH STATEMENT
    EXECUTE FUNCTION pgcustsec_internal._refuse_rewriting();
ALTER TABLE pgcustsec_internal.job_run ENABLE ALWAYS TRIGGER refuse_rewriting;
COMMENT ON TRIGGER refuse_rewriting ON pgcustsec_internal.job_run IS 'Evidence stays as it was written.';
