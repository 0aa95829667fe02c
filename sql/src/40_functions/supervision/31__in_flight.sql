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
            'connections', (SELECT count(*) FROM pg_stat_activity AS c WHERE c.usename = ANY (l.logins)),
            'sessions', (
                SELECT count(DISTINCT w.session_id)
                FROM pgcustsec_internal.session_access AS w
                JOIN pgcustsec_internal.staff AS s ON s.staff_id = w.staff_id
                WHERE s.login = ANY (l.logins) AND w.ends_at > clock_timestamp()),
            'open records', (
                SELECT count(*)
                FROM pgcustsec_internal.session_access AS w
                JOIN pgcustsec_internal.staff AS s ON s.staff_id = w.staff_id
                WHERE s.login = ANY (l.logins) AND w.lapses_at > clock_timestamp()))
        FROM (SELECT ARRAY(SELECT x.login FROM pgcustsec_internal._suspended_logins(kind, code) AS x (login)) AS logins) AS l);
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._in_flight(text, text) IS
    'What a suspension interrupts: how many connections, sessions and open records there are (4.2).';
REVOKE ALL ON FUNCTION pgcustsec_internal._in_flight(text, text) FROM PUBLIC;
