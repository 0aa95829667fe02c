-- Tier 1 lies masked in the table, so a condition on it would compare masks; and the text of requests is read by many.
CREATE FUNCTION pgcustsec_internal._check_predicate(relation text, predicate jsonb)
    RETURNS void
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
DECLARE
    good boolean;
BEGIN
    IF predicate IS NULL THEN
        RETURN;
    END IF;
    IF jsonb_typeof(predicate) = 'array' AND jsonb_array_length(predicate) BETWEEN 1 AND 20 THEN
        SELECT count(*) FILTER (WHERE coalesce(
            jsonb_typeof(p.term) = 'object'
            AND EXISTS (
                SELECT FROM pgcustsec_internal.classification AS c
                WHERE c.relation = _check_predicate.relation AND c.column_name = p.term ->> 'column'
                    AND c.tier > 1 AND c.kind <> 'name')
            AND CASE
                WHEN p.term ->> 'is' IN ('=', '<>', '<', '<=', '>', '>=')
                    THEN jsonb_typeof(p.term -> 'value') IN ('string', 'number', 'boolean')
                WHEN p.term ->> 'is' = 'in'
                    THEN jsonb_typeof(p.term -> 'value') = 'array' AND jsonb_array_length(p.term -> 'value') > 0
                        AND (
                            SELECT bool_and(jsonb_typeof(v.value) IN ('string', 'number', 'boolean'))
                            FROM jsonb_array_elements(p.term -> 'value') AS v (value))
                WHEN p.term ->> 'is' IN ('null', 'not null') THEN NOT p.term ? 'value'
            END
            AND (SELECT bool_and(w.key IN ('column', 'is', 'value')) FROM jsonb_object_keys(p.term) AS w (key)), false))
            = count(*)
        INTO good
        FROM jsonb_array_elements(predicate) AS p (term);
    END IF;
    IF good IS NOT TRUE THEN
        RAISE EXCEPTION 'a predicate is a list of conditions on columns of tier 2 or 3 of %, no name among them (5.2.1)', relation
            USING ERRCODE = 'CS309',
                HINT = '[{"column": "branch_code", "is": "=", "value": "BJ"}]; is: = <> < <= > >= in null "not null".';
    END IF;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._check_predicate(text, jsonb) IS
    'Refuses a predicate that is not a list of plain conditions: it is data, and never text that runs (5.2.1).';
REVOKE ALL ON FUNCTION pgcustsec_internal._check_predicate(text, jsonb) FROM PUBLIC;
