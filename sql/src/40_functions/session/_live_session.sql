CREATE FUNCTION pgcustsec_internal._live_session(staff_id text, works_as text, OUT session_id uuid, OUT purpose text, OUT ends_at timestamptz, OUT committed boolean)
    RETURNS record
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
BEGIN
    SELECT
        w.session_id, w.purpose, w.ends_at,
        -- One of the future came with a restored dump.
        CASE
            WHEN w.begun_by < pg_snapshot_xmax(pg_current_snapshot())
                THEN pgcustsec_internal.is_committed(w.begun_by)
            ELSE false
        END
    INTO session_id, purpose, ends_at, committed
    FROM pgcustsec_internal.session_access AS w
    WHERE w.known_as = _live_session.works_as AND w.staff_id = _live_session.staff_id AND w.ends_at > clock_timestamp()
    LIMIT 1;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._live_session(text, text) IS
    'The session that a person has at work under the name they work as; NULL: none (5.2.4).';
REVOKE ALL ON FUNCTION pgcustsec_internal._live_session(text, text) FROM PUBLIC;
