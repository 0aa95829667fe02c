CREATE FUNCTION pgcustsec_internal._extracts_of(relation text, keys text[])
    RETURNS bigint[]
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
BEGIN
    RETURN ARRAY(
        SELECT e.extract_id
        FROM pgcustsec_internal.extract AS e
        WHERE e.relation = relation AND pgcustsec_internal._extract_state(e.extract_id) <> 'destroyed'
            AND CASE
                WHEN e.integers IS NOT NULL THEN EXISTS (
                    SELECT FROM unnest(e.integers) AS i (key) JOIN unnest(keys) AS k (key) ON k.key = i.key::text)
                WHEN e.uuids IS NOT NULL THEN EXISTS (
                    SELECT FROM unnest(e.uuids) AS i (key) JOIN unnest(keys) AS k (key) ON k.key = i.key::text)
                ELSE e.texts && keys
            END
        ORDER BY e.extract_id);
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._extracts_of(text, text[]) IS
    'Extracts that are not destroyed and hold some of these rows (4.1, 4.3).';
REVOKE ALL ON FUNCTION pgcustsec_internal._extracts_of(text, text[]) FROM PUBLIC;
