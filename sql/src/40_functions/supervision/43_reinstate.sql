CREATE FUNCTION pgcustsec.reinstate(suspension bigint, comment text)
    RETURNS void
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
DECLARE
    supervisor text := pgcustsec_internal._supervisor();
    barred record;
BEGIN
    IF coalesce(pgcustsec_internal._says_nothing(comment), true) THEN
        RAISE EXCEPTION 'a reinstatement states why the rectification is accepted (4.2)'
            USING ERRCODE = 'CS206', HINT = 'Say it, as the second argument.';
    END IF;
    LOCK TABLE pgcustsec_internal.supervising IN EXCLUSIVE MODE;
    SELECT p.suspended_by, p.suspension_id, p.kind, p.code
    INTO barred
    FROM pgcustsec_internal.in_force AS p
    WHERE p.suspension_id = suspension;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'there is no such suspension in force (4.2)'
            USING ERRCODE = 'CS208', HINT = 'See pgcustsec.suspensions.';
    ELSIF barred.suspended_by = supervisor
        OR EXISTS (SELECT FROM pgcustsec_internal._suspensions_of(supervisor) AS o WHERE o.suspension_id = suspension)
        OR EXISTS (SELECT FROM pgcustsec_internal.rectification AS r WHERE r.suspension_id = suspension AND r.rectified_by = supervisor)
    THEN
        RAISE EXCEPTION 'another supervisor accepts the rectification: not who suspended, nor whom it concerns, nor who rectified (4.2)'
            USING ERRCODE = 'CS603', HINT = 'Ask one of the others.';
    ELSIF NOT EXISTS (SELECT FROM pgcustsec_internal.rectification AS r WHERE r.suspension_id = suspension) THEN
        RAISE EXCEPTION 'nothing was rectified yet (4.2)'
            USING ERRCODE = 'CS602', HINT = 'First what was done is recorded: SELECT pgcustsec.rectify(suspension, what).';
    END IF;
    -- What was at work when it came is over: who is back begins anew.
    WITH gone AS (
        DELETE FROM pgcustsec_internal.session_access AS w
        USING pgcustsec_internal._concerned(barred.kind, barred.code) AS c
        WHERE w.staff_id = c.staff_id AND (
            barred.kind <> 'role' OR w.access_code = barred.code
            OR EXISTS (
                SELECT FROM pgcustsec_internal.access AS a
                WHERE a.access_code = w.access_code AND a.role_code = barred.code))
        RETURNING w.session_id
    )
    INSERT INTO pgcustsec_internal.session_end (session_id, why)
    SELECT DISTINCT g.session_id, 'suspended'
    FROM gone AS g
    WHERE barred.kind <> 'role'
        AND NOT EXISTS (SELECT FROM pgcustsec_internal.session_end AS e WHERE e.session_id = g.session_id);
    DELETE FROM pgcustsec_internal.emergency AS g WHERE g.suspension_id = suspension;
    INSERT INTO pgcustsec_internal.reinstatement (suspension_id, reinstated_by, comment) VALUES (suspension, supervisor, comment);
    INSERT INTO pgcustsec_internal.audit (kind, staff_id, about, reason)
        VALUES ('reinstated', supervisor, format('suspension %s', suspension), comment);
END;
$function$;
COMMENT ON FUNCTION pgcustsec.reinstate(bigint, text) IS
    'Lifts a suspension, its rectification accepted: by a supervisor who neither suspended nor rectified, nor is concerned (4.2).';
REVOKE ALL ON FUNCTION pgcustsec.reinstate(bigint, text) FROM PUBLIC;
