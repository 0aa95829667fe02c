-- INVOKER: the rows are what the caller's own views show them, and nothing else.
CREATE FUNCTION pgcustsec.show_subject(relation text, key text)
    RETURNS json
    LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    told json := pgcustsec.subject_facts(relation, key);
    place json;
    rows json;
    held json[] := '{}';
BEGIN
    FOR place IN SELECT e.value FROM json_array_elements(told -> 'places') AS e LOOP
        EXECUTE format(
            'SELECT coalesce(json_agg(row_to_json(t) ORDER BY %s), ''[]'') FROM %s AS t WHERE %s',
            (SELECT string_agg(format('t.%I', k.name), ', ') FROM json_array_elements_text(place -> 'keys') AS k (name)),
            place ->> 'view', place ->> 'condition') INTO rows;
        held := held || json_build_object(
            'table', place -> 'table', 'tiers', (
                SELECT json_object_agg(c.key, c.value -> 'tier') FROM json_each(place -> 'columns') AS c), 'rows', rows);
    END LOOP;
    RETURN json_build_object(
        'table', told -> 'table', 'key', told -> 'key', 'role', told -> 'role', 'at', told -> 'at',
        'facts', told -> 'facts', 'held', to_json(held));
END;
$function$;
COMMENT ON FUNCTION pgcustsec.show_subject(text, text) IS
    'Everything held on a customer, for the customer: their row and what hangs on it, as the caller''s own views show it now, and what subject_facts() tells (4.3, 5.2.4).';
REVOKE ALL ON FUNCTION pgcustsec.show_subject(text, text) FROM PUBLIC;
