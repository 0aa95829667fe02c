CREATE FUNCTION pgcustsec_internal._begin_run(job text, how text)
    RETURNS bigint
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
DECLARE
    begun bigint;
BEGIN
    INSERT INTO pgcustsec_internal.job_run AS r (job, how) VALUES (job, how) RETURNING r.run_id INTO begun;
    PERFORM set_config('synchronous_commit', 'on', true);
    RETURN begun;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._begin_run(text, text) IS 'Writes down that a job begins (4.2, 4.3); returns the run''s number.';
REVOKE ALL ON FUNCTION pgcustsec_internal._begin_run(text, text) FROM PUBLIC;
