CREATE FUNCTION pgcustsec.release(relation text, key text)
    RETURNS void
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    access record := pgcustsec_internal._pool_access(relation);
    moment timestamptz := clock_timestamp();
    given text;
BEGIN
    given := pgcustsec_internal.pool_turn(access.pool_code, key, access.staff_id, NULL, moment);
    IF given IS NULL THEN
        RAISE EXCEPTION 'no such prospect of % that you hold (4.2)', access.pool_code
            USING ERRCODE = 'CS505', HINT = 'Its holder gives it back; who bought is no prospect any more.';
    END IF;
    PERFORM pgcustsec_internal._end_claims(access.pool_code, given, access.staff_id, 'released', moment);
    INSERT INTO pgcustsec_internal.audit (
        kind, staff_id, session_id, role_code, relation, record_key, customer_key, purpose, at)
    VALUES (
        'prospect_released', access.staff_id, access.session_id, access.role_code, access.pool_code, given,
        access.pool_code || ' ' || given, access.purpose, moment);
END;
$function$;
COMMENT ON FUNCTION pgcustsec.release(text, text) IS
    'Gives a prospect that the caller holds back to the shared pool (共享池): they serve it no longer (4.2).';
REVOKE ALL ON FUNCTION pgcustsec.release(text, text) FROM PUBLIC;
