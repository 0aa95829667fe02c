-- A hold that its own transaction placed, by conditions, tells nothing yet: see _hold_counts().
CREATE FUNCTION pgcustsec_internal._kept_longer(relation text, keys text[])
    RETURNS TABLE (record_key text, hold_id bigint, source text, until timestamptz)
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_column
BEGIN
    RETURN QUERY
        SELECT s.record_key, h.hold_id, NULL::text, h.review_at
        FROM pgcustsec_internal.hold_subject AS s
        JOIN pgcustsec_internal.hold AS h ON h.hold_id = s.hold_id
        WHERE s.relation = _kept_longer.relation AND s.record_key = ANY (_kept_longer.keys)
            AND NOT EXISTS (SELECT FROM pgcustsec_internal.hold_release AS e WHERE e.hold_id = h.hold_id)
        UNION
        SELECT k.key, h.hold_id, NULL, h.review_at
        FROM pgcustsec_internal.hold AS h
        CROSS JOIN LATERAL unnest(
            pgcustsec_internal.held_keys(h.relation, h.predicate, _kept_longer.keys)) AS k (key)
        WHERE h.relation = _kept_longer.relation AND h.predicate IS NOT NULL
            AND pgcustsec_internal._hold_counts(h.begun_by)
            AND NOT EXISTS (SELECT FROM pgcustsec_internal.hold_release AS e WHERE e.hold_id = h.hold_id)
        UNION ALL
        SELECT k.record_key, NULL, k.source, k.until
        FROM pgcustsec_internal.kept_rows(_kept_longer.relation, _kept_longer.keys) AS k
        WHERE k.source IS NOT NULL AND k.until > clock_timestamp()
        ORDER BY 1, 2, 3;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._kept_longer(text, text[]) IS
    'What keeps rows whatever their term or a wish says: legal holds, until they are looked at, and dates below that are to come or open (3.3, 4.3).';
REVOKE ALL ON FUNCTION pgcustsec_internal._kept_longer(text, text[]) FROM PUBLIC;
