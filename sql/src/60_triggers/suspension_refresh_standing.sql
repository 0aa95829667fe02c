CREATE TRIGGER refresh_standing
    AFTER INSERT
    ON pgcustsec_internal.suspension
    FOR EACH ROW
    WHEN (NEW.request_id IS NULL)
    EXECUTE FUNCTION pgcustsec_internal._refresh_standing();
ALTER TABLE pgcustsec_internal.suspension ENABLE ALWAYS TRIGGER refresh_standing;
COMMENT ON TRIGGER refresh_standing ON pgcustsec_internal.suspension IS 'Who is suspended is nobody from the next statement on (4.2); of an emergency by the clock.';
