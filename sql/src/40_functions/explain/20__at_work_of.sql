-- What `at_work` is to who asks. CASE keeps is_committed() from transactions of the future, as a restored dump may hold.
CREATE FUNCTION pgcustsec_internal._at_work_of(staff_id text, access_code text, works_as text)
    RETURNS TABLE (record_key text, lapses_at timestamptz, request_id bigint)
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_column
DECLARE
    horizon xid8 := pg_snapshot_xmax(pg_current_snapshot());
BEGIN
    RETURN QUERY
        SELECT o.record_key, o.lapses_at, o.request_id
        FROM pgcustsec_internal.session_access AS w
        LEFT JOIN LATERAL (
            SELECT w.record_key, w.lapses_at, w.request_id
            WHERE w.lapses_at > clock_timestamp()
                AND CASE WHEN w.opened_by < horizon THEN pgcustsec_internal.is_committed(w.opened_by) END) AS o ON true
        WHERE w.staff_id = _at_work_of.staff_id AND w.access_code = _at_work_of.access_code
            AND w.known_as = coalesce(works_as, w.known_as)
            AND w.ends_at > clock_timestamp()
            AND CASE WHEN w.begun_by < horizon THEN pgcustsec_internal.is_committed(w.begun_by) END;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._at_work_of(text, text, text) IS
    'A row for each live session of somebody''s in an access, under one name or any, with the record that it has open (5.2.4).';
REVOKE ALL ON FUNCTION pgcustsec_internal._at_work_of(text, text, text) FROM PUBLIC;
