-- A relation is named as the matrix names it, as the role's view, or as the table alone: application roles may not look
-- names up in the tables' schema. Where several roles would do, the one of the session at work, then the one that opens.
CREATE FUNCTION pgcustsec_internal._access(relation text, roles text[], works_as text)
    RETURNS text
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    parts text[];
    bare name;
    home text;
    found text;
BEGIN
    IF relation ~ '^[a-z_][a-z0-9_]*([.][a-z_][a-z0-9_]*)?$' THEN
        parts := string_to_array(relation, '.');
    ELSE
        BEGIN
            parts := parse_ident(relation);
        EXCEPTION WHEN invalid_parameter_value THEN
            parts := '{}';
        END;
    END IF;
    IF cardinality(parts) <= 2 THEN
        bare := parts[cardinality(parts)];
        home := CASE cardinality(parts) WHEN 2 THEN parts[1] END;
    END IF;
    SELECT a.access_code
    INTO found
    FROM pgcustsec_internal.access AS a
    JOIN pgcustsec_internal.role AS r ON r.role_code = a.role_code
    WHERE a.role_code = ANY (roles)
        AND (a.table_name = bare AND (home IS NULL OR home IN (a.schema_name, a.role_code))
            OR relation = a.schema_name || '.' || a.table_name)
    ORDER BY
        EXISTS (
            SELECT FROM pgcustsec_internal.session_access AS w
            WHERE w.known_as = works_as AND w.access_code = a.access_code) DESC,
        a.opens DESC, r.place, a.access_code
    LIMIT 1;
    IF found IS NULL THEN
        RAISE EXCEPTION 'no table of that name in a role of yours (5.2.5)'
            USING ERRCODE = 'CS208', HINT = 'Name it as in your queries, or as the matrix does: crm.customer.';
    END IF;
    RETURN found;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._access(text, text[], text) IS
    'Which access of these roles a table''s name means, for who works under that name (5.3).';
REVOKE ALL ON FUNCTION pgcustsec_internal._access(text, text[], text) FROM PUBLIC;
