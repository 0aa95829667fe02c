-- The one list of what keeps a person from tier 1 and 2 apart from a session; each part that is added adds a reason here.
-- A reason that comes with a day caps the session's term; one that comes with an event ends sessions.
CREATE FUNCTION pgcustsec_internal._uncleared(staff_id text)
    RETURNS TABLE (state text, reason text, next_step text)
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
BEGIN
    IF NOT EXISTS (SELECT FROM pgcustsec_internal.staff_role AS r WHERE r.staff_id = _uncleared.staff_id) THEN
        RETURN QUERY SELECT
            'CS002', 'you hold no role of the matrix (5.3)', 'ask an administrator for the role that your work needs';
    END IF;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._uncleared(text) IS
    'What keeps a person from tier 1 and 2, apart from a session: SQLSTATE, reason, what to do; no row: nothing (5.2.4).';
REVOKE ALL ON FUNCTION pgcustsec_internal._uncleared(text) FROM PUBLIC;
