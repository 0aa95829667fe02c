CREATE FUNCTION pgcustsec_internal._spent(budget regclass)
    RETURNS bigint
    LANGUAGE plpgsql
    VOLATILE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    state bigint := coalesce(pg_sequence_last_value(budget), 0);
BEGIN
    RETURN CASE WHEN state / 1000000000 = pgcustsec_internal._today() THEN state % 1000000000 ELSE 0 END;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._spent(regclass) IS 'How much of a day''s budget is spent, rolled back or not (5.2.1).';
REVOKE ALL ON FUNCTION pgcustsec_internal._spent(regclass) FROM PUBLIC;
