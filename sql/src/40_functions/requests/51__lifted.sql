-- Asked for the one row that is open, after the view has found that it is: so it may look the request up anew.
CREATE FUNCTION pgcustsec_internal._lifted(access_code text, record_key text)
    RETURNS name[]
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
DECLARE
    opened record;
    columns name[];
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RETURN NULL;
    END IF;
    SELECT w.request_id, w.opened_by INTO opened
    FROM pgcustsec_internal.at_work AS w
    WHERE w.access_code = access_code AND w.record_key = record_key AND w.lapses_at > clock_timestamp();
    -- The commonest answer needs no more than this.
    IF opened.request_id IS NULL THEN
        RETURN NULL;
    END IF;
    SELECT r.columns INTO columns
    FROM pgcustsec_internal.access AS a
    JOIN pgcustsec_internal.asker AS s ON s.role_code = a.role_code
    JOIN pgcustsec_internal.request AS r ON r.request_id = opened.request_id AND r.used_by = s.staff_id
        AND r.role_code = a.role_code AND r.relation = a.schema_name || '.' || a.table_name
    WHERE a.access_code = access_code AND a.lifts;
    -- Not in the query: of a transaction of the future, which `at_work` leaves out, that is an error.
    RETURN CASE
        WHEN pgcustsec_internal.is_committed(opened.opened_by)
            AND (SELECT s.opens FROM pgcustsec_internal._request_state(opened.request_id) AS s)
            AND pgcustsec_internal._in_custody(opened.request_id, session_user)
        THEN columns
    END;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._lifted(text, text) IS
    'The columns named by the request, approved today, by which the caller has this record open; NULL: by none (5.2.1).';
REVOKE ALL ON FUNCTION pgcustsec_internal._lifted(text, text) FROM PUBLIC;
