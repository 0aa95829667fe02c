CREATE FUNCTION pgcustsec_internal._concerned(kind text, code text)
    RETURNS TABLE (staff_id text, login name)
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_column
BEGIN
    RETURN QUERY
        WITH concerned AS (
        SELECT s.staff_id, s.login
        FROM pgcustsec_internal.staff AS s
        WHERE CASE _concerned.kind
            WHEN 'person' THEN s.staff_id = _concerned.code
            WHEN 'role' THEN EXISTS (
                SELECT FROM pgcustsec_internal.staff_role AS h
                WHERE h.staff_id = s.staff_id AND h.role_code = _concerned.code)
            ELSE s.department_code = _concerned.code OR EXISTS (
                SELECT
                FROM pgcustsec_internal.staff_role AS h
                JOIN pgcustsec_internal.role AS r ON r.role_code = h.role_code
                WHERE h.staff_id = s.staff_id AND r.department_code = _concerned.code)
        END)
        SELECT c.staff_id, c.login FROM concerned AS c
        UNION
        -- And the services that they answer for.
        SELECT v.staff_id, v.login
        FROM concerned AS c
        JOIN pgcustsec_internal.staff AS v ON v.manager_id = c.staff_id AND pgcustsec_internal._is_service(v.staff_id);
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._concerned(text, text) IS
    'The people, and services, whom a suspension takes something from, with their logins (4.2).';
REVOKE ALL ON FUNCTION pgcustsec_internal._concerned(text, text) FROM PUBLIC;
