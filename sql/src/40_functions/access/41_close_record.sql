CREATE FUNCTION pgcustsec.close_record(relation text)
    RETURNS boolean
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    access record := pgcustsec_internal._access(relation);
BEGIN
    IF (access.lapses_at > clock_timestamp()) IS NOT TRUE THEN
        RETURN false;
    END IF;
    UPDATE pgcustsec_internal.session_access AS w
    SET record_key = NULL, lapses_at = NULL, opened_by = NULL, request_id = NULL
    WHERE w.known_as = access.works_as AND w.access_code = access.access_code;
    INSERT INTO pgcustsec_internal.audit (kind, staff_id, session_id, role_code, relation, record_key, purpose)
    VALUES (
        'record_closed', access.staff_id, access.session_id, access.role_code,
        access.schema_name || '.' || access.table_name, access.record_key, access.purpose);
    RETURN true;
END;
$function$;
COMMENT ON FUNCTION pgcustsec.close_record(text) IS 'Closes the record of a table that is open; false: none was (5.2.1).';
REVOKE ALL ON FUNCTION pgcustsec.close_record(text) FROM PUBLIC;
