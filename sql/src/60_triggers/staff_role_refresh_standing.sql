CREATE TRIGGER refresh_standing
    AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE
    ON pgcustsec_internal.staff_role
    FOR EACH STATEMENT
    EXECUTE FUNCTION pgcustsec_internal._refresh_standing();
ALTER TABLE pgcustsec_internal.staff_role ENABLE ALWAYS TRIGGER refresh_standing;
COMMENT ON TRIGGER refresh_standing ON pgcustsec_internal.staff_role IS
    'A role counts, and ends, with the statement that says so.';
