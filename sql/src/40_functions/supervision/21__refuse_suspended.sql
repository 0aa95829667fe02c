CREATE FUNCTION pgcustsec_internal._refuse_suspended(staff_id text)
    RETURNS void
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    barred record;
BEGIN
    SELECT u.state, u.reason, u.next_step
    INTO barred
    FROM pgcustsec_internal._uncleared(staff_id) AS u
    WHERE u.state IN ('CS104', 'CS105', 'CS106')
    LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION '%', barred.reason USING ERRCODE = barred.state, HINT = barred.next_step;
    END IF;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._refuse_suspended(text) IS
    'An error for who is suspended, in a role or at all (4.2).';
REVOKE ALL ON FUNCTION pgcustsec_internal._refuse_suspended(text) FROM PUBLIC;
