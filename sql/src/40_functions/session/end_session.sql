CREATE FUNCTION pgcustsec.end_session()
    RETURNS boolean
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    person record := pgcustsec_internal._person();
    live record;
BEGIN
    SELECT l.* INTO live FROM pgcustsec_internal._live_session(person.staff_id, person.works_as) AS l;
    IF live.session_id IS NULL THEN
        RETURN false;
    END IF;
    PERFORM pgcustsec_internal._end_session(live.session_id, person.staff_id, 'ended');
    RETURN true;
END;
$function$;
COMMENT ON FUNCTION pgcustsec.end_session() IS
    'Ends the session at work; false: there was none. A token that names it is nobody''s from then on (5.2.4).';
REVOKE ALL ON FUNCTION pgcustsec.end_session() FROM PUBLIC;
