CREATE FUNCTION pgcustsec_internal._person(OUT staff_id text, OUT roles text[], OUT works_as text, OUT by_token boolean)
    RETURNS record
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
BEGIN
    SELECT a.staff_id, a.roles, a.works_as, a.by_token
    INTO staff_id, roles, works_as, by_token
    FROM pgcustsec_internal._asking() AS a;
    IF staff_id IS NULL THEN
        RAISE EXCEPTION 'login % is registered to no active member of staff, and carries no valid token (2.3)', session_user
            USING ERRCODE = 'CS001',
                HINT = 'Use your own login. An application: SET LOCAL pgcustsec.token, anew in each transaction.';
    END IF;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._person() IS '_asking(), or an error for nobody (2.3).';
REVOKE ALL ON FUNCTION pgcustsec_internal._person() FROM PUBLIC;
