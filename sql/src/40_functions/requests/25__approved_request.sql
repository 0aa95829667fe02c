CREATE FUNCTION pgcustsec_internal._approved_request(
    request bigint, staff text, OUT role_code text, OUT relation text, OUT columns name[], OUT predicate jsonb, OUT keys text[],
    OUT max_rows integer, OUT ends_at timestamptz, OUT kind_code text,
    OUT state text)
    RETURNS record
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
BEGIN
    SELECT r.role_code, r.relation, r.columns, r.predicate, r.keys, r.max_rows, r.kind_code
    INTO role_code, relation, columns, predicate, keys, max_rows, kind_code
    FROM pgcustsec_internal.request AS r
    WHERE r.request_id = request AND r.used_by = staff;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'there is no request % of yours (5.2.1)', request
            USING ERRCODE = 'CS301', HINT = 'See pgcustsec.requests.';
    END IF;
    PERFORM pgcustsec_internal._refuse_unusable(request);
    PERFORM pgcustsec_internal._refuse_overdue(staff);
    SELECT s.ends_at, s.state INTO ends_at, state FROM pgcustsec_internal._request_state(request) AS s;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._approved_request(bigint, text) IS
    'A request that is somebody''s to use: approved today or an emergency, within its term, theirs to handle; else an error (3.3, 4.3, 5.2.1).';
REVOKE ALL ON FUNCTION pgcustsec_internal._approved_request(bigint, text) FROM PUBLIC;
