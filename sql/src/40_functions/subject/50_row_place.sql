-- For who corrects a value: what comes of it say the view, its rights and its triggers.
CREATE FUNCTION pgcustsec.row_place(relation text, key text, OUT view text, OUT condition text, OUT known_as text, OUT record_key text, OUT guarded text[])
    RETURNS record
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    access record := pgcustsec_internal._access(relation);
BEGIN
    PERFORM pgcustsec_internal._refuse_idle(access.role_code, access.ends_at, access.committed);
    record_key := (pgcustsec_internal.row_of_key(access.access_code, key))[1];
    IF record_key IS NULL THEN
        RAISE EXCEPTION 'no such record of %.%, or none that role % sees (5.2.2)',
            access.schema_name, access.table_name, access.role_code
            USING ERRCODE = 'CS201', HINT = 'Check the key: it is the one that the view shows.';
    END IF;
    known_as := access.schema_name || '.' || access.table_name;
    view := format('%I.%I', access.role_code, access.table_name);
    condition := pgcustsec_internal._key_condition(access.key_columns, record_key);
    guarded := ARRAY(
        SELECT c.column_name::text FROM pgcustsec_internal.classification AS c
        WHERE c.relation = known_as AND (c.tier = 1 OR c.kind = 'name'));
END;
$function$;
COMMENT ON FUNCTION pgcustsec.row_place(text, text) IS
    'Which view has a row that the caller sees, the condition that finds it there, and which of its columns are of tier 1 or names (5.2.1).';
REVOKE ALL ON FUNCTION pgcustsec.row_place(text, text) FROM PUBLIC;
