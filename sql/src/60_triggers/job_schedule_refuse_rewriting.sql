CREATE TRIGGER refuse_rewriting
    BEFORE UPDATE OR DELETE OR TRUNCATE
    ON pgcustsec_internal.job_schedule
    FOR EACH STATEMENT
    EXECUTE FUNCTION pgcustsec_internal._refuse_rewriting();
ALTER TABLE pgcustsec_internal.job_schedule ENABLE ALWAYS TRIGGER refuse_rewriting;
COMMENT ON TRIGGER refuse_rewriting ON pgcustsec_internal.job_schedule IS 'Evidence stays as it was written.';
