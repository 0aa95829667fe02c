CREATE FUNCTION pgcustsec_internal._work(
    access_code text, staff_id text, known_as text, OUT session_id uuid, OUT purpose text, OUT ends_at timestamptz,
    OUT record_key text)
    RETURNS record
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    committed boolean;
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        -- What has ended since such a snapshot was taken would go on. And asked of a hidden row, policies raise this only
        -- if it is there.
        PERFORM pgcustsec_internal.refuse_old_snapshot();
    END IF;
    SELECT w.session_id, w.purpose, w.ends_at, w.record_key,
        pgcustsec_internal.is_committed(w.begun_by)
    INTO session_id, purpose, ends_at, record_key, committed
    FROM pgcustsec_internal.session_access AS w
    WHERE w.known_as = _work.known_as AND w.staff_id = _work.staff_id AND w.access_code = _work.access_code;
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
COMMENT ON FUNCTION pgcustsec_internal._work(text, text, text) IS
    'What a person''s session has of a table, or an error where there is no committed session that works there (5.2.4).';
REVOKE ALL ON FUNCTION pgcustsec_internal._work(text, text, text) FROM PUBLIC;
