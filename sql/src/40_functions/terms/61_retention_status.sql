CREATE FUNCTION pgcustsec.retention_status(months integer DEFAULT 12)
    RETURNS TABLE (relation text, rule text, keep_days integer, keeps text, due bigint, held bigint, oldest timestamptz, done bigint, forecast jsonb)
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
BEGIN
    PERFORM pgcustsec_internal._supervisor();
    RETURN QUERY SELECT s.* FROM pgcustsec_internal._retention_status(months) AS s;
END;
$function$;
COMMENT ON FUNCTION pgcustsec.retention_status(integer) IS
    'What is due by each rule of retention, what of it is held, what is done, and what will be due month by month; for who supervises (4.3, 5.1).';
REVOKE ALL ON FUNCTION pgcustsec.retention_status(integer) FROM PUBLIC;
