CREATE FUNCTION pgcustsec_internal._refuse_dead_end(suspension bigint, by_staff text)
    RETURNS void
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
BEGIN
    PERFORM
    FROM pgcustsec_internal.standing AS s
    JOIN pgcustsec_internal.role AS r ON r.role_code = s.role_code AND r.supervises
    JOIN pgcustsec_internal.staff AS p ON p.staff_id = s.staff_id AND p.login = s.known_as
    WHERE s.staff_id <> by_staff AND NOT pgcustsec_internal._emergency_over(s.answers)
        AND NOT EXISTS (
            SELECT
            FROM pgcustsec_internal.suspension AS u
            CROSS JOIN LATERAL pgcustsec_internal._concerned(u.kind, u.code) AS c
            WHERE u.suspension_id = suspension AND c.staff_id = s.staff_id);
    IF FOUND THEN
        -- And somebody who will still be there when every emergency that waits has come to its end.
        PERFORM
        FROM pgcustsec_internal.standing AS s
        JOIN pgcustsec_internal.role AS r ON r.role_code = s.role_code AND r.supervises
        JOIN pgcustsec_internal.staff AS p ON p.staff_id = s.staff_id AND p.login = s.known_as
        WHERE NOT EXISTS (
                SELECT
                FROM pgcustsec_internal.suspension AS u
                CROSS JOIN LATERAL pgcustsec_internal._concerned(u.kind, u.code) AS c
                WHERE u.suspension_id = suspension AND c.staff_id = s.staff_id)
            AND NOT EXISTS (
                SELECT
                FROM pgcustsec_internal.suspension AS u
                LEFT JOIN pgcustsec_internal.emergency_end AS n ON n.suspension_id = u.suspension_id
                WHERE u.code = s.staff_id AND u.request_id IS NOT NULL AND n.how IS DISTINCT FROM 'approved'
                    AND NOT EXISTS (
                        SELECT FROM pgcustsec_internal.reinstatement AS e WHERE e.suspension_id = u.suspension_id));
    END IF;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'this would leave nobody who could lift it: no other supervisor has a login and is not concerned (5.1)'
            USING ERRCODE = 'CS605', HINT = 'Register another supervisor first.';
    END IF;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._refuse_dead_end(bigint, text) IS
    'An error unless another supervisor, whom it does not concern, could lift a suspension (5.1).';
REVOKE ALL ON FUNCTION pgcustsec_internal._refuse_dead_end(bigint, text) FROM PUBLIC;
