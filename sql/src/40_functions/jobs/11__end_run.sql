CREATE FUNCTION pgcustsec_internal._end_run(run bigint, complete boolean, done jsonb, failed jsonb)
    RETURNS void
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
BEGIN
    INSERT INTO pgcustsec_internal.job_run_end (run_id, complete, done, failed) VALUES (run, complete, done, failed);
    PERFORM set_config('synchronous_commit', 'on', true);
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._end_run(bigint, boolean, jsonb, jsonb) IS
    'Writes down how a run ended: what it did, and the SQLSTATE of what failed (4.2, 4.3).';
REVOKE ALL ON FUNCTION pgcustsec_internal._end_run(bigint, boolean, jsonb, jsonb) FROM PUBLIC;
