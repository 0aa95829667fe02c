CREATE FUNCTION pgcustsec_internal._why_nobody(OUT reason text, OUT next_step text)
    RETURNS record
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
BEGIN
    IF EXISTS (SELECT FROM pgcustsec_internal.staff AS s WHERE s.login = session_user) THEN
        reason := format('the person behind login %I has left', session_user);
        next_step := 'if they are back, an administrator registers them anew: pgcustsec staff add';
    ELSIF EXISTS (SELECT FROM pgcustsec_internal.application AS a WHERE a.login = session_user) THEN
        reason := format('login %I speaks for others, and carries no valid token (2.3)', session_user);
        next_step := 'SET LOCAL pgcustsec.token, anew in each transaction; pgcustsec.register_session(token) says what is wrong with one';
    ELSE
        reason := format('login %I is registered to no member of staff (2.3)', session_user);
        next_step := 'use your own login; or ask an administrator: pgcustsec staff add';
    END IF;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._why_nobody() IS 'Why this login is nobody, and what to do.';
REVOKE ALL ON FUNCTION pgcustsec_internal._why_nobody() FROM PUBLIC;
