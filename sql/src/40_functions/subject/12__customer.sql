CREATE FUNCTION pgcustsec_internal._customer(access_code text, key text)
    RETURNS text
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
DECLARE
    access record;
    seen text[];  -- key and customer
BEGIN
    SELECT a.role_code, a.schema_name || '.' || a.table_name AS relation, a.rule ->> 'top' AS top INTO access
    FROM pgcustsec_internal.access AS a
    WHERE a.access_code = access_code;
    IF access.relation <> access.top THEN
        RAISE EXCEPTION 'rows of % are no customers (1.2)', access.relation
            USING ERRCODE = 'CS208', HINT = format('They hang on one of %s: name that.', access.top);
    END IF;
    seen := pgcustsec_internal.row_of_key(access_code, key);
    IF seen IS NULL THEN
        RAISE EXCEPTION 'no such record of %, or none that role % sees (5.2.2)', access.relation, access.role_code
            USING ERRCODE = 'CS201', HINT = 'Check the key: it is the one that the view shows.';
    END IF;
    RETURN seen[1];
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._customer(text, text) IS
    'The key of a customer that the caller sees by an access, as the table has it; one error for all others (5.2.2).';
REVOKE ALL ON FUNCTION pgcustsec_internal._customer(text, text) FROM PUBLIC;
