CREATE FUNCTION pgcustsec.submit_request(request bigint)
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
    PERFORM pgcustsec_internal._refuse_suspended(person.staff_id);
    PERFORM pgcustsec_internal._refuse_overdue(person.staff_id);
    PERFORM pgcustsec_internal._own_request(request, person.staff_id);
    now_is := (SELECT s.state FROM pgcustsec_internal._request_state(request) AS s);
    IF now_is <> 'drafted' THEN
        RAISE EXCEPTION 'request % is no draft, it is % (5.2.1)', request, now_is
            USING ERRCODE = CASE now_is WHEN 'withdrawn' THEN 'CS310' ELSE 'CS304' END, HINT = 'See pgcustsec.requests.';
    END IF;
    PERFORM pgcustsec_internal._check_requester(request);
    PERFORM pgcustsec_internal._check_request(request);
    PERFORM pgcustsec_internal._record_request(request, 'filed', person.staff_id, NULL, NULL);
END;
$function$;
COMMENT ON FUNCTION pgcustsec.submit_request(bigint) IS
    'Files a draft of the caller''s (5.2.1).';
REVOKE ALL ON FUNCTION pgcustsec.submit_request(bigint) FROM PUBLIC;
