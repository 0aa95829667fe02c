CREATE FUNCTION pgcustsec_internal.holds(role_code text)
    RETURNS boolean
    LANGUAGE plpgsql
    STABLE
    PARALLEL SAFE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
BEGIN
    RETURN EXISTS (
        SELECT
        FROM pgcustsec_internal.staff AS s
        WHERE s.login = session_user AND s.active AND holds.role_code = ANY (s.roles));
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal.holds(text) IS
    'Whether the person behind this login holds the role: membership of the person, not of the login (5.3).';
REVOKE ALL ON FUNCTION pgcustsec_internal.holds(text) FROM PUBLIC;
