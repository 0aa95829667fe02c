CREATE FUNCTION pgcustsec_internal._required_agreements(staff_id text)
    RETURNS TABLE (agreement_code text, title text)
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
BEGIN
    RETURN QUERY
        SELECT a.agreement_code, a.title
        FROM pgcustsec_internal.agreement AS a
        WHERE EXISTS (SELECT FROM pgcustsec_internal.staff AS s WHERE s.staff_id = _required_agreements.staff_id)
            AND NOT pgcustsec_internal._is_service(_required_agreements.staff_id)
            AND (a.everyone OR EXISTS (
                SELECT
                FROM pgcustsec_internal.department AS d
                WHERE a.agreement_code = ANY (d.agreements)
                    AND d.department_code IN (
                        SELECT s.department_code
                        FROM pgcustsec_internal.staff AS s
                        WHERE s.staff_id = _required_agreements.staff_id
                        UNION ALL
                        SELECT r.department_code
                        FROM pgcustsec_internal.staff_role AS h
                        JOIN pgcustsec_internal.role AS r ON r.role_code = h.role_code
                        WHERE h.staff_id = _required_agreements.staff_id)))
        ORDER BY a.agreement_code;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._required_agreements(text) IS
    'Agreements that a person signs: everybody''s, their department''s, and those of their roles'' departments; a service signs none (3.4).';
REVOKE ALL ON FUNCTION pgcustsec_internal._required_agreements(text) FROM PUBLIC;
