CREATE FUNCTION pgcustsec_internal._refuse_rewriting()
    RETURNS trigger
    LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp
AS $function$
BEGIN
    RAISE EXCEPTION '%.% is evidence: rows are added to it, never changed and never removed', TG_TABLE_SCHEMA, TG_TABLE_NAME
        USING ERRCODE = 'CS604',
            HINT = 'Record a correction beside what is there.';
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._refuse_rewriting() IS 'Keeps evidence as it was written (5.2.4), its owner included.';
REVOKE ALL ON FUNCTION pgcustsec_internal._refuse_rewriting() FROM PUBLIC;
