CREATE FUNCTION pgcustsec_internal.serves(role_code text, managers text)
    RETURNS text[]
    LANGUAGE plpgsql
    STABLE
    PARALLEL SAFE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    person text := pgcustsec_internal.person(role_code);
BEGIN
    -- NULL for nobody, not an empty array: it matches no row, whatever it is compared with.
    RETURN CASE WHEN person IS NOT NULL THEN person || pgcustsec_internal.reports(role_code, managers) END;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal.serves(text, text) IS
    'Staff numbers whose customers this login''s person serves in a role, directly or as manager (5.2.2); NULL for nobody.';
REVOKE ALL ON FUNCTION pgcustsec_internal.serves(text, text) FROM PUBLIC;
