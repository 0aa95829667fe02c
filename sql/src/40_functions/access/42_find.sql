-- Keys, and no more: what they belong to is opened like any other record. The search itself tells that a value belongs to
-- a customer, and a rollback would take its record back: so the day's budget is spent and a line logged before it answers.
CREATE FUNCTION pgcustsec.find(relation text, column_name name, value text)
    RETURNS SETOF text
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    access record := pgcustsec_internal._access(relation);
    relation_name text := access.schema_name || '.' || access.table_name;
    budget regclass;
    place integer;
    candidate record;
    seen text[];  -- key and customer
    found_any boolean := false;
    -- One search, one moment, however many rows it leaves: so searches can be counted.
    moment timestamptz := clock_timestamp();
BEGIN
    place := array_position(access.find_columns, column_name);
    IF place IS NULL THEN
        RAISE EXCEPTION 'no column of %.% by that name is searched by value in role % (5.2.1)',
            access.schema_name, access.table_name, access.role_code
            USING ERRCODE = 'CS207',
                HINT = format('Those that are: %s.', coalesce(nullif(array_to_string(access.find_columns, ', '), ''), 'none'));
    END IF;
    PERFORM pgcustsec_internal._refuse_idle(access.role_code, access.ends_at, access.committed);
    SELECT b.openings INTO budget FROM pgcustsec_internal.budget AS b WHERE b.staff_id = access.staff_id;
    IF NOT pgcustsec_internal._spend(access.staff_id, budget, access.openings_per_day) THEN
        PERFORM pgcustsec_internal._refuse_spent(access.staff_id, 'openings', access.openings_per_day);
    END IF;
    RAISE LOG 'pgcustsec: % searches %.% by value of %', access.staff_id, access.schema_name, access.table_name, column_name;
    PERFORM set_config('synchronous_commit', 'on', true);

    FOR candidate IN
        EXECUTE format('SELECT f.record_key, f.matches FROM pgcustsec_internal.%I($1) AS f', access.find_functions[place])
        USING value
    LOOP
        seen := pgcustsec_internal.row_of_key(access.access_code, candidate.record_key);
        CONTINUE WHEN seen IS NULL OR NOT candidate.matches;
        found_any := true;
        PERFORM pgcustsec_internal._record_search(
            access.staff_id, access.session_id, access.purpose, access.role_code, relation_name, column_name,
            seen[1], seen[2], moment);
        RETURN NEXT seen[1];
    END LOOP;
    IF NOT found_any THEN
        PERFORM pgcustsec_internal._record_search(
            access.staff_id, access.session_id, access.purpose, access.role_code, relation_name, column_name,
            NULL, NULL, moment);
    END IF;
END;
$function$;
COMMENT ON FUNCTION pgcustsec.find(text, name, text) IS
    'Keys of the records in the caller''s scope that have exactly this value, however it is spelt (5.2.1).';
REVOKE ALL ON FUNCTION pgcustsec.find(text, name, text) FROM PUBLIC;
