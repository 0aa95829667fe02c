CREATE TRIGGER limit_sessions
    AFTER INSERT OR UPDATE OR DELETE
    ON pgcustsec_internal.department
    FOR EACH STATEMENT
    EXECUTE FUNCTION pgcustsec_internal._limit_sessions();
ALTER TABLE pgcustsec_internal.department ENABLE ALWAYS TRIGGER limit_sessions;
COMMENT ON TRIGGER limit_sessions ON pgcustsec_internal.department IS 'Sessions go no further than what is signed (3.4).';
