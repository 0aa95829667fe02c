CREATE FUNCTION pgcustsec_internal._approved_request(
    request bigint, staff text, erases boolean, OUT role_code text, OUT relation text, OUT columns name[], OUT predicate jsonb, OUT keys text[],
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
    IF EXISTS (SELECT FROM pgcustsec_internal.request_kind AS k WHERE k.kind_code = kind_code AND k.widens) THEN
        RAISE EXCEPTION 'request % is to widen the matrix: by it nothing shows (5.2.5)', request
            USING ERRCODE = 'CS202', HINT = 'Approved, an administrator applies it: pgcustsec apply.';
    ELSIF erases <> EXISTS (SELECT FROM pgcustsec_internal.request_kind AS k WHERE k.kind_code = kind_code AND k.erases) THEN
        RAISE EXCEPTION 'request % is %', request, CASE
            WHEN erases THEN 'no wish to be erased: by it nothing is destroyed (4.3)'
            ELSE 'a wish to be erased: by it nothing shows (5.2.1)' END
            USING ERRCODE = 'CS202', HINT = CASE
                WHEN erases THEN 'SELECT pgcustsec.file_erasure(relation, keys, reason).'
                ELSE 'Approved, it is fulfilled: SELECT pgcustsec.erase(request).' END;
    END IF;
    PERFORM pgcustsec_internal._refuse_unusable(request);
    PERFORM pgcustsec_internal._refuse_overdue(staff);
    SELECT s.ends_at, s.state INTO ends_at, state FROM pgcustsec_internal._request_state(request) AS s;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._approved_request(bigint, text, boolean) IS
    'A request that is somebody''s to use: approved today or an emergency, within its term, theirs to handle, and to erase by or not, as is asked; else an error (3.3, 4.3, 5.2.1).';
REVOKE ALL ON FUNCTION pgcustsec_internal._approved_request(bigint, text, boolean) FROM PUBLIC;
