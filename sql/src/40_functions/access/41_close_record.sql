CREATE FUNCTION pgcustsec.close_record(relation text)
    RETURNS boolean
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    person record := pgcustsec_internal._person();
    code text := pgcustsec_internal._access(relation, person.roles, person.works_as);
    access pgcustsec_internal.access;
    work record;
BEGIN
    SELECT a.* INTO access FROM pgcustsec_internal.access AS a WHERE a.access_code = code;
    SELECT w.* INTO work
    FROM pgcustsec_internal.session_access AS w
    WHERE w.known_as = person.works_as AND w.staff_id = person.staff_id AND w.access_code = access.access_code
        AND w.lapses_at > clock_timestamp();
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    UPDATE pgcustsec_internal.session_access AS w
    SET record_key = NULL, lapses_at = NULL, opened_by = NULL
    WHERE w.known_as = work.known_as AND w.access_code = work.access_code;
    INSERT INTO pgcustsec_internal.audit (kind, staff_id, session_id, role_code, relation, record_key, purpose)
    VALUES (
        'record_closed', work.staff_id, work.session_id, access.role_code,
        access.schema_name || '.' || access.table_name, work.record_key, work.purpose);
    RETURN true;
END;
$function$;
COMMENT ON FUNCTION pgcustsec.close_record(text) IS 'Closes the record of a table that is open; false: none was (5.2.1).';
REVOKE ALL ON FUNCTION pgcustsec.close_record(text) FROM PUBLIC;
