CREATE FUNCTION pgcustsec_internal.colleagues(role_code text)
    RETURNS text[]
    LANGUAGE plpgsql
    STABLE
    PARALLEL SAFE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
BEGIN
    -- Those who left stay: else the rows they served would vanish before anybody could take them over.
    RETURN ARRAY(
        SELECT c.staff_id
        FROM pgcustsec_internal.staff AS c
        WHERE c.department_code = pgcustsec_internal.own_department(colleagues.role_code));
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal.colleagues(text) IS
    'Staff numbers of the department of this login''s person, if they hold the role; empty for nobody (1.4).';
REVOKE ALL ON FUNCTION pgcustsec_internal.colleagues(text) FROM PUBLIC;
