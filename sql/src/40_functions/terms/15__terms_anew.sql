CREATE FUNCTION pgcustsec_internal._terms_anew()
    RETURNS trigger
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
BEGIN
    UPDATE pgcustsec_internal.restamping AS r SET last_key = NULL, done_at = NULL WHERE r.relation = TG_ARGV[0];
    RETURN NULL;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._terms_anew() IS
    'A table below was emptied: terms of the table that is named are worked out anew with the next run (4.3).';
REVOKE ALL ON FUNCTION pgcustsec_internal._terms_anew() FROM PUBLIC;
