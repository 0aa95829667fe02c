CREATE FUNCTION pgcustsec_internal._term_of(roles text[])
    RETURNS timestamptz
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
BEGIN
    RETURN (
        SELECT clock_timestamp() + make_interval(hours => min(r.session_hours))
        FROM pgcustsec_internal.role AS r
        WHERE r.role_code = ANY (roles));
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._term_of(text[]) IS 'When a session in these roles that begins now ends at the latest.';
REVOKE ALL ON FUNCTION pgcustsec_internal._term_of(text[]) FROM PUBLIC;
