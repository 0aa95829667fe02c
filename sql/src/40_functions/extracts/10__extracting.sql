-- Judged like an open record: committed, in the session that goes on, in a snapshot that would know of its end.
CREATE FUNCTION pgcustsec_internal._extracting(access_code text)
    RETURNS bigint
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
DECLARE
    works_as text := coalesce(pgcustsec_internal.bearer(current_setting('pgcustsec.token', true), true), session_user::text);
    running bigint;
    session_by xid8;
    extract_by xid8;
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        PERFORM pgcustsec_internal.refuse_old_snapshot();
    END IF;
    SELECT e.extract_id, w.begun_by, e.begun_by INTO running, session_by, extract_by
    FROM pgcustsec_internal.session_access AS w
    JOIN pgcustsec_internal.access AS a ON a.access_code = w.access_code
    JOIN pgcustsec_internal.asker AS s ON s.role_code = a.role_code AND s.staff_id = w.staff_id
    JOIN pgcustsec_internal.extract AS e ON e.session_id = w.session_id AND e.staff_id = w.staff_id
        AND e.role_code = a.role_code AND e.relation = a.schema_name || '.' || a.table_name
    WHERE w.known_as = works_as AND w.access_code = access_code AND w.ends_at > clock_timestamp()
        AND w.begun_by < pg_snapshot_xmax(pg_current_snapshot()) AND e.begun_by < pg_snapshot_xmax(pg_current_snapshot())
        -- Nor one that was broken off before another of the same request was finished.
        AND NOT EXISTS (
            SELECT
            FROM pgcustsec_internal.extract AS o
            JOIN pgcustsec_internal.extract_event AS v ON v.extract_id = o.extract_id
            WHERE o.request_id = e.request_id AND (v.kind = 'finished' OR o.extract_id = e.extract_id))
    ORDER BY e.extract_id DESC
    LIMIT 1;
    -- Not in the query: of a transaction of the future, as a restored dump may hold, that is an error.
    IF (pgcustsec_internal.is_committed(session_by) AND pgcustsec_internal.is_committed(extract_by)) IS NOT TRUE THEN
        RETURN NULL;
    END IF;
    RETURN (
        SELECT e.extract_id
        FROM pgcustsec_internal.extract AS e
        CROSS JOIN LATERAL pgcustsec_internal._request_state(e.request_id) AS s
        WHERE e.extract_id = running AND s.state = 'approved'
            AND pgcustsec_internal._in_custody(e.request_id, session_user));
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._extracting(text) IS
    'The extract by an access that the caller has begun, committed, and not finished, nor another of the same request, which is approved today; NULL: none (5.2.1).';
REVOKE ALL ON FUNCTION pgcustsec_internal._extracting(text) FROM PUBLIC;
