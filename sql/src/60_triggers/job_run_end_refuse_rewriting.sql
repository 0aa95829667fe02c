CREATE TRIGGER refuse_rewriting
    BEFORE UPDATE OR DELETE OR TRUNCATE
    ON pgcustsec_internal.job_run_end
    FOR EACH STATEMENT
    EXECUTE FUNCTION pgcustsec_internal._refuse_rewriting();
ALTER TABLE pgcustsec_internal.job_run_end ENABLE ALWAYS TRIGGER refuse_rewriting;
COMMENT ON TRIGGER refuse_rewriting ON pgcustsec_internal.job_run_end IS 'Evidence stays as it was written.';
