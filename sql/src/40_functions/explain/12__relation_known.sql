CREATE FUNCTION pgcustsec_internal._relation_known(relation text)
    RETURNS text
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
DECLARE
    parts text[] := pgcustsec_internal._name_parts(relation);
    known text;
BEGIN
    SELECT c.relation INTO known
    FROM pgcustsec_internal.classification AS c
    WHERE c.relation = array_to_string(parts, '.')
        OR cardinality(parts) = 1 AND right(c.relation, length(parts[1]) + 1) = '.' || parts[1]
    ORDER BY c.relation
    LIMIT 1;
    IF known IS NULL THEN
        RAISE EXCEPTION 'no table of that name in the matrix (5.2.5)'
            USING ERRCODE = 'CS208', HINT = 'Name it as the matrix does: crm.customer.';
    END IF;
    RETURN known;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._relation_known(text) IS
    'A table''s name as the matrix has it, given so or without its schema; an error where it has none.';
REVOKE ALL ON FUNCTION pgcustsec_internal._relation_known(text) FROM PUBLIC;

CREATE FUNCTION pgcustsec_internal._column_known(relation text, column_name name)
    RETURNS void
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
BEGIN
    IF NOT EXISTS (
        SELECT FROM pgcustsec_internal.classification AS c
        WHERE c.relation = relation AND c.column_name = column_name)
    THEN
        RAISE EXCEPTION 'no column of that name of % in the matrix (5.2.5)', relation
            USING ERRCODE = 'CS209', HINT = 'A column that the matrix does not name is in no view.';
    END IF;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._column_known(text, name) IS 'Refuses a column that the matrix does not name.';
REVOKE ALL ON FUNCTION pgcustsec_internal._column_known(text, name) FROM PUBLIC;
