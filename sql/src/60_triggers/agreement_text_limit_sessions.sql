CREATE TRIGGER limit_sessions
    AFTER INSERT
    ON pgcustsec_internal.agreement_text
    FOR EACH STATEMENT
    EXECUTE FUNCTION pgcustsec_internal._limit_sessions();
ALTER TABLE pgcustsec_internal.agreement_text ENABLE ALWAYS TRIGGER limit_sessions;
COMMENT ON TRIGGER limit_sessions ON pgcustsec_internal.agreement_text IS 'Sessions go no further than what is signed (3.4).';
