CREATE FUNCTION pgcustsec_internal._work(
    access_code text, OUT known_as text, OUT session_id uuid, OUT staff_id text, OUT purpose text, OUT ends_at timestamptz,
    OUT record_key text)
    RETURNS record
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    person record := pgcustsec_internal._person();
    committed boolean;
BEGIN
    SELECT w.known_as, w.session_id, w.staff_id, w.purpose, w.ends_at, w.record_key,
        pgcustsec_internal.is_committed(w.begun_by)
    INTO known_as, session_id, staff_id, purpose, ends_at, record_key, committed
    FROM pgcustsec_internal.session_access AS w
    WHERE w.known_as = person.works_as AND w.staff_id = person.staff_id AND w.access_code = _work.access_code;
    IF ends_at > clock_timestamp() AND committed THEN
        RETURN;
    END IF;
    IF ends_at <= clock_timestamp() THEN
        RAISE EXCEPTION 'your session is past its term (5.2.4)'
            USING ERRCODE = 'CS006', HINT = 'Start another: SELECT pgcustsec.start_session(purpose).';
    END IF;
    RAISE EXCEPTION 'you are in no session that role % works in (5.2.4)', split_part(access_code, ' ', 1)
        USING ERRCODE = 'CS005',
            HINT = 'Start one, and commit it: SELECT pgcustsec.start_session(purpose). An application registers its token.';
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._work(text) IS
    'What the caller''s session has of a table, or an error where there is no committed session that works there (5.2.4).';
REVOKE ALL ON FUNCTION pgcustsec_internal._work(text) FROM PUBLIC;
