CREATE FUNCTION pgcustsec_internal.person(role_code text)
    RETURNS text
    LANGUAGE plpgsql
    STABLE
    PARALLEL SAFE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
BEGIN
    RETURN (
        SELECT s.staff_id
        FROM pgcustsec_internal.staff AS s
        JOIN pgcustsec_internal.staff_role AS r ON r.staff_id = s.staff_id
        WHERE s.login = session_user AND s.active AND r.role_code = person.role_code);
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal.person(text) IS
    'Staff number of this login''s person, if they hold the role; NULL for nobody (2.3).';
REVOKE ALL ON FUNCTION pgcustsec_internal.person(text) FROM PUBLIC;
