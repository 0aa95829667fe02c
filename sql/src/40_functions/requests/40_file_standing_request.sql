CREATE FUNCTION pgcustsec.file_standing_request(
    kind text, service text, purpose text, relation text, columns text[], predicate jsonb, keys text[], days integer,
    records_a_day integer DEFAULT NULL)
    RETURNS bigint
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
DECLARE
    made bigint := pgcustsec_internal._file_request(
        kind, purpose, relation, columns, predicate, keys, days, records_a_day, false, coalesce(service, ''));
BEGIN
    PERFORM pgcustsec_internal._record_request(made, 'filed', (
        SELECT r.requester FROM pgcustsec_internal.request AS r WHERE r.request_id = made), NULL, NULL);
    RETURN made;
END;
$function$;
COMMENT ON FUNCTION pgcustsec.file_standing_request(text, text, text, text, text[], jsonb, text[], integer, integer) IS
    'Files a standing request for an unattended service that the caller answers for, as its manager: columns, one record after the other, so many a day, for a term; returns its number (4.3, 5.2.1).';
REVOKE ALL ON FUNCTION pgcustsec.file_standing_request(text, text, text, text, text[], jsonb, text[], integer, integer) FROM PUBLIC;
