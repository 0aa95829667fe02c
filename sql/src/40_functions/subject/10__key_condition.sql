CREATE FUNCTION pgcustsec_internal._key_condition(key_columns name[], record_key text)
    RETURNS text
    LANGUAGE plpgsql
    IMMUTABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
BEGIN
    RETURN (
        SELECT string_agg(format('t.%I OPERATOR(pg_catalog.=) %L', k.name, k.value), ' AND ')
        FROM unnest(key_columns, CASE
            WHEN cardinality(key_columns) = 1 THEN ARRAY[record_key]
            ELSE ARRAY(
                SELECT e.value FROM jsonb_array_elements_text(record_key::jsonb) WITH ORDINALITY AS e (value, place)
                ORDER BY e.place)
            END) AS k (name, value));
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._key_condition(name[], text) IS
    'The condition that a row, read as t, has this key: text that a client may run against its own view.';
REVOKE ALL ON FUNCTION pgcustsec_internal._key_condition(name[], text) FROM PUBLIC;
