CREATE FUNCTION pgcustsec.who_corrects(relation text, columns text[])
    RETURNS text[]
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    access record := pgcustsec_internal._access(relation);
BEGIN
    RETURN ARRAY(
        SELECT a.role_code
        FROM pgcustsec_internal.access AS a
        JOIN pgcustsec_internal.role AS r ON r.role_code = a.role_code
        WHERE a.schema_name = access.schema_name AND a.table_name = access.table_name
            AND (a.rule -> 'updates')::jsonb ?& who_corrects.columns
        ORDER BY r.place);
END;
$function$;
COMMENT ON FUNCTION pgcustsec.who_corrects(text, text[]) IS
    'The roles that the matrix lets write all of these columns of a table that the caller''s role has (5.3).';
REVOKE ALL ON FUNCTION pgcustsec.who_corrects(text, text[]) FROM PUBLIC;
