-- What the sessions have at work is left alone: who leaves could keep a lock on it, and so their leaving from being
-- recorded. They are nobody from now on, whatever is there.
CREATE FUNCTION pgcustsec_internal._end_sessions_of_leaver()
    RETURNS trigger
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
BEGIN
    INSERT INTO pgcustsec_internal.session_end (session_id, why)
    SELECT s.session_id, 'left'
    FROM pgcustsec_internal.session AS s
    WHERE s.staff_id = NEW.staff_id AND s.ends_at > clock_timestamp()
        AND NOT EXISTS (SELECT FROM pgcustsec_internal.session_end AS e WHERE e.session_id = s.session_id);
    RETURN NULL;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._end_sessions_of_leaver() IS 'Ends the sessions of a person who has left (5.3).';
REVOKE ALL ON FUNCTION pgcustsec_internal._end_sessions_of_leaver() FROM PUBLIC;
