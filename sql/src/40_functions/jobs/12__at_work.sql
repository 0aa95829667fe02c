-- A process is known by number, login and database; whose number came to somebody else is no run any more.
CREATE FUNCTION pgcustsec_internal._at_work(run bigint)
    RETURNS boolean
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
BEGIN
    RETURN EXISTS (
        SELECT
        FROM pgcustsec_internal.job_run AS r
        JOIN pg_stat_activity AS a
            ON a.pid = r.process AND a.usename = r.login AND a.datname = current_database() AND a.pid <> pg_backend_pid()
        WHERE r.run_id = run AND r.began > clock_timestamp() - interval '1 day'
            AND NOT EXISTS (SELECT FROM pgcustsec_internal.job_run_end AS e WHERE e.run_id = r.run_id));
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._at_work(bigint) IS
    'Whether another process is about a run (4.2, 4.3): a run that is over, killed, or one''s own, is not.';
REVOKE ALL ON FUNCTION pgcustsec_internal._at_work(bigint) FROM PUBLIC;
