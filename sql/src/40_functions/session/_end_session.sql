CREATE FUNCTION pgcustsec_internal._end_session(session_id uuid, staff_id text, why text)
    RETURNS void
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
BEGIN
    INSERT INTO pgcustsec_internal.session_end (session_id, why) VALUES (session_id, why);
    INSERT INTO pgcustsec_internal.audit (kind, staff_id, session_id, reason)
        VALUES ('session_ended', staff_id, session_id, why);
    DELETE FROM pgcustsec_internal.session_access AS w WHERE w.session_id = _end_session.session_id;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._end_session(uuid, text, text) IS 'Ends a session before its term, and writes it down (5.2.4).';
REVOKE ALL ON FUNCTION pgcustsec_internal._end_session(uuid, text, text) FROM PUBLIC;
