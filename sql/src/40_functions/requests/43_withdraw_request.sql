CREATE FUNCTION pgcustsec.withdraw_request(request bigint)
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
    PERFORM pgcustsec_internal._own_request(request, person.staff_id);
    now_is := (SELECT s.state FROM pgcustsec_internal._request_state(request) AS s);
    IF now_is <> 'approved' THEN
        PERFORM pgcustsec_internal._refuse_emergency(request);
    END IF;
    IF now_is NOT IN ('drafted', 'filed', 'in approval', 'approved') THEN
        RAISE EXCEPTION 'request % is % already (5.2.1)', request, now_is
            USING ERRCODE = CASE now_is WHEN 'withdrawn' THEN 'CS310' WHEN 'lapsed' THEN 'CS308' WHEN 'handed over' THEN 'CS313' ELSE 'CS304' END,
                HINT = 'There is nothing left to withdraw.';
    END IF;
    PERFORM pgcustsec_internal._record_request(
        request, CASE now_is WHEN 'approved' THEN 'closed' ELSE 'withdrawn' END, person.staff_id, NULL, NULL);
END;
$function$;
COMMENT ON FUNCTION pgcustsec.withdraw_request(bigint) IS
    'Takes back a request of the caller''s; one that was approved already is closed (5.2.1).';
REVOKE ALL ON FUNCTION pgcustsec.withdraw_request(bigint) FROM PUBLIC;
