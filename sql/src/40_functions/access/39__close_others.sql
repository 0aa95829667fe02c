-- One record a person and table: another session of theirs, or another role, has it open no longer.
CREATE FUNCTION pgcustsec_internal._close_others(
    staff_id text, known_as text, own_code text, schema_name name, table_name name)
    RETURNS void
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
BEGIN
    UPDATE pgcustsec_internal.session_access AS w
    SET record_key = NULL, lapses_at = NULL, opened_by = NULL
    WHERE w.staff_id = _close_others.staff_id AND w.record_key IS NOT NULL
        AND w.access_code IN (
            SELECT a.access_code
            FROM pgcustsec_internal.access AS a
            WHERE a.schema_name = _close_others.schema_name AND a.table_name = _close_others.table_name)
        -- That one is written by what opens the next.
        AND (w.known_as, w.access_code) <> (_close_others.known_as, _close_others.own_code);
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._close_others(text, text, text, name, name) IS
    'Closes what a person has open of a table, in whichever other session and role (5.2.1).';
REVOKE ALL ON FUNCTION pgcustsec_internal._close_others(text, text, text, name, name) FROM PUBLIC;
