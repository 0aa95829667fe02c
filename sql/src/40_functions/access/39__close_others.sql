-- One record a person and table: another session of theirs, or another role, has it open no longer.
CREATE FUNCTION pgcustsec_internal._close_others(staff_id text, schema_name name, table_name name)
    RETURNS void
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
BEGIN
    -- In one order, so that two sessions of one person wait for each other and not both for ever.
    PERFORM
    FROM pgcustsec_internal.session_access AS w
    WHERE w.staff_id = _close_others.staff_id
    ORDER BY w.known_as, w.access_code
    FOR NO KEY UPDATE;
    UPDATE pgcustsec_internal.session_access AS w
    SET record_key = NULL, lapses_at = NULL, opened_by = NULL
    FROM pgcustsec_internal.access AS a
    WHERE w.staff_id = _close_others.staff_id AND w.record_key IS NOT NULL AND a.access_code = w.access_code
        AND a.schema_name = _close_others.schema_name AND a.table_name = _close_others.table_name;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._close_others(text, name, name) IS
    'Closes what a person has open of a table, in whichever session and role (5.2.1).';
REVOKE ALL ON FUNCTION pgcustsec_internal._close_others(text, name, name) FROM PUBLIC;
