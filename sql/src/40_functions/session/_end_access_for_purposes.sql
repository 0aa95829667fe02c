CREATE FUNCTION pgcustsec_internal._end_access_for_purposes()
    RETURNS trigger
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
BEGIN
    -- What is at work is of a role, or of a role and a table.
    DELETE FROM pgcustsec_internal.session_access AS w
    WHERE NOT EXISTS (
        SELECT
        FROM pgcustsec_internal.purpose AS p
        WHERE p.purpose_code = w.purpose AND split_part(w.access_code, ' ', 1) = ANY (p.roles));
    INSERT INTO pgcustsec_internal.session_end (session_id, why)
    SELECT s.session_id, 'revoked'
    FROM pgcustsec_internal.session AS s
    WHERE s.ends_at > clock_timestamp()
        AND NOT EXISTS (SELECT FROM pgcustsec_internal.session_access AS w WHERE w.session_id = s.session_id)
        AND NOT EXISTS (SELECT FROM pgcustsec_internal.session_end AS e WHERE e.session_id = s.session_id);
    RETURN NULL;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._end_access_for_purposes() IS
    'Takes from sessions what their purpose is no longer for, and ends those that it leaves nothing (4.3).';
REVOKE ALL ON FUNCTION pgcustsec_internal._end_access_for_purposes() FROM PUBLIC;
