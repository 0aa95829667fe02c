CREATE FUNCTION pgcustsec_internal.own_department(role_code text)
    RETURNS text
    LANGUAGE plpgsql
    STABLE
    PARALLEL SAFE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
BEGIN
    RETURN (
        SELECT s.department_code
        FROM pgcustsec_internal.staff AS s
        WHERE s.login = session_user AND s.active AND own_department.role_code = ANY (s.roles));
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal.own_department(text) IS
    'Department of this login''s person, if they hold the role; NULL for nobody (1.4).';
REVOKE ALL ON FUNCTION pgcustsec_internal.own_department(text) FROM PUBLIC;
