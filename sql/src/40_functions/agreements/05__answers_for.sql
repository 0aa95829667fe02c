CREATE FUNCTION pgcustsec_internal._is_service(staff_id text)
    RETURNS boolean
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
BEGIN
    RETURN EXISTS (
        SELECT
        FROM pgcustsec_internal.staff_role AS h
        JOIN pgcustsec_internal.role AS r ON r.role_code = h.role_code AND r.service
        WHERE h.staff_id = _is_service.staff_id);
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._is_service(text) IS 'Whether a member of staff is an unattended service, by a role of theirs (5.3).';
REVOKE ALL ON FUNCTION pgcustsec_internal._is_service(text) FROM PUBLIC;

CREATE FUNCTION pgcustsec_internal._answers_for(staff_id text)
    RETURNS text
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
BEGIN
    IF NOT pgcustsec_internal._is_service(staff_id) THEN
        RETURN staff_id;
    END IF;
    RETURN (
        SELECT m.staff_id
        FROM pgcustsec_internal.staff AS s
        JOIN pgcustsec_internal.staff AS m ON m.staff_id = s.manager_id AND m.active
            AND NOT pgcustsec_internal._is_service(m.staff_id)
        WHERE s.staff_id = _answers_for.staff_id);
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._answers_for(text) IS
    'Whose agreements count: a person''s own, a service''s manager''s; NULL: nobody answers for the service (3.4).';
REVOKE ALL ON FUNCTION pgcustsec_internal._answers_for(text) FROM PUBLIC;
