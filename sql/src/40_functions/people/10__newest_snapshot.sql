-- What is worked out anew from lists of people is worked out from the newest: an older snapshot does not know of a
-- suspension since, and would take it back.
CREATE FUNCTION pgcustsec_internal._newest_snapshot()
    RETURNS void
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE EXCEPTION 'people and what they may change in READ COMMITTED transactions only'
            USING ERRCODE = 'CS107',
                HINT = 'Begin the transaction READ COMMITTED: an older snapshot does not know of a suspension since.';
    END IF;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._newest_snapshot() IS
    'Ends a transaction that would work out what people may from an older snapshot than its statement''s (4.2, 5.3).';
REVOKE ALL ON FUNCTION pgcustsec_internal._newest_snapshot() FROM PUBLIC;
