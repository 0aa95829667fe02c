CREATE FUNCTION pgcustsec_internal._still_served(leaver text)
    RETURNS TABLE (relation text, customers bigint)
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_column
BEGIN
    IF to_regprocedure('pgcustsec_internal.customers_served(text)') IS NULL THEN
        RETURN;
    END IF;
    RETURN QUERY
        SELECT c.relation, c.customers FROM pgcustsec_internal.customers_served(leaver) AS c WHERE c.customers > 0;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._still_served(text) IS
    'How many customers still name somebody as who serves them directly (5.2.2, 5.3).';
REVOKE ALL ON FUNCTION pgcustsec_internal._still_served(text) FROM PUBLIC;
