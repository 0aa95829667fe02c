CREATE FUNCTION pgcustsec_internal._refuse_unusable(request bigint)
    RETURNS void
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
DECLARE
    state text;
    opens boolean;
BEGIN
    SELECT s.state, s.opens INTO state, opens FROM pgcustsec_internal._request_state(request) AS s;
    IF state = 'handed over' THEN
        RAISE EXCEPTION 'disclosure % was handed over: nothing of it shows any more (3.3)', request
            USING ERRCODE = 'CS313', HINT = 'Its extracts are to be destroyed now: see pgcustsec.extracts.';
    ELSIF opens IS NOT TRUE THEN
        RAISE EXCEPTION 'request % is not approved: it is % (5.2.1)', request, state
            USING ERRCODE = CASE state WHEN 'withdrawn' THEN 'CS310' WHEN 'lapsed' THEN 'CS308' ELSE 'CS302' END,
                HINT = 'See pgcustsec.requests: who decides next, and until when it is good.';
    ELSIF NOT pgcustsec_internal._in_custody(request, session_user) THEN
        PERFORM pgcustsec_internal._refuse_suspended((
            SELECT r.requester FROM pgcustsec_internal.request AS r WHERE r.request_id = request));
        RAISE EXCEPTION 'request % is a disclosure: the named custodian of its department alone handles it, over their own login (3.3)', request
            USING ERRCODE = 'CS312', HINT = 'What you hold of it is to be destroyed. Its custodian of today files another.';
    END IF;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._refuse_unusable(bigint) IS
    'An error unless a request is approved today, and, if it is a disclosure, its custodian''s over this login (3.3, 5.2.1).';
REVOKE ALL ON FUNCTION pgcustsec_internal._refuse_unusable(bigint) FROM PUBLIC;
