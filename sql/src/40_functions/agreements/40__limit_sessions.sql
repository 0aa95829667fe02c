CREATE FUNCTION pgcustsec_internal._limit_sessions()
    RETURNS trigger
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
BEGIN
    PERFORM pgcustsec_internal._newest_snapshot();
    IF TG_TABLE_NAME NOT IN ('staff', 'staff_role') THEN
        -- Waits for sessions that begin at this moment, which are seen by nobody yet. Not where one person moves: nobody
        -- shall keep that from happening by leaving a transaction open.
        LOCK TABLE pgcustsec_internal.agreement_text IN EXCLUSIVE MODE;
    END IF;
    UPDATE pgcustsec_internal.session_access AS w
    SET ends_at = u.ends_at, lapses_at = least(w.lapses_at, u.ends_at)
    FROM (
        SELECT p.staff_id, pgcustsec_internal._cleared_until(p.staff_id) AS ends_at
        FROM (SELECT DISTINCT x.staff_id FROM pgcustsec_internal.session_access AS x WHERE x.ends_at > clock_timestamp()) AS p
    ) AS u
    WHERE w.staff_id = u.staff_id AND w.ends_at > u.ends_at;
    INSERT INTO pgcustsec_internal.session_end (session_id, why)
    SELECT DISTINCT s.session_id, 'agreement'
    FROM pgcustsec_internal.session AS s
    JOIN pgcustsec_internal.session_access AS w ON w.session_id = s.session_id
    WHERE s.ends_at > clock_timestamp() AND w.ends_at <= clock_timestamp()
        AND NOT EXISTS (SELECT FROM pgcustsec_internal.session_end AS e WHERE e.session_id = s.session_id);
    RETURN NULL;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._limit_sessions() IS
    'Shortens sessions at work to what their people have signed (3.4).';
REVOKE ALL ON FUNCTION pgcustsec_internal._limit_sessions() FROM PUBLIC;
