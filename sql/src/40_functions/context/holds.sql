CREATE FUNCTION pgcustsec_internal.holds(role_code text)
    RETURNS boolean
    LANGUAGE plpgsql
    STABLE
    PARALLEL SAFE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
BEGIN
    RETURN pgcustsec_internal.person(role_code) IS NOT NULL;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal.holds(text) IS
    'Whether the person behind this login holds the role: membership of the person, not of the login (5.3).';
REVOKE ALL ON FUNCTION pgcustsec_internal.holds(text) FROM PUBLIC;
