-- An open cursor keeps what it began with, and a connection could end before this commits and come back: so connections
-- are ended by another statement, after.
CREATE FUNCTION pgcustsec.suspend(kind text, code text, reason text, reference text DEFAULT NULL)
    RETURNS bigint
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
DECLARE
    supervisor text := pgcustsec_internal._supervisor();
    flight jsonb;
    made bigint;
BEGIN
    IF coalesce(pgcustsec_internal._says_nothing(reason), true) THEN
        RAISE EXCEPTION 'a suspension states its reason (4.2)'
            USING ERRCODE = 'CS206', HINT = 'Say why, as the third argument.';
    END IF;
    IF NOT coalesce(CASE kind
        WHEN 'person' THEN EXISTS (SELECT FROM pgcustsec_internal.staff AS s WHERE s.staff_id = code)
        WHEN 'role' THEN EXISTS (SELECT FROM pgcustsec_internal.role AS r WHERE r.role_code = code)
        WHEN 'department' THEN EXISTS (SELECT FROM pgcustsec_internal.department AS d WHERE d.department_code = code)
        END, false)
    THEN
        RAISE EXCEPTION 'there is no such person, role or department (4.2)'
            USING ERRCODE = 'CS208', HINT = 'SELECT pgcustsec.suspend(''person'', staff number, reason), or ''role'' or ''department'' and its name.';
    END IF;
    -- One at a time: of two at once the second sees what the first has done.
    LOCK TABLE pgcustsec_internal.supervising IN EXCLUSIVE MODE;
    IF EXISTS (
        SELECT FROM pgcustsec_internal.in_force AS p WHERE p.kind = suspend.kind AND p.code = suspend.code)
    THEN
        RAISE EXCEPTION '% % is suspended already (4.2)', kind, code
            USING ERRCODE = 'CS304', HINT = 'See pgcustsec.suspensions.';
    END IF;
    flight := pgcustsec_internal._in_flight(kind, code);
    -- Standing follows by trigger: with the next statement who is suspended is nobody, in the role or at all.
    INSERT INTO pgcustsec_internal.suspension AS p (kind, code, reason, reference, suspended_by, in_flight)
        VALUES (kind, code, reason, reference, supervisor, flight)
        RETURNING p.suspension_id INTO made;
    PERFORM pgcustsec_internal._refuse_dead_end(made, supervisor);
    INSERT INTO pgcustsec_internal.audit (kind, staff_id, about, reason)
        VALUES ('suspended', supervisor, format('suspension %s: %s %s', made, kind, code), reason);
    PERFORM set_config('synchronous_commit', 'on', true);
    RETURN made;
END;
$function$;
COMMENT ON FUNCTION pgcustsec.suspend(text, text, text, text) IS
    'Suspends a person, role or department, for who supervises: no row of any tier from the next statement on. end_connections() ends what is still open (4.2).';
REVOKE ALL ON FUNCTION pgcustsec.suspend(text, text, text, text) FROM PUBLIC;
