CREATE FUNCTION pgcustsec_internal._certify(
    relation text, rule text, request bigint, keys text[], due_until timestamptz, counts jsonb, extracts bigint[])
    RETURNS void
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
BEGIN
    INSERT INTO pgcustsec_internal.certificate (relation, rule, request_id, action, subjects, counts, keys_digest, due_until, extracts)
    SELECT
        relation, rule, request, CASE WHEN q.keeps = '' THEN 'destroyed' ELSE 'anonymised' END, cardinality(keys), counts,
        CASE WHEN q.keeps = '' THEN encode(sha256(convert_to((
            SELECT string_agg(k.key, E'\n' ORDER BY k.key COLLATE "C") FROM unnest(keys) AS k (key)), 'UTF8')), 'hex')
        ELSE '' END,
        due_until,
        ARRAY(SELECT DISTINCT e.id FROM unnest(extracts) AS e (id) ORDER BY 1)
    FROM (
        SELECT k.keeps FROM pgcustsec_internal.retention_rule AS k WHERE k.relation = relation AND k.name = rule
        UNION ALL
        -- What a customer wished destroyed leaves no statistics.
        SELECT '' WHERE request IS NOT NULL) AS q;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'the matrix has no rule % of %: nothing is destroyed by it (4.3)', rule, relation
            USING ERRCODE = 'CS901', HINT = 'Apply the matrix again: pgcustsec apply.';
    END IF;
    PERFORM set_config('synchronous_commit', 'on', true);
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._certify(text, text, bigint, text[], timestamp with time zone, jsonb, bigint[]) IS
    'Writes down what a batch of a sweep has destroyed or anonymised by a rule, or what a request has erased (4.3).';
REVOKE ALL ON FUNCTION pgcustsec_internal._certify(text, text, bigint, text[], timestamp with time zone, jsonb, bigint[]) FROM PUBLIC;
