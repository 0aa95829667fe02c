CREATE FUNCTION pgcustsec.canaries()
    RETURNS TABLE (extract_id bigint, place integer, value text)
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_column
BEGIN
    PERFORM pgcustsec_internal._supervisor();
    RETURN QUERY
        SELECT c.extract_id, c.place, v.value
        FROM pgcustsec_internal.extract_canary AS c
        JOIN pgcustsec_internal.extract AS e ON e.extract_id = c.extract_id
        CROSS JOIN LATERAL jsonb_each_text(c.canary) AS v (key, value)
        JOIN pgcustsec_internal.classification AS k ON k.relation = e.relation AND k.column_name = v.key
        WHERE k.kind IN ('phone', 'email', 'messenger', 'id_document', 'bank_account', 'plate')
        ORDER BY 1, 2, 3;
END;
$function$;
COMMENT ON FUNCTION pgcustsec.canaries() IS
    'Values by which a file that leaked names its extract, for who supervises (4.2, 4.3).';
REVOKE ALL ON FUNCTION pgcustsec.canaries() FROM PUBLIC;
