CREATE TRIGGER refuse_rewriting
    BEFORE DELETE OR TRUNCATE
    ON pgcustsec_internal.change_confirmation
    FOR EACH STATEMENT
    EXECUTE FUNCTION pgcustsec_internal._refuse_rewriting();
ALTER TABLE pgcustsec_internal.change_confirmation ENABLE ALWAYS TRIGGER refuse_rewriting;
COMMENT ON TRIGGER refuse_rewriting ON pgcustsec_internal.change_confirmation IS 'Evidence stays as it was written.';

CREATE TRIGGER refuse_but_forgetting
    BEFORE UPDATE
    ON pgcustsec_internal.change_confirmation
    FOR EACH ROW
    EXECUTE FUNCTION pgcustsec_internal._refuse_but_forgetting();
ALTER TABLE pgcustsec_internal.change_confirmation ENABLE ALWAYS TRIGGER refuse_but_forgetting;
COMMENT ON TRIGGER refuse_but_forgetting ON pgcustsec_internal.change_confirmation IS
    'Evidence stays as it was written; words about a record that is destroyed do not (4.3).';
