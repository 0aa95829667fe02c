CREATE FUNCTION pgcustsec.decide_request(request bigint, decision text, comment text)
    RETURNS text
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
DECLARE
    person record := pgcustsec_internal._person();
    requester text;
    now_is record;
BEGIN
    IF decision NOT IN ('approve', 'refuse') OR decision IS NULL THEN
        RAISE EXCEPTION 'a decision is approve or refuse (5.2.1)' USING ERRCODE = 'CS305', HINT = 'Say one of the two.';
    ELSIF coalesce(pgcustsec_internal._says_nothing(comment), true) THEN
        RAISE EXCEPTION 'a decision states why (5.2.1)' USING ERRCODE = 'CS206', HINT = 'Say it, as the third argument.';
    ELSIF current_setting('transaction_isolation') <> 'read committed' THEN
        -- What was withdrawn or amended since such a snapshot was taken would be decided on.
        PERFORM pgcustsec_internal.refuse_old_snapshot();
    END IF;
    IF person.by_token THEN
        RAISE EXCEPTION 'a decision is made through one''s own login, not an application''s (2.3)'
            USING ERRCODE = 'CS003', HINT = 'Connect as yourself.';
    END IF;
    PERFORM pgcustsec_internal._refuse_suspended(person.staff_id);
    SELECT r.requester INTO requester FROM pgcustsec_internal.request AS r WHERE r.request_id = request FOR UPDATE;
    IF requester = person.staff_id THEN
        RAISE EXCEPTION 'nobody decides on their own request (5.2.1)'
            USING ERRCODE = 'CS303', HINT = 'Somebody else of the chain does.';
    END IF;
    SELECT s.* INTO now_is FROM pgcustsec_internal._request_state(request) AS s;
    -- Of a request that is not for them, or not filed yet, nobody is told more than that.
    IF requester IS NULL OR now_is.state = 'drafted' OR NOT EXISTS (
        SELECT
        FROM pgcustsec_internal.request AS r
        JOIN pgcustsec_internal.request_kind AS k ON k.kind_code = r.kind_code
        CROSS JOIN LATERAL generate_series(1, jsonb_array_length(k.approvals)) AS n (step)
        WHERE r.request_id = request AND (
            pgcustsec_internal._may_decide(request, n.step, person.staff_id)
            OR EXISTS (
                SELECT FROM pgcustsec_internal.request_event AS e
                WHERE e.request_id = request AND e.staff_id = person.staff_id)))
    THEN
        RAISE EXCEPTION 'there is no request % for you to decide (5.2.1)', request
            USING ERRCODE = 'CS301', HINT = 'See pgcustsec.requests.';
    ELSIF now_is.state NOT IN ('filed', 'in approval') THEN
        RAISE EXCEPTION 'request % is % (5.2.1)', request, now_is.state
            USING ERRCODE = CASE now_is.state WHEN 'withdrawn' THEN 'CS310' WHEN 'lapsed' THEN 'CS308' ELSE 'CS304' END,
                HINT = 'There is nothing to decide.';
    ELSIF NOT pgcustsec_internal._may_decide(request, now_is.step, person.staff_id) THEN
        IF EXISTS (
            SELECT FROM pgcustsec_internal.request_event AS e
            WHERE e.request_id = request AND e.staff_id = person.staff_id AND e.kind = 'approved'
                AND e.terms = now_is.terms)
        THEN
            RAISE EXCEPTION 'you have decided on request % already (5.2.1)', request
                USING ERRCODE = 'CS304', HINT = 'The next step is another person''s.';
        END IF;
        RAISE EXCEPTION 'step % of request % is another''s to decide (5.2.1)', now_is.step, request
            USING ERRCODE = 'CS305', HINT = 'See pgcustsec.requests.';
    END IF;
    IF decision = 'approve' THEN
        -- By the matrix of today, which may allow less than that of the day it was filed.
        PERFORM pgcustsec_internal._check_requester(request);
        PERFORM pgcustsec_internal._check_request(request);
    END IF;
    PERFORM pgcustsec_internal._record_request(
        request, CASE decision WHEN 'approve' THEN 'approved' ELSE 'refused' END, person.staff_id, now_is.step, comment,
        nullif(pgcustsec_internal._decides_as(request, now_is.step, person.staff_id), person.staff_id));
    RETURN (SELECT s.state FROM pgcustsec_internal._request_state(request) AS s);
END;
$function$;
COMMENT ON FUNCTION pgcustsec.decide_request(bigint, text, text) IS
    'Decides the next step of a request, approve or refuse, and returns what it has come to. A deputy does in another''s place. Nobody decides on their own, out of turn, or twice (5.2.1).';
REVOKE ALL ON FUNCTION pgcustsec.decide_request(bigint, text, text) FROM PUBLIC;
