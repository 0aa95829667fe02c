CREATE FUNCTION pgcustsec.start_session(purpose text)
    RETURNS uuid
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    person record := pgcustsec_internal._person();
    reason record;
    session_id uuid := gen_random_uuid();
    earlier record;
    roles text[];
    known text;
BEGIN
    IF person.by_token THEN
        RAISE EXCEPTION 'a session of login % is named by its token (2.3)', session_user
            USING ERRCODE = 'CS005', HINT = 'Register it: SELECT pgcustsec.register_session(token).';
    END IF;
    FOR reason IN SELECT u.state, u.reason, u.next_step FROM pgcustsec_internal._uncleared(person.staff_id) AS u LOOP
        RAISE EXCEPTION '%', reason.reason USING ERRCODE = reason.state, HINT = reason.next_step;
    END LOOP;

    roles := ARRAY(
        SELECT r.role_code
        FROM pgcustsec_internal.purpose AS p
        CROSS JOIN LATERAL unnest(p.roles) AS r (role_code)
        WHERE p.purpose_code = start_session.purpose AND r.role_code = ANY (person.roles));
    IF roles = '{}' THEN
        SELECT string_agg(p.purpose_code, ', ' ORDER BY p.purpose_code) INTO known
        FROM pgcustsec_internal.purpose AS p WHERE p.roles && person.roles;
        RAISE EXCEPTION 'that is no purpose that a role of yours works for (4.3)'
            USING ERRCODE = 'CS007', HINT = format('Yours: %s.', coalesce(known, 'none; ask an administrator'));
    END IF;

    -- One connection of a person after the other: else two that begin at once leave two sessions at work.
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        PERFORM pgcustsec_internal.refuse_old_snapshot();
    END IF;
    PERFORM pgcustsec_internal._make_budget(person.staff_id);
    PERFORM FROM pgcustsec_internal.budget AS b WHERE b.staff_id = person.staff_id FOR NO KEY UPDATE;
    SELECT l.* INTO earlier FROM pgcustsec_internal._live_session(person.staff_id, person.works_as) AS l;
    IF earlier.session_id IS NOT NULL THEN
        PERFORM pgcustsec_internal._end_session(earlier.session_id, person.staff_id, 'superseded');
    END IF;
    PERFORM pgcustsec_internal._begin_session(session_id, person.staff_id, person.works_as, roles, purpose);
    RETURN session_id;
END;
$function$;
COMMENT ON FUNCTION pgcustsec.start_session(text) IS
    'Starts this login''s person''s work under a purpose; tier 1 and 2 show once that is committed. Ends the session before (5.2.4).';
REVOKE ALL ON FUNCTION pgcustsec.start_session(text) FROM PUBLIC;
