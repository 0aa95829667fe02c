CREATE TRIGGER refuse_rewriting
    BEFORE DELETE OR TRUNCATE
    ON pgcustsec_internal.change
    FOR EACH STATEMENT
    EXECUTE FUNCTION pgcustsec_internal._refuse_rewriting();
ALTER TABLE pgcustsec_internal.change ENABLE ALWAYS TRIGGER refuse_rewriting;
COMMENT ON TRIGGER refuse_rewriting ON pgcustsec_internal.change IS 'Evidence stays as it was written.';

-- What a record held goes with it: values, their hashes, and the words beside them. That it was changed, when and by whom, stays.
CREATE TRIGGER refuse_but_forgetting
    BEFORE UPDATE
    ON pgcustsec_internal.change
    FOR EACH ROW
    WHEN (
        (NEW.change_id, NEW.relation, NEW.record_key, NEW.operation, NEW.column_name, NEW.changed_at, NEW.staff_id,
            NEW.login, NEW.session_id, NEW.application_name)
        IS DISTINCT FROM (
            OLD.change_id, OLD.relation, OLD.record_key, OLD.operation, OLD.column_name, OLD.changed_at, OLD.staff_id,
            OLD.login, OLD.session_id, OLD.application_name)
        OR num_nonnulls(NEW.old_value, NEW.new_value, NEW.old_blind, NEW.new_blind, NEW.key_id, NEW.reason) > 0)
    EXECUTE FUNCTION pgcustsec_internal._refuse_rewriting();
ALTER TABLE pgcustsec_internal.change ENABLE ALWAYS TRIGGER refuse_but_forgetting;
COMMENT ON TRIGGER refuse_but_forgetting ON pgcustsec_internal.change IS
    'Evidence stays as it was written; values of a record that is destroyed do not (4.3).';
