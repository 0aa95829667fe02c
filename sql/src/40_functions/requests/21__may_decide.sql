CREATE FUNCTION pgcustsec_internal._may_decide(request bigint, step integer, staff text)
    RETURNS boolean
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
BEGIN
    RETURN EXISTS (
        SELECT
        FROM pgcustsec_internal.request AS r
        JOIN pgcustsec_internal.request_kind AS k ON k.kind_code = r.kind_code
        CROSS JOIN LATERAL (SELECT k.approvals -> (step - 1) AS by) AS s
        WHERE r.request_id = request AND r.requester <> staff
            AND (
                s.by ->> 'manager_of' = 'requester' AND EXISTS (
                    SELECT FROM pgcustsec_internal.staff AS p
                    WHERE p.staff_id = r.requester AND p.manager_id = staff)
                OR EXISTS (
                    SELECT FROM pgcustsec_internal.staff_role AS h
                    WHERE h.staff_id = staff AND h.role_code = s.by ->> 'role'))
            AND NOT EXISTS (
                SELECT FROM pgcustsec_internal.request_event AS e
                WHERE e.request_id = request AND e.staff_id = staff AND e.kind = 'approved'
                    AND e.terms = pgcustsec_internal._request_terms(request)
                    AND e.event_id > (
                        SELECT max(c.event_id)
                        FROM pgcustsec_internal.request_event AS c
                        WHERE c.request_id = request AND c.kind IN ('filed', 'amended'))));
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._may_decide(bigint, integer, text) IS
    'Whether a step of a request is for this person to decide: never their own, never a second one (5.2.1).';
REVOKE ALL ON FUNCTION pgcustsec_internal._may_decide(bigint, integer, text) FROM PUBLIC;
