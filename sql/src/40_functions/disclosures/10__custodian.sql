-- Judged by the lists of today: who left, moved, lost the role, is suspended or has another login is it no longer.
CREATE FUNCTION pgcustsec_internal._custodian(
    department text, role_code text, OUT naming_id bigint, OUT staff_id text, OUT login name)
    RETURNS record
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
BEGIN
    SELECT n.naming_id, s.staff_id, s.login
    INTO naming_id, staff_id, login
    FROM (
        SELECT c.naming_id, c.staff_id, c.login
        FROM pgcustsec_internal.custodian AS c
        WHERE c.department_code = department
        ORDER BY c.naming_id DESC
        LIMIT 1) AS n
    JOIN pgcustsec_internal.staff AS s ON s.staff_id = n.staff_id AND s.login = n.login
        AND s.department_code = department AND s.active
    JOIN pgcustsec_internal.staff_role AS h ON h.staff_id = s.staff_id AND h.role_code = _custodian.role_code
    WHERE NOT EXISTS (SELECT FROM pgcustsec_internal._suspensions_of(s.staff_id));
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._custodian(text, text) IS
    'The custodian of a department in a role, today; NULL: it has none (3.3).';
REVOKE ALL ON FUNCTION pgcustsec_internal._custodian(text, text) FROM PUBLIC;
