CREATE FUNCTION pgcustsec.place_hold(relation text, keys text[], predicate jsonb, reason text, reference text, review_at timestamptz)
    RETURNS bigint
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
DECLARE
    supervisor text := pgcustsec_internal._supervisor();
    known text := pgcustsec_internal._retained(relation);
    made bigint;
    rows text[];
BEGIN
    IF coalesce(pgcustsec_internal._says_nothing(reason), true) THEN
        RAISE EXCEPTION 'a hold states its reason (4.3)' USING ERRCODE = 'CS206', HINT = 'Say why.';
    ELSIF review_at IS NULL OR review_at <= clock_timestamp() OR review_at > clock_timestamp() + interval '366 days' THEN
        RAISE EXCEPTION 'a hold is looked at again: within 366 days (4.3)'
            USING ERRCODE = 'CS306', HINT = 'Name the day of its review.';
    ELSIF (predicate IS NULL) = (keys IS NULL) OR cardinality(keys) = 0 OR array_position(keys, NULL) IS NOT NULL THEN
        RAISE EXCEPTION 'a hold says which rows: by a predicate or by keys (4.3)'
            USING ERRCODE = 'CS309', HINT = 'Give one of the two.';
    END IF;
    PERFORM pgcustsec_internal._check_predicate(known, predicate);
    -- And by who will judge it: every value is one of its column.
    PERFORM pgcustsec_internal.held_keys(known, predicate, '{}');
    IF keys IS NOT NULL THEN
        -- As the table has them: one that is spelt otherwise would hold nothing.
        rows := pgcustsec_internal.held_keys(known, '[]', keys);
        IF cardinality(rows) <> (SELECT count(DISTINCT k.key) FROM unnest(keys) AS k (key)) THEN
            RAISE EXCEPTION 'not every key is one of a row of % (4.3)', known
                USING ERRCODE = 'CS309', HINT = 'Write each as the view shows it, once.';
        END IF;
    END IF;
    INSERT INTO pgcustsec_internal.hold AS h (relation, predicate, reason, reference, review_at, placed_by)
        VALUES (known, predicate, reason, reference, review_at, supervisor)
        RETURNING h.hold_id INTO made;
    INSERT INTO pgcustsec_internal.hold_subject (hold_id, relation, record_key)
        SELECT made, known, k.key FROM unnest(rows) AS k (key);
    PERFORM pgcustsec_internal._keep_from_erasing(known, predicate, rows);
    INSERT INTO pgcustsec_internal.audit (kind, staff_id, about, reason)
        VALUES ('hold_placed', supervisor, format('hold %s', made), reason);
    PERFORM set_config('synchronous_commit', 'on', true);
    RETURN made;
END;
$function$;
COMMENT ON FUNCTION pgcustsec.place_hold(text, text[], jsonb, text, text, timestamp with time zone) IS
    'Places a legal hold on rows, by key or predicate, for who supervises: they are not destroyed until it is released (3.3, 4.3).';
REVOKE ALL ON FUNCTION pgcustsec.place_hold(text, text[], jsonb, text, text, timestamp with time zone) FROM PUBLIC;
