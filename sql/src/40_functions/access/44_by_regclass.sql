-- Who may look the name up may hand over the relation itself.
CREATE FUNCTION pgcustsec.open_record(relation regclass, key text, reason text)
    RETURNS timestamptz
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
BEGIN
    RETURN pgcustsec.open_record(pgcustsec_internal._name_of(relation), key, reason);
END;
$function$;
COMMENT ON FUNCTION pgcustsec.open_record(regclass, text, text) IS 'open_record() of a relation in place of its name (5.2.1).';
REVOKE ALL ON FUNCTION pgcustsec.open_record(regclass, text, text) FROM PUBLIC;

CREATE FUNCTION pgcustsec.close_record(relation regclass)
    RETURNS boolean
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
BEGIN
    RETURN pgcustsec.close_record(pgcustsec_internal._name_of(relation));
END;
$function$;
COMMENT ON FUNCTION pgcustsec.close_record(regclass) IS 'close_record() of a relation in place of its name (5.2.1).';
REVOKE ALL ON FUNCTION pgcustsec.close_record(regclass) FROM PUBLIC;

CREATE FUNCTION pgcustsec.find(relation regclass, column_name name, value text)
    RETURNS SETOF text
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
BEGIN
    RETURN QUERY SELECT f.* FROM pgcustsec.find(pgcustsec_internal._name_of(relation), column_name, value) AS f;
END;
$function$;
COMMENT ON FUNCTION pgcustsec.find(regclass, name, text) IS 'find() in a relation in place of its name (5.2.1).';
REVOKE ALL ON FUNCTION pgcustsec.find(regclass, name, text) FROM PUBLIC;
