CREATE FUNCTION pgcustsec_internal._end_access_for_purposes()
    RETURNS trigger
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
BEGIN
    DELETE FROM pgcustsec_internal.session_access AS w
    WHERE NOT EXISTS (
        SELECT
        FROM pgcustsec_internal.purpose AS p
        JOIN pgcustsec_internal.access AS a ON a.role_code = ANY (p.roles)
        WHERE p.purpose_code = w.purpose AND a.access_code = w.access_code);
    RETURN NULL;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._end_access_for_purposes() IS
    'Takes from sessions what their purpose is no longer for (4.3).';
REVOKE ALL ON FUNCTION pgcustsec_internal._end_access_for_purposes() FROM PUBLIC;
