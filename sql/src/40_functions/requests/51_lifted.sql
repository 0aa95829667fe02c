-- Asked for the one row that is open, after the view has found that it is: so it may look the request up anew.
CREATE FUNCTION pgcustsec_internal.lifted(access_code text, column_name name, record_key text)
    RETURNS boolean
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
DECLARE
    by_request bigint;
    opened_by xid8;
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RETURN false;
    END IF;
    SELECT w.request_id, w.opened_by INTO by_request, opened_by
    FROM pgcustsec_internal.at_work AS w
    JOIN pgcustsec_internal.access AS a ON a.access_code = w.access_code AND a.lifts
    JOIN pgcustsec_internal.asker AS s ON s.role_code = a.role_code
    JOIN pgcustsec_internal.request AS r ON r.request_id = w.request_id AND r.used_by = s.staff_id
        AND r.role_code = a.role_code AND r.relation = a.schema_name || '.' || a.table_name
        AND column_name = ANY (r.columns)
    WHERE w.access_code = access_code AND w.record_key = record_key
        AND w.lapses_at > clock_timestamp();
    -- Not in the query: of a transaction of the future, which `at_work` leaves out, that is an error.
    RETURN by_request IS NOT NULL AND pgcustsec_internal.is_committed(opened_by)
        AND (SELECT s.opens FROM pgcustsec_internal._request_state(by_request) AS s)
        AND pgcustsec_internal._in_custody(by_request, session_user);
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal.lifted(text, name, text) IS
    'Whether the caller has this record open by a request that is approved, today, and names this column (5.2.1).';
REVOKE ALL ON FUNCTION pgcustsec_internal.lifted(text, name, text) FROM PUBLIC;
