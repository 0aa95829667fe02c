-- For show_record(), which has no more rights than its caller.
CREATE FUNCTION pgcustsec.open_place(relation text, OUT view text, OUT condition text)
    RETURNS record
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    access record := pgcustsec_internal._access(relation);
    keys text[];
BEGIN
    PERFORM pgcustsec_internal._refuse_idle(access.role_code, access.ends_at, access.committed);
    keys := CASE
        WHEN cardinality(access.key_columns) = 1 THEN ARRAY[access.record_key]
        ELSE ARRAY(SELECT e.value FROM jsonb_array_elements_text(access.record_key::jsonb) WITH ORDINALITY AS e (value, place) ORDER BY e.place)
    END;
    view := format('%I.%I', access.role_code, access.table_name);
    SELECT string_agg(format('t.%I OPERATOR(pg_catalog.=) %L', k.name, k.value), ' AND ')
    INTO condition
    FROM unnest(access.key_columns, keys) AS k (name, value);
END;
$function$;
COMMENT ON FUNCTION pgcustsec.open_place(text) IS
    'Which view shows the record that the caller has open, and the condition that finds it there (5.2.1).';
REVOKE ALL ON FUNCTION pgcustsec.open_place(text) FROM PUBLIC;
