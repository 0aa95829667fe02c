CREATE FUNCTION pgcustsec.release_hold(hold bigint, reason text)
    RETURNS void
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
DECLARE
    supervisor text := pgcustsec_internal._supervisor();
BEGIN
    IF coalesce(pgcustsec_internal._says_nothing(reason), true) THEN
        RAISE EXCEPTION 'a release states its reason (4.3)' USING ERRCODE = 'CS206', HINT = 'Say why.';
    END IF;
    INSERT INTO pgcustsec_internal.hold_release (hold_id, reason, released_by)
        SELECT h.hold_id, reason, supervisor FROM pgcustsec_internal.hold AS h WHERE h.hold_id = hold
        ON CONFLICT ON CONSTRAINT hold_release_pkey DO NOTHING;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'there is no hold % in force (4.3)', hold USING ERRCODE = 'CS208', HINT = 'See pgcustsec.holds.';
    END IF;
    INSERT INTO pgcustsec_internal.audit (kind, staff_id, about, reason)
        VALUES ('hold_released', supervisor, format('hold %s', hold), reason);
    PERFORM set_config('synchronous_commit', 'on', true);
END;
$function$;
COMMENT ON FUNCTION pgcustsec.release_hold(bigint, text) IS
    'Releases a legal hold, for who supervises: what it covered goes its way (4.3).';
REVOKE ALL ON FUNCTION pgcustsec.release_hold(bigint, text) FROM PUBLIC;
