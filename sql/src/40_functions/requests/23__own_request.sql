CREATE FUNCTION pgcustsec_internal._own_request(request bigint, staff text)
    RETURNS void
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        -- What was decided since such a snapshot was taken would be passed over.
        PERFORM pgcustsec_internal.refuse_old_snapshot();
    END IF;
    PERFORM FROM pgcustsec_internal.request AS r
    WHERE r.request_id = request AND r.requester = staff FOR UPDATE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'there is no request % of yours (5.2.1)', request
            USING ERRCODE = 'CS301', HINT = 'See pgcustsec.requests.';
    END IF;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._own_request(bigint, text) IS
    'Locks a person''s own request until the transaction ends: what happens to it happens one after the other; or an error (5.2.1).';
REVOKE ALL ON FUNCTION pgcustsec_internal._own_request(bigint, text) FROM PUBLIC;
