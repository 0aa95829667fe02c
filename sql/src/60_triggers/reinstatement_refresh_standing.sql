CREATE TRIGGER refresh_standing
    AFTER INSERT
    ON pgcustsec_internal.reinstatement
    FOR EACH STATEMENT
    EXECUTE FUNCTION pgcustsec_internal._refresh_standing();
ALTER TABLE pgcustsec_internal.reinstatement ENABLE ALWAYS TRIGGER refresh_standing;
COMMENT ON TRIGGER refresh_standing ON pgcustsec_internal.reinstatement IS 'Who is suspended is nobody from the next statement on (4.2).';
