CREATE FUNCTION pgcustsec.open_record(relation text, key text, reason text)
    RETURNS timestamptz
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
BEGIN
    IF coalesce(pgcustsec_internal._says_nothing(reason), true) THEN
        RAISE EXCEPTION 'a record is opened for a stated reason only (5.2.4)'
            USING ERRCODE = 'CS206', HINT = 'Say why, as the third argument.';
    END IF;
    IF length(reason) > 1000 THEN
        RAISE EXCEPTION 'a reason is 1000 characters at most'
            USING ERRCODE = 'CS206', HINT = 'Say it shorter.';
    END IF;
    RETURN pgcustsec_internal._open_record(relation, key, reason, NULL);
END;
$function$;
COMMENT ON FUNCTION pgcustsec.open_record(text, text, text) IS
    'Opens one record for tier 1, masked, in place of the one before; returns when it lapses. It shows once this is committed (5.2.1).';
REVOKE ALL ON FUNCTION pgcustsec.open_record(text, text, text) FROM PUBLIC;
