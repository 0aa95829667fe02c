-- Asked again, by any connection, it does nothing and says whether the session goes on: applications ask at the beginning
-- of each transaction.
CREATE FUNCTION pgcustsec.register_session(token text)
    RETURNS uuid
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    works_as text := pgcustsec_internal.bearer(token, true);
    part text[];
    session uuid;
    asked text;
    person record;
    aim text;
    reason record;
    known record;
BEGIN
    IF works_as IS NULL OR pgcustsec_internal.bearer(token, false) IS NULL THEN
        PERFORM pgcustsec_internal._refuse_token(token);
    END IF;
    part := string_to_array(token, '.');
    session := part[4]::uuid;
    -- Of the token's words only those are known to be right that a row says as well: they are read from there.
    SELECT s.staff_id, s.role_code INTO person
    FROM pgcustsec_internal.standing AS s
    WHERE s.known_as = pgcustsec_internal.token_standing(part[5], part[6]) AND NOT pgcustsec_internal._emergency_over(s.answers);
    IF person.staff_id IS NULL THEN
        PERFORM pgcustsec_internal._refuse_suspended((
            SELECT p.staff_id FROM pgcustsec_internal.staff AS p
            WHERE p.active AND encode(convert_to(p.staff_id, 'UTF8'), 'hex') = part[6]));
        SELECT r.role_code INTO asked
        FROM pgcustsec_internal.role AS r WHERE encode(convert_to(r.role_code, 'UTF8'), 'hex') = part[5];
        RAISE EXCEPTION 'the person of this token does not hold role % (5.3)', asked
            USING ERRCODE = 'CS002', HINT = 'Mint the token for a role that they hold.';
    END IF;
    SELECT p.purpose_code INTO aim
    FROM pgcustsec_internal.purpose AS p
    WHERE encode(convert_to(p.purpose_code, 'UTF8'), 'hex') = part[7] AND person.role_code = ANY (p.roles);
    IF aim IS NULL THEN
        RAISE EXCEPTION 'role % does not work for the purpose of this token (4.3)', person.role_code
            USING ERRCODE = 'CS007', HINT = 'Mint it with a purpose of the role, from the matrix'' list.';
    END IF;
    FOR reason IN SELECT u.state, u.reason, u.next_step FROM pgcustsec_internal._uncleared(person.staff_id) AS u LOOP
        RAISE EXCEPTION '%', reason.reason USING ERRCODE = reason.state, HINT = reason.next_step;
    END LOOP;

    SELECT s.* INTO known FROM pgcustsec_internal.session AS s WHERE s.session_id = session;
    IF known.session_id IS NULL THEN
        IF current_setting('transaction_isolation') <> 'read committed' THEN
            PERFORM pgcustsec_internal.refuse_old_snapshot();
        END IF;
        IF pgcustsec_internal._begin_session(session, person.staff_id, works_as, ARRAY[person.role_code], aim) THEN
            RETURN session;
        END IF;
        -- Another connection began it at the same moment, and has committed.
        SELECT s.* INTO known FROM pgcustsec_internal.session AS s WHERE s.session_id = session;
    END IF;
    IF (known.staff_id, known.login, known.roles, known.purpose)
        IS DISTINCT FROM (person.staff_id, session_user, ARRAY[person.role_code], aim)
    THEN
        RAISE EXCEPTION 'session % is another''s', session
            USING ERRCODE = 'CS003', HINT = 'A session has one person, role and purpose: mint a token with a new one.';
    ELSIF known.ends_at <= clock_timestamp() THEN
        RAISE EXCEPTION 'session % is past its term', session
            USING ERRCODE = 'CS006', HINT = 'Mint a token with a new session.';
    ELSIF EXISTS (SELECT FROM pgcustsec_internal.access AS a WHERE a.role_code = person.role_code)
        AND NOT EXISTS (SELECT FROM pgcustsec_internal.session_access AS w WHERE w.known_as = works_as)
    THEN
        RAISE EXCEPTION 'what session % was for has been taken from it', session
            USING ERRCODE = 'CS006', HINT = 'Mint a token with a new session.';
    END IF;
    RETURN session;
END;
$function$;
COMMENT ON FUNCTION pgcustsec.register_session(text) IS
    'Starts the session that an application''s token names, once; tier 1 and 2 show once that is committed (2.3, 5.2.4).';
REVOKE ALL ON FUNCTION pgcustsec.register_session(text) FROM PUBLIC;
