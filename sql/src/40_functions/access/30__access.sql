-- A relation is named as the matrix names it, as the role's view, or as the table alone: application roles may not look
-- names up in the tables' schema. Where several roles would do, the one of the session at work, then the one that opens.
CREATE FUNCTION pgcustsec_internal._access(relation text)
    RETURNS text
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    person record := pgcustsec_internal._person();
    parts text[];
    found text;
BEGIN
    BEGIN
        parts := parse_ident(relation);
    EXCEPTION WHEN invalid_parameter_value THEN
        parts := '{}';
    END;
    SELECT a.access_code
    INTO found
    FROM pgcustsec_internal.access AS a
    JOIN pgcustsec_internal.role AS r ON r.role_code = a.role_code
    WHERE a.role_code = ANY (person.roles)
        AND (relation = a.schema_name || '.' || a.table_name
            OR parts = ARRAY[a.schema_name::text, a.table_name::text]
            OR parts = ARRAY[a.role_code, a.table_name::text]
            OR parts = ARRAY[a.table_name::text])
    ORDER BY
        EXISTS (
            SELECT FROM pgcustsec_internal.session_access AS w
            WHERE w.known_as = person.works_as AND w.access_code = a.access_code) DESC,
        a.opens DESC, r.place, a.access_code
    LIMIT 1;
    IF found IS NULL THEN
        RAISE EXCEPTION 'no table of that name in a role of yours (5.2.5)'
            USING ERRCODE = 'CS208', HINT = 'Name it as in your queries, or as the matrix does: crm.customer.';
    END IF;
    RETURN found;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._access(text) IS 'Which access of the caller''s a table''s name means (5.3).';
REVOKE ALL ON FUNCTION pgcustsec_internal._access(text) FROM PUBLIC;
