CREATE TRIGGER limit_sessions
    AFTER UPDATE OF department_code
    ON pgcustsec_internal.role
    FOR EACH STATEMENT
    EXECUTE FUNCTION pgcustsec_internal._limit_sessions();
ALTER TABLE pgcustsec_internal.role ENABLE ALWAYS TRIGGER limit_sessions;
COMMENT ON TRIGGER limit_sessions ON pgcustsec_internal.role IS 'A role that goes to another department may need another agreement (3.4).';
