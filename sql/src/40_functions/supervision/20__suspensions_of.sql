CREATE FUNCTION pgcustsec_internal._suspensions_of(staff_id text)
    RETURNS TABLE (state text, suspension_id bigint, kind text, code text)
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
BEGIN
    RETURN QUERY
        SELECT
            CASE p.kind WHEN 'person' THEN 'CS104' WHEN 'role' THEN 'CS105' ELSE 'CS106' END, p.suspension_id, p.kind, p.code
        FROM pgcustsec_internal.in_force AS p
        WHERE CASE p.kind
                WHEN 'person' THEN p.code = _suspensions_of.staff_id
                WHEN 'role' THEN EXISTS (
                    SELECT FROM pgcustsec_internal.staff_role AS h
                    WHERE h.staff_id = _suspensions_of.staff_id AND h.role_code = p.code)
                ELSE EXISTS (
                    SELECT FROM pgcustsec_internal.staff AS s
                    WHERE s.staff_id = _suspensions_of.staff_id AND s.department_code = p.code)
                    OR EXISTS (
                        SELECT
                        FROM pgcustsec_internal.staff_role AS h
                        JOIN pgcustsec_internal.role AS r ON r.role_code = h.role_code
                        WHERE h.staff_id = _suspensions_of.staff_id AND r.department_code = p.code)
            END
        ORDER BY p.suspension_id;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._suspensions_of(text) IS
    'Suspensions in force that take anything from a person: their own, a role''s that they hold, a department''s (4.2).';
REVOKE ALL ON FUNCTION pgcustsec_internal._suspensions_of(text) FROM PUBLIC;
