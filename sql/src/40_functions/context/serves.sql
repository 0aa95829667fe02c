CREATE FUNCTION pgcustsec_internal.serves(role_code text, managers text)
    RETURNS text[]
    LANGUAGE plpgsql
    STABLE
    PARALLEL SAFE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
BEGIN
    -- NULL for nobody, not an empty array: it matches no row, whatever it is compared with.
    RETURN (
        SELECT s.staff_id || CASE managers
            WHEN 'direct' THEN s.direct_reports
            WHEN 'chain' THEN s.all_reports
            ELSE '{}'
        END
        FROM pgcustsec_internal.staff AS s
        WHERE s.login = session_user AND s.active AND serves.role_code = ANY (s.roles));
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal.serves(text, text) IS
    'Staff numbers whose customers this login''s person serves in a role, directly or as manager (5.2.2); NULL for nobody.';
REVOKE ALL ON FUNCTION pgcustsec_internal.serves(text, text) FROM PUBLIC;
