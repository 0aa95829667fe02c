CREATE FUNCTION pgcustsec_internal._record_request(
    request bigint, kind text, staff text, step integer, comment text, for_staff text DEFAULT NULL)
    RETURNS void
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
BEGIN
    INSERT INTO pgcustsec_internal.request_event (request_id, kind, staff_id, for_staff, step, comment, terms)
        VALUES (request, kind, staff, for_staff, step, comment, coalesce(pgcustsec_internal._request_terms(request), ''));
    INSERT INTO pgcustsec_internal.audit (kind, staff_id, about, reason)
        VALUES ('request_' || replace(kind, ' ', '_'), staff, format('request %s', request), comment);
    PERFORM pgcustsec_internal._follow_emergency(request, kind, staff);
    PERFORM pg_notify('pgcustsec_requests', format('%s %s', request, kind));
    PERFORM set_config('synchronous_commit', 'on', true);
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._record_request(bigint, text, text, integer, text, text) IS
    'Writes down a step of a request, and tells who listens to pgcustsec_requests its number (5.2.4).';
REVOKE ALL ON FUNCTION pgcustsec_internal._record_request(bigint, text, text, integer, text, text) FROM PUBLIC;
