CREATE TRIGGER end_access_of_another
    AFTER INSERT
    ON pgcustsec_internal.staff
    FOR EACH ROW
    WHEN (NEW.login IS NOT NULL)
    EXECUTE FUNCTION pgcustsec_internal._end_access_of_before();
ALTER TABLE pgcustsec_internal.staff ENABLE ALWAYS TRIGGER end_access_of_another;
COMMENT ON TRIGGER end_access_of_another ON pgcustsec_internal.staff IS
    'A login that is given to somebody brings no session of who had it.';

CREATE TRIGGER end_access_of_before
    AFTER UPDATE OF active, login
    ON pgcustsec_internal.staff
    FOR EACH ROW
    WHEN (NEW.active AND (NOT OLD.active OR (NEW.login IS NOT NULL AND NEW.login IS DISTINCT FROM OLD.login)))
    EXECUTE FUNCTION pgcustsec_internal._end_access_of_before();
ALTER TABLE pgcustsec_internal.staff ENABLE ALWAYS TRIGGER end_access_of_before;
COMMENT ON TRIGGER end_access_of_before ON pgcustsec_internal.staff IS
    'Who is back, or has another login, begins a session anew.';
