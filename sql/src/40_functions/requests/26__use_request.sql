-- Its caller holds the person's budget: one opening after the other, so that two do not both take the last row.
CREATE FUNCTION pgcustsec_internal._use_request(
    request bigint, access_code text, record_key text, OUT ends_at timestamptz, OUT counts boolean)
    RETURNS record
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
DECLARE
    person record := pgcustsec_internal._person();
    asked record := pgcustsec_internal._approved_request(request, person.staff_id, false);
    standing boolean := (SELECT k.standing FROM pgcustsec_internal.request_kind AS k WHERE k.kind_code = asked.kind_code);
    since timestamptz := CASE
        WHEN standing THEN to_timestamp(pgcustsec_internal._today() * 86400)
        ELSE (SELECT min(e.at) FROM pgcustsec_internal.request_event AS e WHERE e.request_id = request)
    END;
BEGIN
    IF NOT EXISTS (
        SELECT
        FROM pgcustsec_internal.access AS a
        WHERE a.access_code = access_code AND a.lifts AND a.role_code = asked.role_code
            AND a.schema_name || '.' || a.table_name = asked.relation)
    THEN
        RAISE EXCEPTION 'role % has no view that shows records of % in full (5.2.1)', asked.role_code, asked.relation
            USING ERRCODE = 'CS202', HINT = 'Where the matrix says `tier1: absent`, an approved request is used as an extract.';
    END IF;
    PERFORM
    FROM pgcustsec_internal.keys_of_request(access_code, asked.predicate, asked.keys, record_key, 1) AS k
    WHERE coalesce(cardinality(k.integers), cardinality(k.uuids), cardinality(k.texts)) > 0;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'request % does not cover that record (5.2.1)', request
            USING ERRCODE = 'CS309', HINT = 'It names keys, or a predicate: see pgcustsec.requests.';
    ELSIF asked.max_rows > 0 AND (
        SELECT count(DISTINCT a.record_key) FILTER (WHERE a.record_key <> record_key)
        FROM pgcustsec_internal.audit AS a
        WHERE a.staff_id = person.staff_id AND a.at >= since
            AND a.about = 'request ' || request AND a.kind = 'record_opened') >= asked.max_rows
    THEN
        RAISE EXCEPTION 'request % is for % records%, and as many were opened (5.2.1)',
            request, asked.max_rows, CASE WHEN standing THEN ' a day' ELSE '' END
            USING ERRCODE = 'CS309', HINT = CASE WHEN standing THEN 'Go on after midnight, UTC.' ELSE 'File another.' END;
    END IF;
    ends_at := asked.ends_at;
    counts := asked.max_rows > 0;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._use_request(bigint, text, text) IS
    'An error unless the caller''s request is approved and covers the record; the end of its term, and whether it has a limit of its own that counts in place of the day''s budgets (5.2.1).';
REVOKE ALL ON FUNCTION pgcustsec_internal._use_request(bigint, text, text) FROM PUBLIC;
