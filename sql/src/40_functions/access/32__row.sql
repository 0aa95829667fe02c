-- The function's name comes from the matrix by way of `access`, the key is its parameter.
CREATE FUNCTION pgcustsec_internal._row(row_function name, key text, OUT record_key text, OUT customer_key text)
    RETURNS record
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
BEGIN
    EXECUTE format('SELECT r.record_key, r.customer_key FROM pgcustsec_views.%I($1) AS r', row_function)
        INTO record_key, customer_key USING key;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._row(name, text) IS
    'The row of a key that the caller sees in a role, and whose it is; NULLs: they see none (5.2.2).';
REVOKE ALL ON FUNCTION pgcustsec_internal._row(name, text) FROM PUBLIC;
