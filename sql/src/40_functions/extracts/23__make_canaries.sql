CREATE FUNCTION pgcustsec_internal._make_canaries(number bigint)
    RETURNS void
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
DECLARE
    taken record;
    key_columns name[];
    keys bigint[];
BEGIN
    SELECT e.relation, e.role_code, e.columns, e.integers, e.uuids INTO taken
    FROM pgcustsec_internal.extract AS e WHERE e.extract_id = number;
    SELECT a.key_columns INTO key_columns
    FROM pgcustsec_internal.access AS a
    WHERE a.role_code = taken.role_code AND a.schema_name || '.' || a.table_name = taken.relation;
    -- Three that differ, among those of the rows where there is room, and else after them.
    keys := ARRAY(
        SELECT c.key
        FROM (SELECT min(k) AS lowest, max(k) AS highest FROM unnest(taken.integers) AS k) AS b
        CROSS JOIN LATERAL (
            SELECT DISTINCT b.lowest + floor(random() * (b.highest - b.lowest + 50))::bigint AS key FROM generate_series(1, 50)
            UNION SELECT b.highest + 50 + n FROM generate_series(1, 3) AS n) AS c
        WHERE c.key <> ALL (taken.integers)
        ORDER BY c.key > b.highest + 50, random()
        LIMIT 3);
    INSERT INTO pgcustsec_internal.extract_canary (extract_id, place, canary)
    SELECT
        number, n.place,
        (
            SELECT jsonb_object_agg(c.column_name, CASE
                WHEN ARRAY[c.column_name] <> key_columns THEN pgcustsec_internal._canary_value(c.kind)
                WHEN taken.uuids IS NOT NULL THEN gen_random_uuid()::text
                ELSE keys[n.place]::text
                END)
            FROM pgcustsec_internal.classification AS c
            WHERE c.relation = taken.relation AND c.column_name = ANY (taken.columns))
    FROM generate_series(1, 3) AS n (place);
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._make_canaries(bigint) IS
    'Makes the customers of an extract who are nobody, three of them (4.3).';
REVOKE ALL ON FUNCTION pgcustsec_internal._make_canaries(bigint) FROM PUBLIC;
