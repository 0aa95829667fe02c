-- Keys, and no more: what they belong to is opened like any other record. The search itself tells that a value belongs to
-- a customer, and a rollback would take its record back: so the day's budget is spent and a line logged before it answers.
CREATE FUNCTION pgcustsec.find(relation text, column_name name, value text)
    RETURNS SETOF text
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    person record := pgcustsec_internal._person();
    code text := pgcustsec_internal._access(relation, person.roles, person.works_as);
    access pgcustsec_internal.access;
    work record;
    rule pgcustsec_internal.role;
    budget regclass;
    relation_name text;
    place integer;
    candidate record;
    seen record;
    found_any boolean := false;
    -- One search, one moment, however many rows it leaves: so searches can be counted.
    moment timestamptz := clock_timestamp();
BEGIN
    SELECT a.* INTO access FROM pgcustsec_internal.access AS a WHERE a.access_code = code;
    relation_name := access.schema_name || '.' || access.table_name;
    place := array_position(access.find_columns, column_name);
    IF place IS NULL THEN
        RAISE EXCEPTION 'no column of %.% by that name is searched by value in role % (5.2.1)',
            access.schema_name, access.table_name, access.role_code
            USING ERRCODE = 'CS207',
                HINT = format('Those that are: %s.', coalesce(nullif(array_to_string(access.find_columns, ', '), ''), 'none'));
    END IF;
    work := pgcustsec_internal._work(access.access_code, person.staff_id, person.works_as);
    SELECT r.* INTO rule FROM pgcustsec_internal.role AS r WHERE r.role_code = access.role_code;
    SELECT b.openings INTO budget FROM pgcustsec_internal.budget AS b WHERE b.staff_id = person.staff_id;
    IF NOT pgcustsec_internal._spend(person.staff_id, budget, rule.openings_per_day) THEN
        PERFORM pgcustsec_internal._refuse_spent(person.staff_id, 'openings', rule.openings_per_day);
    END IF;
    RAISE LOG 'pgcustsec: % searches %.% by value of %', person.staff_id, access.schema_name, access.table_name, column_name;
    PERFORM set_config('synchronous_commit', 'on', true);

    FOR candidate IN
        EXECUTE format('SELECT f.record_key, f.matches FROM pgcustsec_internal.%I($1) AS f', access.find_functions[place])
        USING value
    LOOP
        SELECT r.record_key, r.customer_key INTO seen FROM pgcustsec_internal._row(access.row_function, candidate.record_key) AS r;
        CONTINUE WHEN seen.record_key IS NULL OR NOT candidate.matches;
        found_any := true;
        PERFORM pgcustsec_internal._record_search(
            person.staff_id, work.session_id, work.purpose, access.role_code, relation_name, column_name,
            seen.record_key, seen.customer_key, moment);
        RETURN NEXT seen.record_key;
    END LOOP;
    IF NOT found_any THEN
        PERFORM pgcustsec_internal._record_search(
            person.staff_id, work.session_id, work.purpose, access.role_code, relation_name, column_name,
            NULL, NULL, moment);
    END IF;
END;
$function$;
COMMENT ON FUNCTION pgcustsec.find(text, name, text) IS
    'Keys of the records in the caller''s scope that have exactly this value, however it is spelt (5.2.1).';
REVOKE ALL ON FUNCTION pgcustsec.find(text, name, text) FROM PUBLIC;
