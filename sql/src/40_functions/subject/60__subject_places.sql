-- By keys, of rows that the caller sees: how a row hangs on its customer need not be in the view, and of a row that they do
-- not see they are not told the key.
CREATE FUNCTION pgcustsec_internal._subject_places(role_code text, relation text, key text)
    RETURNS TABLE (relation_name text, view text, condition text, key_columns name[], rule json)
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_column
BEGIN
    RETURN QUERY
        SELECT
            held.relation_name, format('%I.%I', a.role_code, a.table_name),
            coalesce((
                SELECT string_agg('(' || pgcustsec_internal._key_condition(a.key_columns, k.key) || ')', ' OR ')
                FROM unnest(held.keys) AS k (key)
                WHERE pgcustsec_internal.row_of_key(a.access_code, k.key) IS NOT NULL), 'false'),
            a.key_columns, a.rule
        FROM (
            SELECT _subject_places.relation AS relation_name, ARRAY[_subject_places.key] AS keys, NULL::bigint AS place
            UNION ALL
            SELECT h.relation_name, h.keys, h.place
            FROM pgcustsec_internal.hanging_rows(_subject_places.relation, _subject_places.key)
                WITH ORDINALITY AS h (relation_name, keys, place)) AS held
        JOIN pgcustsec_internal.access AS a ON a.role_code = _subject_places.role_code
            AND a.schema_name || '.' || a.table_name = held.relation_name
        ORDER BY held.place DESC NULLS FIRST;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._subject_places(text, text, text) IS
    'A role''s views that may have something of a customer, the customer''s own first, and the condition that finds it in each.';
REVOKE ALL ON FUNCTION pgcustsec_internal._subject_places(text, text, text) FROM PUBLIC;
