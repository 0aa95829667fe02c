-- Who left may have kept a lock on what their sessions had at work, so leaving has left it alone; coming back waits. And
-- a login that is given to somebody brings nothing of who had it.
CREATE FUNCTION pgcustsec_internal._end_access_of_before()
    RETURNS trigger
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
BEGIN
    DELETE FROM pgcustsec_internal.session_access AS w WHERE w.staff_id = NEW.staff_id OR w.known_as = NEW.login;
    RETURN NULL;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._end_access_of_before() IS
    'Takes what sessions of before have at work from a person who is back, and from a login that gets another person (5.3).';
REVOKE ALL ON FUNCTION pgcustsec_internal._end_access_of_before() FROM PUBLIC;
