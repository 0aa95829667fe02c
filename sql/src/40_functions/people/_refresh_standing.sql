CREATE FUNCTION pgcustsec_internal._refresh_standing()
    RETURNS trigger
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
BEGIN
    PERFORM pgcustsec_internal._newest_snapshot();
    -- One at a time: each must see what the other changed. Staff itself cannot be the lock, both hold it already.
    LOCK TABLE pgcustsec_internal.department IN SHARE ROW EXCLUSIVE MODE;
    WITH service AS (
        SELECT DISTINCT h.staff_id
        FROM pgcustsec_internal.staff_role AS h
        JOIN pgcustsec_internal.role AS r ON r.role_code = h.role_code AND r.service
    ), held AS (
        SELECT
            p.staff_id, p.login, p.department_code, p.branch_code, r.role_code,
            ARRAY[p.staff_id] AS serves_none,
            p.staff_id || ARRAY(
                SELECT d.staff_id FROM pgcustsec_internal.staff AS d
                WHERE d.manager_id = p.staff_id AND d.active ORDER BY 1) AS serves_direct,
            p.staff_id || pgcustsec_internal._reports(p.staff_id) AS serves_chain,
            CASE WHEN v.staff_id IS NULL THEN p.staff_id ELSE p.manager_id END AS answers
        FROM pgcustsec_internal.staff AS p
        JOIN pgcustsec_internal.staff_role AS r USING (staff_id)
        JOIN pgcustsec_internal.role AS o ON o.role_code = r.role_code
        LEFT JOIN service AS v ON v.staff_id = p.staff_id
        WHERE p.active
            -- A service is nothing but that, and nothing without who answers for it.
            AND (v.staff_id IS NULL OR o.service AND EXISTS (
                SELECT
                FROM pgcustsec_internal.staff AS m
                WHERE m.staff_id = p.manager_id AND m.active
                    AND NOT EXISTS (SELECT FROM service AS x WHERE x.staff_id = m.staff_id)
                    AND NOT EXISTS (SELECT FROM pgcustsec_internal._suspensions_of(m.staff_id))))
            AND NOT EXISTS (
                SELECT
                FROM pgcustsec_internal.in_force AS u
                WHERE u.request_id IS NULL AND CASE u.kind
                    WHEN 'person' THEN u.code = p.staff_id
                    WHEN 'role' THEN u.code = r.role_code
                    ELSE u.code IN (p.department_code, o.department_code)
                END)
    ), wanted AS MATERIALIZED (
        SELECT
            k.known_as, h.role_code, h.staff_id, h.department_code, h.branch_code,
            h.serves_none, h.serves_direct, h.serves_chain, h.answers
        FROM held AS h
        CROSS JOIN LATERAL (VALUES
            (h.login::text),
            (pgcustsec_internal.token_standing(
                encode(convert_to(h.role_code, 'UTF8'), 'hex'), encode(convert_to(h.staff_id, 'UTF8'), 'hex')))
        ) AS k (known_as)
        WHERE k.known_as IS NOT NULL
        UNION ALL
        SELECT a.login::text, r.role_code, NULL, NULL, NULL, '{}', '{}', '{}', NULL
        FROM pgcustsec_internal.application AS a
        CROSS JOIN LATERAL unnest(a.roles) AS r (role_code)
        WHERE a.anonymous
            AND NOT EXISTS (
                SELECT
                FROM pgcustsec_internal.in_force AS u
                JOIN pgcustsec_internal.role AS o ON o.role_code = r.role_code
                WHERE u.kind = 'role' AND u.code = r.role_code OR u.kind = 'department' AND u.code = o.department_code)
    ), gone AS (
        DELETE FROM pgcustsec_internal.standing AS s
        WHERE NOT EXISTS (
            SELECT FROM wanted AS w WHERE w.known_as = s.known_as AND w.role_code = s.role_code)
    )
    INSERT INTO pgcustsec_internal.standing AS s
    SELECT w.* FROM wanted AS w
    ON CONFLICT (known_as, role_code) DO UPDATE
    SET staff_id = EXCLUDED.staff_id, department_code = EXCLUDED.department_code, branch_code = EXCLUDED.branch_code,
        serves_none = EXCLUDED.serves_none, serves_direct = EXCLUDED.serves_direct,
        serves_chain = EXCLUDED.serves_chain, answers = EXCLUDED.answers
    WHERE (s.staff_id, s.department_code, s.branch_code, s.serves_none, s.serves_direct, s.serves_chain, s.answers)
        IS DISTINCT FROM (
            EXCLUDED.staff_id, EXCLUDED.department_code, EXCLUDED.branch_code,
            EXCLUDED.serves_none, EXCLUDED.serves_direct, EXCLUDED.serves_chain, EXCLUDED.answers);
    RETURN NULL;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._refresh_standing() IS
    'Keeps ready what each person may in each role they hold: branch, department, whom they serve and manage (5.2.2, 5.3).';
REVOKE ALL ON FUNCTION pgcustsec_internal._refresh_standing() FROM PUBLIC;
