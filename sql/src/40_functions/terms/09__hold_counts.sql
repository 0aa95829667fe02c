CREATE FUNCTION pgcustsec_internal._hold_counts(begun_by xid8)
    RETURNS boolean
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
BEGIN
    -- A transaction of the future came with a restored dump: what it placed holds, and is on record.
    RETURN CASE
        WHEN begun_by < pg_snapshot_xmax(pg_current_snapshot()) THEN pgcustsec_internal.is_committed(begun_by)
        ELSE begun_by <> pg_current_xact_id()
    END;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._hold_counts(xid8) IS
    'Whether a hold is on record: else placing one by conditions, and taking it back, would tell of whom they are true (5.2.4).';
REVOKE ALL ON FUNCTION pgcustsec_internal._hold_counts(xid8) FROM PUBLIC;
