-- In the transaction that applies: what is rolled back spends nothing, and of two applies the second finds it spent.
CREATE FUNCTION pgcustsec_internal._spend_widening(digest text, OUT request bigint, OUT became text)
    RETURNS record
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
DECLARE
    one bigint;
    applier text := (SELECT s.staff_id FROM pgcustsec_internal.staff AS s WHERE s.login = session_user);
BEGIN
    became := 'none';
    FOR one IN
        SELECT r.request_id
        FROM pgcustsec_internal.request AS r
        JOIN pgcustsec_internal.request_kind AS k ON k.kind_code = r.kind_code AND k.widens
        WHERE r.relation = '(matrix)' AND r.keys = ARRAY[digest]
        ORDER BY r.request_id
        FOR UPDATE OF r
    LOOP
        request := one;
        -- Asked once it is locked: it may have been withdrawn, or spent, meanwhile.
        became := (SELECT s.state FROM pgcustsec_internal._request_state(one) AS s);
        IF became = 'approved' AND EXISTS (
            SELECT
            FROM pgcustsec_internal.request_event AS e
            LEFT JOIN pgcustsec_internal.staff AS s ON s.staff_id IN (e.staff_id, e.for_staff)
            LEFT JOIN pg_catalog.pg_roles AS l ON l.rolname = s.login
            WHERE e.request_id = one AND e.kind = 'approved' AND (
                s.login = session_user OR pg_has_role(l.oid, session_user, 'MEMBER')
                OR EXISTS (
                    SELECT FROM pgcustsec_internal.audit AS a
                    WHERE a.kind = 'request_approved' AND a.about = format('request %s', one) AND a.login = session_user)))
        THEN
            became := 'own';
        ELSIF became = 'approved' THEN
            PERFORM pgcustsec_internal._record_request(one, 'applied', coalesce(applier, session_user::text), NULL, NULL);
            became := 'spent';
            RETURN;
        END IF;
    END LOOP;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._spend_widening(text) IS
    'Spends an approved request to apply the plan with that digest, which somebody else than who applies has approved: its number and spent; else the last such request and its state, own, or none (5.2.5).';
REVOKE ALL ON FUNCTION pgcustsec_internal._spend_widening(text) FROM PUBLIC;
