CREATE FUNCTION pgcustsec_internal._suspended_logins(kind text, code text)
    RETURNS SETOF name
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
BEGIN
    RETURN QUERY
        SELECT s.login
        FROM pgcustsec_internal.staff AS s
        WHERE s.login IS NOT NULL AND CASE _suspended_logins.kind
            WHEN 'person' THEN s.staff_id = _suspended_logins.code
            WHEN 'role' THEN EXISTS (
                SELECT FROM pgcustsec_internal.staff_role AS h
                WHERE h.staff_id = s.staff_id AND h.role_code = _suspended_logins.code)
            ELSE s.department_code = _suspended_logins.code OR EXISTS (
                SELECT
                FROM pgcustsec_internal.staff_role AS h
                JOIN pgcustsec_internal.role AS r ON r.role_code = h.role_code
                WHERE h.staff_id = s.staff_id AND r.department_code = _suspended_logins.code)
        END;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._suspended_logins(text, text) IS
    'Logins of the people whom a suspension takes something from (4.2).';
REVOKE ALL ON FUNCTION pgcustsec_internal._suspended_logins(text, text) FROM PUBLIC;
