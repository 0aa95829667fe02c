CREATE FUNCTION pgcustsec_internal._check_request(request bigint)
    RETURNS void
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
DECLARE
    asked pgcustsec_internal.request;
    kind pgcustsec_internal.request_kind;
    unknown text;
BEGIN
    SELECT r.* INTO asked FROM pgcustsec_internal.request AS r WHERE r.request_id = request;
    SELECT k.* INTO kind FROM pgcustsec_internal.request_kind AS k WHERE k.kind_code = asked.kind_code;
    IF asked.days < 1 THEN
        RAISE EXCEPTION 'a request names its term of use (4.3)'
            USING ERRCODE = 'CS306', HINT = format('Give the days, from 1 to %s.', kind.max_days);
    ELSIF asked.days > kind.max_days THEN
        RAISE EXCEPTION 'a request of kind % is for % days at most (4.3)', kind.kind_code, kind.max_days
            USING ERRCODE = 'CS307', HINT = 'Ask for fewer days.';
    ELSIF asked.max_rows < 0 OR kind.max_rows > 0 AND NOT asked.max_rows BETWEEN 1 AND kind.max_rows
        OR asked.max_rows > 0 AND cardinality(asked.keys) > asked.max_rows AND NOT kind.standing
    THEN
        RAISE EXCEPTION 'a request of kind % is for % rows % (5.2.1)',
            kind.kind_code, kind.max_rows, CASE WHEN kind.standing THEN 'a day at most' ELSE 'at most' END
            USING ERRCODE = 'CS309', HINT = 'Ask for fewer rows, or name a max_rows that covers all the keys.';
    ELSIF (asked.predicate IS NULL) = (asked.keys IS NULL) OR cardinality(asked.keys) = 0 OR array_ndims(asked.keys) > 1
        OR array_position(asked.keys, NULL) IS NOT NULL
    THEN
        RAISE EXCEPTION 'a request says which rows: by a predicate or by keys (5.2.1)'
            USING ERRCODE = 'CS309', HINT = 'Give one of the two.';
    END IF;
    IF kind.widens THEN
        IF asked.relation <> '(matrix)' OR cardinality(asked.columns) > 0 OR cardinality(asked.keys) IS DISTINCT FROM 1
            OR asked.keys[1] !~ '^[0-9a-f]{64}$'
        THEN
            RAISE EXCEPTION 'a request to widen names the digest of a plan, and nothing else (5.2.5)'
                USING ERRCODE = 'CS309', HINT = 'It is what pgcustsec plan prints: SELECT pgcustsec.file_widening(...).';
        END IF;
        RETURN;
    ELSIF kind.erases THEN
        PERFORM pgcustsec_internal._check_erasure(request);
        RETURN;
    END IF;
    unknown := (
        SELECT string_agg(quote_ident(coalesce(u.name, '')), ', ')
        FROM unnest(asked.columns) AS u (name)
        WHERE NOT EXISTS (
            SELECT FROM pgcustsec_internal.classification AS c WHERE c.relation = asked.relation AND c.column_name = u.name));
    IF unknown IS NOT NULL OR cardinality(asked.columns) = 0 OR array_ndims(asked.columns) > 1
        OR cardinality(asked.columns) <> (SELECT count(DISTINCT u.name) FROM unnest(asked.columns) AS u (name))
    THEN
        RAISE EXCEPTION 'a request names columns of % that the matrix classifies, each once (5.2.5)', asked.relation
            USING ERRCODE = 'CS209', HINT = coalesce('Not those: ' || unknown || '.', 'Name at least one.');
    END IF;
    PERFORM pgcustsec_internal._check_predicate(asked.relation, asked.predicate);
    -- And by who will judge it: every value is one of its column.
    PERFORM FROM pgcustsec_internal.keys_of_request(
        asked.role_code || ' ' || asked.relation, asked.predicate, asked.keys, NULL, 0);
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._check_request(bigint) IS
    'Refuses a request without a term, beyond its kind''s limits, or for what the matrix does not have (4.3, 5.2.1).';
REVOKE ALL ON FUNCTION pgcustsec_internal._check_request(bigint) FROM PUBLIC;
