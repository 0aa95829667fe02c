-- For show_record(), which has no more rights than its caller.
CREATE FUNCTION pgcustsec.open_place(relation text, OUT view text, OUT condition text)
    RETURNS record
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    access record := pgcustsec_internal._access(relation);
BEGIN
    PERFORM pgcustsec_internal._refuse_idle(access.role_code, access.ends_at, access.committed);
    view := format('%I.%I', access.role_code, access.table_name);
    condition := pgcustsec_internal._key_condition(access.key_columns, access.record_key);
END;
$function$;
COMMENT ON FUNCTION pgcustsec.open_place(text) IS
    'Which view shows the record that the caller has open, and the condition that finds it there (5.2.1).';
REVOKE ALL ON FUNCTION pgcustsec.open_place(text) FROM PUBLIC;
