CREATE FUNCTION pgcustsec_internal._subject_places(role_code text, relation text, condition text)
    RETURNS TABLE (relation_name text, view text, found_by text, key_columns name[], rule json)
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_column
BEGIN
    RETURN QUERY
        WITH RECURSIVE held AS (
            SELECT 0 AS depth, a.schema_name || '.' || a.table_name AS relation_name,
                format('%I.%I', a.role_code, a.table_name) AS view, _subject_places.condition AS found_by, a.key_columns, a.rule
            FROM pgcustsec_internal.access AS a
            WHERE a.role_code = _subject_places.role_code
                AND a.schema_name || '.' || a.table_name = _subject_places.relation
            UNION ALL
            SELECT h.depth + 1, a.schema_name || '.' || a.table_name, format('%I.%I', a.role_code, a.table_name),
                format(
                    '(%s) IN (SELECT %s FROM %s AS t WHERE %s)',
                    (SELECT string_agg(format('t.%I', b.name), ', ') FROM json_array_elements_text(a.rule -> 'by') AS b (name)),
                    (SELECT string_agg(format('t.%I', k.name), ', ') FROM unnest(h.key_columns) AS k (name)),
                    h.view, h.found_by),
                a.key_columns, a.rule
            FROM held AS h
            JOIN pgcustsec_internal.access AS a
                ON a.role_code = _subject_places.role_code AND a.rule ->> 'parent' = h.relation_name)
        SELECT h.relation_name, h.view, h.found_by, h.key_columns, h.rule FROM held AS h ORDER BY h.depth, h.relation_name;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._subject_places(text, text, text) IS
    'A role''s views that may have something of a customer, the customer''s own first, and the condition that finds it in each.';
REVOKE ALL ON FUNCTION pgcustsec_internal._subject_places(text, text, text) FROM PUBLIC;
