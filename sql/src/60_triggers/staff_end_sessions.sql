CREATE TRIGGER end_sessions
    AFTER UPDATE OF active
    ON pgcustsec_internal.staff
    FOR EACH ROW
    WHEN (OLD.active AND NOT NEW.active)
    EXECUTE FUNCTION pgcustsec_internal._end_sessions_of_leaver();
ALTER TABLE pgcustsec_internal.staff ENABLE ALWAYS TRIGGER end_sessions;
COMMENT ON TRIGGER end_sessions ON pgcustsec_internal.staff IS 'Sessions end with the person''s leaving.';
