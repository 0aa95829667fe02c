CREATE FUNCTION pgcustsec_internal._refuse_idle(role_code text, ends_at timestamptz, committed boolean)
    RETURNS void
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        -- What has ended since such a snapshot was taken would go on. And asked of a hidden row, policies raise this only
        -- if it is there.
        PERFORM pgcustsec_internal.refuse_old_snapshot();
    END IF;
    IF ends_at > clock_timestamp() AND committed THEN
        RETURN;
    END IF;
    IF ends_at <= clock_timestamp() THEN
        RAISE EXCEPTION 'your session is past its term (5.2.4)'
            USING ERRCODE = 'CS006', HINT = 'Start another: SELECT pgcustsec.start_session(purpose).';
    END IF;
    RAISE EXCEPTION 'you are in no session that role % works in (5.2.4)', role_code
        USING ERRCODE = 'CS005',
            HINT = 'Start one, and commit it: SELECT pgcustsec.start_session(purpose). An application registers its token.';
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._refuse_idle(text, timestamptz, boolean) IS
    'An error unless a role''s session is committed and goes on, in a snapshot that would know (5.2.4).';
REVOKE ALL ON FUNCTION pgcustsec_internal._refuse_idle(text, timestamptz, boolean) FROM PUBLIC;
