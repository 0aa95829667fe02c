-- Filing one announces its requester's suspension. Approval in time averts that; nothing else does, so it is neither amended
-- nor withdrawn, and a refusal suspends at once.
CREATE FUNCTION pgcustsec_internal._follow_emergency(request bigint, kind text, staff text)
    RETURNS void
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
DECLARE
    hours integer;
    person text;
    announced bigint;
    made bigint;
BEGIN
    SELECT r.requester, k.emergency_hours INTO person, hours
    FROM pgcustsec_internal.request AS r
    JOIN pgcustsec_internal.request_kind AS k ON k.kind_code = r.kind_code
    WHERE r.request_id = request;
    IF kind = 'filed' AND hours > 0 THEN
        IF EXISTS (
            SELECT
            FROM pgcustsec_internal.staff_role AS h
            JOIN pgcustsec_internal.role AS r ON r.role_code = h.role_code AND r.supervises
            WHERE h.staff_id = person)
        THEN
            -- Of two supervisors each must see that the other may be gone as well.
            LOCK TABLE pgcustsec_internal.supervising IN EXCLUSIVE MODE;
        END IF;
        -- One after the other; this keeps nobody else waiting.
        PERFORM pgcustsec_internal._make_budget(person);
        PERFORM FROM pgcustsec_internal.budget AS b WHERE b.staff_id = person FOR NO KEY UPDATE;
        IF EXISTS (
            SELECT
            FROM pgcustsec_internal.suspension AS u
            LEFT JOIN pgcustsec_internal.emergency_end AS n ON n.suspension_id = u.suspension_id
            WHERE u.code = person AND u.request_id IS NOT NULL AND n.how IS DISTINCT FROM 'approved'
                AND NOT EXISTS (SELECT FROM pgcustsec_internal.reinstatement AS e WHERE e.suspension_id = u.suspension_id))
        THEN
            RAISE EXCEPTION 'an emergency of yours waits for approval: one after the other (5.2.1)'
                USING ERRCODE = 'CS314', HINT = 'Have that decided first: see pgcustsec.requests.';
        END IF;
        INSERT INTO pgcustsec_internal.suspension AS u (kind, code, reason, suspended_by, starts_at, request_id, in_flight)
        VALUES (
            'person', person, format('emergency request %s, if it is not approved by then', request), person,
            clock_timestamp() + make_interval(hours => hours), request, '{}')
        RETURNING u.suspension_id INTO made;
        INSERT INTO pgcustsec_internal.emergency (staff_id, suspension_id, due_at)
            SELECT person, made, u.starts_at FROM pgcustsec_internal.suspension AS u WHERE u.suspension_id = made;
        PERFORM pgcustsec_internal._refuse_dead_end(made, person);
        INSERT INTO pgcustsec_internal.audit (kind, staff_id, about)
            VALUES ('emergency_declared', person, format('request %s', request));
        PERFORM pg_notify('pgcustsec_alarms', format('emergency %s', request));
        RAISE LOG 'pgcustsec: % declared an emergency, request %', person, request;
        RETURN;
    END IF;
    SELECT u.suspension_id INTO announced
    FROM pgcustsec_internal.suspension AS u
    WHERE u.request_id = request AND u.starts_at > clock_timestamp()
        AND NOT EXISTS (SELECT FROM pgcustsec_internal.emergency_end AS n WHERE n.suspension_id = u.suspension_id);
    IF announced IS NULL OR kind NOT IN ('approved', 'refused')
        OR kind = 'approved' AND (SELECT s.state <> 'approved' FROM pgcustsec_internal._request_state(request) AS s)
    THEN
        RETURN;
    END IF;
    INSERT INTO pgcustsec_internal.emergency_end (suspension_id, how, by_staff) VALUES (announced, kind, staff);
    IF kind = 'approved' THEN
        DELETE FROM pgcustsec_internal.emergency AS g WHERE g.suspension_id = announced;
    ELSE
        UPDATE pgcustsec_internal.emergency AS g SET due_at = clock_timestamp() WHERE g.suspension_id = announced;
        INSERT INTO pgcustsec_internal.audit (kind, staff_id, about, reason)
            VALUES ('suspended', staff, format('suspension %s: person %s', announced, person), format('request %s', request));
        PERFORM pg_notify('pgcustsec_alarms', format('suspension %s', announced));
    END IF;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._follow_emergency(bigint, text, text) IS
    'What filing, approving and refusing an emergency do to its requester''s standing; alarms who listens to pgcustsec_alarms (4.2, 5.2.1).';
REVOKE ALL ON FUNCTION pgcustsec_internal._follow_emergency(bigint, text, text) FROM PUBLIC;

CREATE FUNCTION pgcustsec_internal._refuse_emergency(request bigint)
    RETURNS void
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
BEGIN
    IF EXISTS (SELECT FROM pgcustsec_internal.suspension AS u WHERE u.request_id = request) THEN
        RAISE EXCEPTION 'request % is an emergency: it stays as it was declared, for those who decide on it (5.2.1)', request
            USING ERRCODE = 'CS314', HINT = 'Have it decided: see pgcustsec.requests.';
    END IF;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._refuse_emergency(bigint) IS 'An error for what was declared an emergency (5.2.1).';
REVOKE ALL ON FUNCTION pgcustsec_internal._refuse_emergency(bigint) FROM PUBLIC;
