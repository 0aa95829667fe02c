CREATE FUNCTION pgcustsec.register_session(token text)
    RETURNS uuid
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    works_as text := pgcustsec_internal.bearer(token, true);
    part text[] := string_to_array(token, '.');
    session uuid;
    person text;
    role text;
    aim text;
    reason record;
    known record;
BEGIN
    IF works_as IS NULL THEN
        PERFORM pgcustsec_internal._refuse_token(token);
    END IF;
    session := part[4]::uuid;
    role := convert_from(decode(part[5], 'hex'), 'UTF8');
    person := convert_from(decode(part[6], 'hex'), 'UTF8');
    aim := convert_from(decode(part[7], 'hex'), 'UTF8');

    IF NOT EXISTS (
        SELECT FROM pgcustsec_internal.standing AS s
        WHERE s.known_as = pgcustsec_internal.bearer(token, false) AND s.role_code = role)
    THEN
        RAISE EXCEPTION 'the person of this token does not hold role % (5.3)', role
            USING ERRCODE = 'CS002', HINT = 'Mint the token for a role that they hold.';
    END IF;
    IF NOT EXISTS (
        SELECT FROM pgcustsec_internal.purpose AS p
        WHERE p.purpose_code = aim AND role = ANY (p.roles))
    THEN
        RAISE EXCEPTION 'role % does not work for the purpose of this token (4.3)', role
            USING ERRCODE = 'CS007', HINT = 'Mint it with a purpose of the role, from the matrix'' list.';
    END IF;
    FOR reason IN SELECT u.state, u.reason, u.next_step FROM pgcustsec_internal._uncleared(person) AS u LOOP
        RAISE EXCEPTION '%', reason.reason USING ERRCODE = reason.state, HINT = reason.next_step;
    END LOOP;

    SELECT s.* INTO known FROM pgcustsec_internal.session AS s WHERE s.session_id = session;
    IF NOT FOUND THEN
        PERFORM pgcustsec_internal._begin_session(session, person, works_as, ARRAY[role], aim);
    ELSIF (known.staff_id, known.login, known.roles, known.purpose)
        IS DISTINCT FROM (person, session_user, ARRAY[role], aim)
    THEN
        RAISE EXCEPTION 'session % is another''s', session
            USING ERRCODE = 'CS003', HINT = 'A session has one person, role and purpose: mint a token with a new one.';
    ELSIF known.ends_at <= clock_timestamp() THEN
        RAISE EXCEPTION 'session % is past its term', session
            USING ERRCODE = 'CS006', HINT = 'Mint a token with a new session.';
    END IF;
    RETURN session;
END;
$function$;
COMMENT ON FUNCTION pgcustsec.register_session(text) IS
    'Starts the session that an application''s token names, once; tier 1 and 2 show once that is committed (2.3, 5.2.4).';
REVOKE ALL ON FUNCTION pgcustsec.register_session(text) FROM PUBLIC;
