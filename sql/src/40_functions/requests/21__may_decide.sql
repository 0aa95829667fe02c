-- Oneself, or somebody in whose place one decides. Neither is the requester, and neither has approved an earlier step, in
-- person or through a deputy: a chain of two is two people.
CREATE FUNCTION pgcustsec_internal._decides_as(request bigint, step integer, staff text)
    RETURNS text
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
BEGIN
    RETURN (
        SELECT a.staff_id
        FROM pgcustsec_internal.request AS r
        JOIN pgcustsec_internal.request_kind AS k ON k.kind_code = r.kind_code
        CROSS JOIN LATERAL (SELECT k.approvals -> (step - 1) AS by) AS s
        CROSS JOIN LATERAL (
            SELECT staff AS staff_id
            UNION ALL
            SELECT f.staff_id FROM pgcustsec_internal._acts_for(staff) AS f (staff_id)) AS a
        WHERE r.request_id = request AND r.requester NOT IN (staff, a.staff_id)
            AND NOT (pgcustsec_internal._is_service(staff) OR pgcustsec_internal._is_service(a.staff_id))
            AND (
                s.by ->> 'manager_of' = 'requester' AND EXISTS (
                    SELECT FROM pgcustsec_internal.staff AS p
                    WHERE p.staff_id = r.requester AND p.manager_id = a.staff_id)
                OR EXISTS (
                    SELECT FROM pgcustsec_internal.staff_role AS h
                    WHERE h.staff_id = a.staff_id AND h.role_code = s.by ->> 'role'))
            AND NOT EXISTS (
                SELECT FROM pgcustsec_internal.request_event AS e
                WHERE e.request_id = request AND e.kind = 'approved'
                    AND (e.staff_id IN (staff, a.staff_id) OR e.for_staff IN (staff, a.staff_id))
                    AND e.terms = pgcustsec_internal._request_terms(request)
                    AND e.event_id > (
                        SELECT max(c.event_id)
                        FROM pgcustsec_internal.request_event AS c
                        WHERE c.request_id = request AND c.kind IN ('filed', 'amended')))
        ORDER BY a.staff_id <> staff, a.staff_id
        LIMIT 1);
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._decides_as(bigint, integer, text) IS
    'As whom somebody decides a step of a request: themselves, or whose deputy they are; NULL: it is not theirs (5.2.1).';
REVOKE ALL ON FUNCTION pgcustsec_internal._decides_as(bigint, integer, text) FROM PUBLIC;

CREATE FUNCTION pgcustsec_internal._may_decide(request bigint, step integer, staff text)
    RETURNS boolean
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
BEGIN
    RETURN pgcustsec_internal._decides_as(request, step, staff) IS NOT NULL;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._may_decide(bigint, integer, text) IS
    'Whether a step of a request is for this person to decide: never their own, never a second one (5.2.1).';
REVOKE ALL ON FUNCTION pgcustsec_internal._may_decide(bigint, integer, text) FROM PUBLIC;
