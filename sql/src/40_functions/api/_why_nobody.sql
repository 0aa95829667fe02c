CREATE FUNCTION pgcustsec_internal._why_nobody(has_left boolean, OUT reason text, OUT next_step text)
    RETURNS record
    LANGUAGE plpgsql
    STABLE
    SET search_path = pg_catalog, pg_temp
AS $function$
BEGIN
    IF has_left THEN
        reason := format('the person behind login %I has left', session_user);
        next_step := 'if they are back, an administrator registers them anew: pgcustsec staff add';
    ELSE
        reason := format('login %I is registered to no member of staff (2.3)', session_user);
        next_step := 'use your own login: an application''s is nobody by itself; or ask an administrator: pgcustsec staff add';
    END IF;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._why_nobody(boolean) IS 'Why this login is nobody, and what to do.';
REVOKE ALL ON FUNCTION pgcustsec_internal._why_nobody(boolean) FROM PUBLIC;
