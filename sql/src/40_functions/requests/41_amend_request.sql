CREATE FUNCTION pgcustsec.amend_request(
    request bigint, columns text[], predicate jsonb, keys text[], days integer, max_rows integer DEFAULT NULL)
    RETURNS void
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
DECLARE
    person record := pgcustsec_internal._person();
    now_is text;
BEGIN
    -- What it is changed to is asked for now, as if it were filed.
    PERFORM pgcustsec_internal._refuse_suspended(person.staff_id);
    PERFORM pgcustsec_internal._refuse_overdue(person.staff_id);
    PERFORM pgcustsec_internal._own_request(request, person.staff_id);
    PERFORM pgcustsec_internal._refuse_emergency(request);
    now_is := (SELECT s.state FROM pgcustsec_internal._request_state(request) AS s);
    IF now_is NOT IN ('drafted', 'filed', 'in approval', 'approved') THEN
        RAISE EXCEPTION 'request % is % (5.2.1)', request, now_is
            USING ERRCODE = CASE now_is WHEN 'withdrawn' THEN 'CS310' WHEN 'lapsed' THEN 'CS308' WHEN 'handed over' THEN 'CS313' ELSE 'CS304' END,
                HINT = 'File another.';
    END IF;
    UPDATE pgcustsec_internal.request AS r
    SET
        columns = coalesce(amend_request.columns, '{}'), predicate = amend_request.predicate, keys = amend_request.keys,
        days = coalesce(amend_request.days, 0), max_rows = coalesce(amend_request.max_rows, (
            SELECT k.max_rows FROM pgcustsec_internal.request_kind AS k WHERE k.kind_code = r.kind_code))
    WHERE r.request_id = request;
    PERFORM pgcustsec_internal._check_requester(request);
    PERFORM pgcustsec_internal._check_request(request);
    PERFORM pgcustsec_internal._record_request(request, 'amended', person.staff_id, NULL, NULL);
END;
$function$;
COMMENT ON FUNCTION pgcustsec.amend_request(bigint, text[], jsonb, text[], integer, integer) IS
    'Changes what a request of the caller''s asks for. Approvals of what it was are void (5.2.1).';
REVOKE ALL ON FUNCTION pgcustsec.amend_request(bigint, text[], jsonb, text[], integer, integer) FROM PUBLIC;
