CREATE TRIGGER limit_sessions
    AFTER INSERT OR UPDATE
    ON pgcustsec_internal.staff_role
    FOR EACH STATEMENT
    EXECUTE FUNCTION pgcustsec_internal._limit_sessions();
ALTER TABLE pgcustsec_internal.staff_role ENABLE ALWAYS TRIGGER limit_sessions;
COMMENT ON TRIGGER limit_sessions ON pgcustsec_internal.staff_role IS 'A role may need another agreement (3.4).';
