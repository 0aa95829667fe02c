CREATE TRIGGER limit_sessions
    AFTER UPDATE OF department_code, manager_id
    ON pgcustsec_internal.staff
    FOR EACH STATEMENT
    EXECUTE FUNCTION pgcustsec_internal._limit_sessions();
ALTER TABLE pgcustsec_internal.staff ENABLE ALWAYS TRIGGER limit_sessions;
COMMENT ON TRIGGER limit_sessions ON pgcustsec_internal.staff IS 'A department may need another agreement; of a service its manager''s count (3.4).';
