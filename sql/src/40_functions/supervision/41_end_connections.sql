CREATE FUNCTION pgcustsec.end_connections(suspension bigint)
    RETURNS integer
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
DECLARE
    supervisor text := pgcustsec_internal._supervisor();
    barred record;
BEGIN
    SELECT p.kind, p.code
    INTO barred
    FROM pgcustsec_internal.in_force AS p
    WHERE p.suspension_id = suspension;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'there is no such suspension in force (4.2)'
            USING ERRCODE = 'CS208', HINT = 'See pgcustsec.suspensions.';
    END IF;
    -- This function acts as pgcustsec_owner, who may end connections where whoever installed could let it.
    RETURN (
        SELECT count(*) FILTER (WHERE pg_terminate_backend(c.pid))
        FROM pg_stat_activity AS c
        WHERE c.pid <> pg_backend_pid()
            AND c.usename IN (SELECT x.login FROM pgcustsec_internal._concerned(barred.kind, barred.code) AS x));
EXCEPTION WHEN insufficient_privilege THEN
    RAISE EXCEPTION 'pgcustsec_owner may not end connections on this server'
        USING ERRCODE = 'insufficient_privilege',
            HINT = 'A superuser: GRANT pg_signal_backend TO pgcustsec_owner. The suspension stands; only what is open now goes on.';
END;
$function$;
COMMENT ON FUNCTION pgcustsec.end_connections(bigint) IS
    'Ends the connections of whom a committed suspension concerns, and returns how many: their cursors would outlive it (4.2).';
REVOKE ALL ON FUNCTION pgcustsec.end_connections(bigint) FROM PUBLIC;
