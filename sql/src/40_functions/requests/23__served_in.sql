CREATE FUNCTION pgcustsec_internal._served_in(service text, answers text, relation text)
    RETURNS text
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
BEGIN
    RETURN (
        SELECT r.role_code
        FROM pgcustsec_internal.staff AS s
        JOIN pgcustsec_internal.staff_role AS h ON h.staff_id = s.staff_id
        JOIN pgcustsec_internal.role AS r ON r.role_code = h.role_code AND r.service
        JOIN pgcustsec_internal.access AS a ON a.role_code = r.role_code
        WHERE s.staff_id = service AND s.manager_id = answers AND s.active
            AND a.schema_name || '.' || a.table_name = relation
        ORDER BY r.place
        LIMIT 1);
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._served_in(text, text, text) IS
    'The role in which a service that somebody answers for has a table; NULL: it is no service of theirs, or has it not (5.3).';
REVOKE ALL ON FUNCTION pgcustsec_internal._served_in(text, text, text) FROM PUBLIC;
