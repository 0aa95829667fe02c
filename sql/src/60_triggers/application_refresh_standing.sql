CREATE TRIGGER refresh_standing
    AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE
    ON pgcustsec_internal.application
    FOR EACH STATEMENT
    EXECUTE FUNCTION pgcustsec_internal._refresh_standing();
ALTER TABLE pgcustsec_internal.application ENABLE ALWAYS TRIGGER refresh_standing;
COMMENT ON TRIGGER refresh_standing ON pgcustsec_internal.application IS
    'Whether an application sees tier 3 without a token follows the matrix.';
