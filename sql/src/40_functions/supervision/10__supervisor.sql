CREATE FUNCTION pgcustsec_internal._supervisor()
    RETURNS text
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    person record := pgcustsec_internal._asking();
BEGIN
    IF person.staff_id IS NOT NULL AND EXISTS (
        SELECT FROM pgcustsec_internal.role AS r WHERE r.role_code = ANY (person.roles) AND r.supervises)
    THEN
        RETURN person.staff_id;
    END IF;
    RAISE EXCEPTION 'login % does not supervise (5.1)', session_user
        USING ERRCODE = 'CS601', HINT = 'Ask somebody whose role has `supervises: true`.';
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._supervisor() IS
    'The supervisor behind this statement, or an error: their role, as the matrix has it, and not suspended (5.1).';
REVOKE ALL ON FUNCTION pgcustsec_internal._supervisor() FROM PUBLIC;
