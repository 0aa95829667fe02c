CREATE FUNCTION pgcustsec_internal.person(role_code text)
    RETURNS text
    LANGUAGE plpgsql
    STABLE
    PARALLEL SAFE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
BEGIN
    IF pg_catalog.current_setting('transaction_isolation') <> 'read committed' THEN
        PERFORM pgcustsec_internal._refuse_old_snapshot();
    END IF;
    RETURN (
        SELECT s.staff_id
        FROM pgcustsec_internal.staff AS s
        WHERE s.login = session_user AND s.active AND person.role_code = ANY (s.roles));
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal.person(text) IS
    'Staff number of this login''s person, if they hold the role; NULL for nobody (2.3).';
REVOKE ALL ON FUNCTION pgcustsec_internal.person(text) FROM PUBLIC;
