CREATE TRIGGER refuse_rewriting
    BEFORE UPDATE OR DELETE OR TRUNCATE
    ON pgcustsec_internal.extract
    FOR EACH STATEMENT
    EXECUTE FUNCTION pgcustsec_internal._refuse_rewriting();
ALTER TABLE pgcustsec_internal.extract ENABLE ALWAYS TRIGGER refuse_rewriting;
COMMENT ON TRIGGER refuse_rewriting ON pgcustsec_internal.extract IS 'Evidence stays as it was written.';
