CREATE TRIGGER refresh_standing
    AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE
    ON pgcustsec_internal.staff
    FOR EACH STATEMENT
    EXECUTE FUNCTION pgcustsec_internal._refresh_standing();
ALTER TABLE pgcustsec_internal.staff ENABLE ALWAYS TRIGGER refresh_standing;
COMMENT ON TRIGGER refresh_standing ON pgcustsec_internal.staff IS
    'What people may follows every change of people, with the statement that makes it.';
