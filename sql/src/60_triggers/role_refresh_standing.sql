CREATE TRIGGER refresh_standing
    AFTER UPDATE OF department_code
    ON pgcustsec_internal.role
    FOR EACH STATEMENT
    EXECUTE FUNCTION pgcustsec_internal._refresh_standing();
ALTER TABLE pgcustsec_internal.role ENABLE ALWAYS TRIGGER refresh_standing;
COMMENT ON TRIGGER refresh_standing ON pgcustsec_internal.role IS 'A role that goes to a suspended department is suspended (4.2).';
