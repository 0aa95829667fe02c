-- Views ask it of their reader for EXECUTE on what they call: so it decides by the caller what they may know.
CREATE FUNCTION pgcustsec_internal.extract_seen(number bigint)
    RETURNS text
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
DECLARE
    person record := pgcustsec_internal._asking();
BEGIN
    RETURN (
        SELECT pgcustsec_internal._extract_state(e.extract_id)
        FROM pgcustsec_internal.extract AS e
        WHERE e.extract_id = number AND (e.staff_id = person.staff_id OR EXISTS (
            SELECT FROM pgcustsec_internal.role AS r WHERE r.role_code = ANY (person.roles) AND r.supervises)));
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal.extract_seen(bigint) IS
    'What an extract has come to, if it is the caller''s or they supervise; NULL for anybody else (5.1).';
REVOKE ALL ON FUNCTION pgcustsec_internal.extract_seen(bigint) FROM PUBLIC;
