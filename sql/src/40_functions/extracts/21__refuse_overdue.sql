CREATE FUNCTION pgcustsec_internal._refuse_overdue(staff text)
    RETURNS void
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
DECLARE
    overdue bigint;
BEGIN
    SELECT e.extract_id INTO overdue
    FROM pgcustsec_internal.extract AS e
    WHERE e.staff_id = staff
        AND (e.ends_at <= clock_timestamp() OR EXISTS (
            SELECT FROM pgcustsec_internal.request_event AS v
            WHERE v.request_id = e.request_id AND v.kind = 'handed over')
            OR NOT pgcustsec_internal._in_custody(e.request_id, NULL))
        AND pgcustsec_internal._extract_state(e.extract_id) = 'overdue'
    ORDER BY e.ends_at
    LIMIT 1;
    IF overdue IS NOT NULL THEN
        RAISE EXCEPTION 'extract % is past its term, was handed over, or has another custodian, and is not destroyed: until it is, no request of yours goes on (4.3)', overdue
            USING ERRCODE = 'CS308',
                HINT = format('Destroy it, and say so: SELECT pgcustsec.extract_destroyed(%s, evidence).', overdue);
    END IF;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._refuse_overdue(text) IS
    'An error for who holds an extract past its term, of what was handed over, or of another''s custody: it suspends their requests (3.3, 4.3).';
REVOKE ALL ON FUNCTION pgcustsec_internal._refuse_overdue(text) FROM PUBLIC;
