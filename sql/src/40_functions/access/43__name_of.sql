CREATE FUNCTION pgcustsec_internal._name_of(relation regclass)
    RETURNS text
    LANGUAGE plpgsql
    STABLE
    STRICT
    SET search_path = pg_catalog, pg_temp
AS $function$
BEGIN
    RETURN (
        SELECT format('%I.%I', n.nspname, c.relname)
        FROM pg_class AS c
        JOIN pg_namespace AS n ON n.oid = c.relnamespace
        WHERE c.oid = relation);
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._name_of(regclass) IS 'A relation''s name with its schema, whatever the search path is.';
REVOKE ALL ON FUNCTION pgcustsec_internal._name_of(regclass) FROM PUBLIC;
