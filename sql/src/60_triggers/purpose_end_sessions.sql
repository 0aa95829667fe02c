CREATE TRIGGER end_sessions
    AFTER UPDATE OR DELETE
    ON pgcustsec_internal.purpose
    FOR EACH STATEMENT
    EXECUTE FUNCTION pgcustsec_internal._end_access_for_purposes();
ALTER TABLE pgcustsec_internal.purpose ENABLE ALWAYS TRIGGER end_sessions;
COMMENT ON TRIGGER end_sessions ON pgcustsec_internal.purpose IS
    'A session shows nothing more in a role that its purpose is no longer for.';
