-- Committed before its first row is read: what was taken is on record, whatever becomes of the one who reads it.
CREATE FUNCTION pgcustsec.begin_extract(request bigint, protection text, host text DEFAULT NULL)
    RETURNS bigint
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
DECLARE
    person record := pgcustsec_internal._person();
    asked record;
    access record;
    parts text[];
    made bigint;
BEGIN
    IF coalesce(pgcustsec_internal._says_nothing(protection), true) THEN
        RAISE EXCEPTION 'an extract states how it is protected (5.2.1)'
            USING ERRCODE = 'CS206', HINT = 'Say to whom it is encrypted, or: plain.';
    END IF;
    -- One after the other: two would both find that there is none yet.
    PERFORM FROM pgcustsec_internal.request AS r
    WHERE r.request_id = request AND r.used_by = person.staff_id FOR UPDATE;
    asked := pgcustsec_internal._approved_request(request, person.staff_id, false);
    IF asked.state <> 'approved' THEN
        RAISE EXCEPTION 'request % is an emergency: until it is approved it opens one record after the other (5.2.1)', request
            USING ERRCODE = 'CS314', HINT = 'SELECT pgcustsec.open_full(request, key).';
    ELSIF (SELECT k.standing FROM pgcustsec_internal.request_kind AS k WHERE k.kind_code = asked.kind_code) THEN
        RAISE EXCEPTION 'request % is a standing one: it opens one record after the other (5.2.1)', request
            USING ERRCODE = 'CS202', HINT = 'SELECT pgcustsec.open_full(request, key).';
    END IF;
    parts := pgcustsec_internal._name_parts(asked.relation);
    access := pgcustsec_internal._access(format('%I.%I', asked.role_code, parts[2]));
    PERFORM pgcustsec_internal._refuse_idle(access.role_code, access.ends_at, access.committed);
    IF access.role_code <> asked.role_code OR EXISTS (
        SELECT
        FROM pgcustsec_internal.extract AS e
        JOIN pgcustsec_internal.extract_event AS v ON v.extract_id = e.extract_id
        WHERE e.request_id = request AND v.kind = 'finished')
    THEN
        RAISE EXCEPTION 'the extract of request % was made already (4.3)', request
            USING ERRCODE = 'CS311', HINT = 'File another request for another extract.';
    END IF;
    -- A run that was broken off left its keys: another one holds those rows, and no others that have come since.
    INSERT INTO pgcustsec_internal.extract AS e (
        request_id, staff_id, role_code, department_code, relation, columns, row_count, integers, uuids, texts,
        protection, ends_at, session_id, host)
    SELECT
        request, person.staff_id, asked.role_code, s.department_code, asked.relation, asked.columns,
        coalesce(cardinality(k.integers), cardinality(k.uuids), cardinality(k.texts)), k.integers, k.uuids, k.texts,
        protection, asked.ends_at, access.session_id, host
    FROM pgcustsec_internal.staff AS s
    CROSS JOIN LATERAL (
        (SELECT x.integers, x.uuids, x.texts
        FROM pgcustsec_internal.extract AS x
        WHERE x.request_id = request
        ORDER BY x.extract_id
        LIMIT 1)
        UNION ALL
        SELECT q.integers, q.uuids, q.texts
        FROM pgcustsec_internal.keys_of_request(
            access.access_code, asked.predicate, asked.keys, NULL, nullif(asked.max_rows, 0)) AS q
        WHERE NOT EXISTS (SELECT FROM pgcustsec_internal.extract AS x WHERE x.request_id = request)) AS k
    WHERE s.staff_id = person.staff_id
        AND coalesce(cardinality(k.integers), cardinality(k.uuids), cardinality(k.texts)) > 0
    RETURNING e.extract_id INTO made;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'request % covers no row that role % sees (5.2.1)', request, asked.role_code
            USING ERRCODE = 'CS309', HINT = 'Nothing is there to extract.';
    END IF;
    IF (SELECT k.canaries FROM pgcustsec_internal.request_kind AS k WHERE k.kind_code = asked.kind_code) THEN
        PERFORM pgcustsec_internal._make_canaries(made);
    END IF;
    INSERT INTO pgcustsec_internal.audit (
        kind, staff_id, session_id, role_code, relation, purpose, about, lapses_at)
    VALUES (
        'extract_begun', person.staff_id, access.session_id, asked.role_code, asked.relation, access.purpose,
        format('extract %s of request %s', made, request), asked.ends_at);
    PERFORM set_config('synchronous_commit', 'on', true);
    RETURN made;
END;
$function$;
COMMENT ON FUNCTION pgcustsec.begin_extract(bigint, text, text) IS
    'Begins the extract of an approved request of the caller''s and returns its number; once that is committed its rows are read through pgcustsec_extracts."<role>.<table>" (5.2.1).';
REVOKE ALL ON FUNCTION pgcustsec.begin_extract(bigint, text, text) FROM PUBLIC;
