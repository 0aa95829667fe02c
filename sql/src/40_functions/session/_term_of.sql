CREATE FUNCTION pgcustsec_internal._term_of(staff_id text, roles text[])
    RETURNS timestamptz
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
BEGIN
    RETURN (
        SELECT least(
            clock_timestamp() + make_interval(hours => min(r.session_hours)), pgcustsec_internal._cleared_until(staff_id))
        FROM pgcustsec_internal.role AS r
        WHERE r.role_code = ANY (roles));
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._term_of(text, text[]) IS 'When a session of a person in these roles that begins now ends at the latest.';
REVOKE ALL ON FUNCTION pgcustsec_internal._term_of(text, text[]) FROM PUBLIC;
