CREATE FUNCTION pgcustsec_internal._in_flight(kind text, code text)
    RETURNS jsonb
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
BEGIN
    RETURN (
        SELECT jsonb_build_object(
            'connections', (SELECT count(*) FROM pg_stat_activity AS a WHERE a.usename = ANY (c.logins)),
            'sessions', (
                SELECT count(DISTINCT w.session_id)
                FROM pgcustsec_internal.session_access AS w
                WHERE w.staff_id = ANY (c.people) AND w.ends_at > clock_timestamp()),
            'open records', (
                SELECT count(*)
                FROM pgcustsec_internal.session_access AS w
                WHERE w.staff_id = ANY (c.people) AND w.lapses_at > clock_timestamp()))
        FROM (
            SELECT array_agg(x.staff_id) AS people, array_agg(x.login) AS logins
            FROM pgcustsec_internal._concerned(kind, code) AS x) AS c);
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._in_flight(text, text) IS
    'What a suspension interrupts: how many connections, sessions and open records there are (4.2).';
REVOKE ALL ON FUNCTION pgcustsec_internal._in_flight(text, text) FROM PUBLIC;
