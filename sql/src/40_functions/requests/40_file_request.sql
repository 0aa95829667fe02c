CREATE FUNCTION pgcustsec.file_request(
    kind text, purpose text, relation text, columns text[], predicate jsonb, keys text[], days integer,
    max_rows integer DEFAULT NULL, draft boolean DEFAULT false)
    RETURNS bigint
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
DECLARE
    made bigint := pgcustsec_internal._file_request(
        kind, purpose, relation, columns, predicate, keys, days, max_rows, false, NULL);
BEGIN
    PERFORM pgcustsec_internal._record_request(made, CASE WHEN draft THEN 'drafted' ELSE 'filed' END, (
        SELECT r.requester FROM pgcustsec_internal.request AS r WHERE r.request_id = made), NULL, NULL);
    RETURN made;
END;
$function$;
COMMENT ON FUNCTION pgcustsec.file_request(text, text, text, text[], jsonb, text[], integer, integer, boolean) IS
    'Files a special application (专项事务申请) for columns of rows, for a term of days; returns its number. A draft is filed by submit_request() (4.3, 5.2.1).';
REVOKE ALL ON FUNCTION pgcustsec.file_request(text, text, text, text[], jsonb, text[], integer, integer, boolean) FROM PUBLIC;
