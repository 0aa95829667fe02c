-- Which columns that lifts say the views, column by column: lifted().
CREATE FUNCTION pgcustsec.open_full(request bigint, key text)
    RETURNS timestamptz
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
DECLARE
    asked record := pgcustsec_internal._approved_request(request, (SELECT p.staff_id FROM pgcustsec_internal._person() AS p), false);
    parts text[] := pgcustsec_internal._name_parts(asked.relation);
BEGIN
    RETURN pgcustsec_internal._open_record(format('%I.%I', asked.role_code, parts[2]), key, NULL, request);
END;
$function$;
COMMENT ON FUNCTION pgcustsec.open_full(bigint, text) IS
    'Opens one record of an approved request of the caller''s: its view shows the columns named in full, once this is committed; returns when it lapses (5.2.1).';
REVOKE ALL ON FUNCTION pgcustsec.open_full(bigint, text) FROM PUBLIC;
