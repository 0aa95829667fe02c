CREATE FUNCTION pgcustsec_internal.extract_canaries(access_code text)
    RETURNS SETOF jsonb
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    ROWS 3
    SET search_path = pg_catalog, pg_temp
AS $function$
BEGIN
    RETURN QUERY
        SELECT c.canary
        FROM pgcustsec_internal.extract_canary AS c
        WHERE c.extract_id = pgcustsec_internal._extracting(access_code)
        ORDER BY c.place;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal.extract_canaries(text) IS
    'The canaries of the caller''s extract by an access: they are read like its rows (4.3, 5.2.1).';
REVOKE ALL ON FUNCTION pgcustsec_internal.extract_canaries(text) FROM PUBLIC;
