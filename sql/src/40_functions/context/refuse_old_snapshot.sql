CREATE FUNCTION pgcustsec_internal.refuse_old_snapshot()
    RETURNS boolean
    LANGUAGE plpgsql
    STABLE
    PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $function$
BEGIN
    RAISE EXCEPTION 'tier 1 and tier 2 show in READ COMMITTED transactions only'
        USING ERRCODE = 'CS107',
            HINT = 'Begin the transaction READ COMMITTED: an older snapshot would outlive a suspension.';
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal.refuse_old_snapshot() IS
    'Ends a statement that asks for tier 1 or 2 in a snapshot older than itself (5.2.4).';
REVOKE ALL ON FUNCTION pgcustsec_internal.refuse_old_snapshot() FROM PUBLIC;
