CREATE FUNCTION pgcustsec.hand_over(request bigint, receipt text)
    RETURNS void
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
DECLARE
    person record := pgcustsec_internal._person();
BEGIN
    IF person.by_token THEN
        RAISE EXCEPTION 'a disclosure is handed over by its custodian, not through an application (2.3)'
            USING ERRCODE = 'CS003', HINT = 'Connect as yourself.';
    ELSIF pgcustsec_internal._says_nothing(receipt) IS NOT FALSE THEN
        RAISE EXCEPTION 'who hands a disclosure over states to whom, and by what receipt (3.3)'
            USING ERRCODE = 'CS206', HINT = 'Say it, as the second argument.';
    END IF;
    PERFORM pgcustsec_internal._own_request(request, person.staff_id);
    IF NOT EXISTS (SELECT FROM pgcustsec_internal.disclosure AS d WHERE d.request_id = request) THEN
        RAISE EXCEPTION 'request % is no disclosure (3.3)', request
            USING ERRCODE = 'CS301', HINT = 'See pgcustsec.disclosures.';
    END IF;
    PERFORM pgcustsec_internal._refuse_unusable(request);
    IF NOT EXISTS (
        SELECT
        FROM pgcustsec_internal.extract AS e
        JOIN pgcustsec_internal.extract_event AS v ON v.extract_id = e.extract_id AND v.kind = 'finished'
        WHERE e.request_id = request)
        AND NOT EXISTS (
            SELECT FROM pgcustsec_internal.audit AS a
            WHERE a.staff_id = person.staff_id AND a.kind = 'record_opened' AND a.about = format('request %s', request))
    THEN
        RAISE EXCEPTION 'nothing of disclosure % was taken that could be handed over (3.3)', request
            USING ERRCODE = 'CS309',
                HINT = 'Take its extract and finish it, which says its digest, or open its records in full.';
    END IF;
    -- What was taken of it is due for destruction with this: _extract_state().
    PERFORM pgcustsec_internal._record_request(request, 'handed over', person.staff_id, NULL, receipt);
END;
$function$;
COMMENT ON FUNCTION pgcustsec.hand_over(bigint, text) IS
    'Records that a disclosure was handed over, to whom and by what receipt: from then on nothing of it shows, and its extracts are due for destruction at once (3.3).';
REVOKE ALL ON FUNCTION pgcustsec.hand_over(bigint, text) FROM PUBLIC;
