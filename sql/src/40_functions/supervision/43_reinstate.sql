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
    SELECT p.suspended_by, p.suspension_id
    INTO barred
    FROM pgcustsec_internal.suspension AS p
    WHERE p.suspension_id = suspension
        AND NOT EXISTS (SELECT FROM pgcustsec_internal.reinstatement AS e WHERE e.suspension_id = p.suspension_id);
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
    INSERT INTO pgcustsec_internal.reinstatement (suspension_id, reinstated_by, comment) VALUES (suspension, supervisor, comment);
    INSERT INTO pgcustsec_internal.audit (kind, staff_id, about, reason)
        VALUES ('reinstated', supervisor, format('suspension %s', suspension), comment);
END;
$function$;
COMMENT ON FUNCTION pgcustsec.reinstate(bigint, text) IS
    'Lifts a suspension, its rectification accepted: by a supervisor who neither suspended nor rectified, nor is concerned (4.2).';
REVOKE ALL ON FUNCTION pgcustsec.reinstate(bigint, text) FROM PUBLIC;
