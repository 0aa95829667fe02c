-- What the matrix says about who serves is compiled when it is applied; before that, nobody serves anybody.
CREATE FUNCTION pgcustsec_internal._hand_over(leaver text, heir text)
    RETURNS TABLE (relation text, customers bigint)
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
DECLARE
    moment timestamptz := clock_timestamp();
    moved record;
    counts jsonb := '{}';
BEGIN
    IF to_regprocedure('pgcustsec_internal.hand_over(text, text, timestamptz)') IS NULL THEN
        RETURN;
    END IF;
    FOR moved IN SELECT h.* FROM pgcustsec_internal.hand_over(leaver, heir, moment) AS h LOOP
        IF moved.was_prospect THEN
            PERFORM pgcustsec_internal._end_claims(
                moved.relation, moved.record_key, leaver, CASE WHEN heir IS NULL THEN 'released' ELSE 'reassigned' END,
                moment);
        END IF;
        INSERT INTO pgcustsec_internal.audit (kind, relation, record_key, customer_key, about, at)
            VALUES (
                CASE WHEN heir IS NULL THEN 'prospect_released' ELSE 'customer_reassigned' END,
                moved.relation, moved.record_key, moved.relation || ' ' || moved.record_key,
                'from ' || leaver || coalesce(' to ' || heir, ''), moment);
        counts := jsonb_set(
            counts, ARRAY[moved.relation], to_jsonb(coalesce((counts ->> moved.relation)::bigint, 0) + 1));
    END LOOP;
    RETURN QUERY SELECT c.key, c.value::bigint FROM jsonb_each_text(counts) AS c ORDER BY 1;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._hand_over(text, text) IS
    'Moves what a leaver served to somebody else, NULL: prospects to their pool; how many of each table (5.3).';
REVOKE ALL ON FUNCTION pgcustsec_internal._hand_over(text, text) FROM PUBLIC;
