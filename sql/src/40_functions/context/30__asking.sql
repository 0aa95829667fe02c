-- For our own functions, which answer for the caller: views and policies read `asker` and `at_work`.
CREATE FUNCTION pgcustsec_internal._asking(OUT staff_id text, OUT roles text[], OUT works_as text, OUT by_token boolean)
    RETURNS record
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    token text := current_setting('pgcustsec.token', true);
    bearer text := pgcustsec_internal.bearer(token, false);
BEGIN
    by_token := bearer IS NOT NULL;
    works_as := coalesce(pgcustsec_internal.bearer(token, true), session_user::text);
    SELECT min(s.staff_id), array_agg(s.role_code ORDER BY r.place, s.role_code)
    INTO staff_id, roles
    FROM pgcustsec_internal.standing AS s
    JOIN pgcustsec_internal.role AS r ON r.role_code = s.role_code
    WHERE s.known_as = coalesce(bearer, session_user::text) AND s.staff_id IS NOT NULL
        AND NOT pgcustsec_internal._emergency_over(s.answers);
    IF staff_id IS NULL THEN
        -- Somebody without a role is somebody all the same, to themselves.
        SELECT s.staff_id, '{}' INTO staff_id, roles
        FROM pgcustsec_internal.staff AS s WHERE s.login = session_user AND s.active;
    END IF;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._asking() IS
    'The person behind this statement, the roles they may use in it, and the name that their session goes by (2.3).';
REVOKE ALL ON FUNCTION pgcustsec_internal._asking() FROM PUBLIC;
