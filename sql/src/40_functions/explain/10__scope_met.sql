CREATE FUNCTION pgcustsec_internal._scope_met(scopes json, stands text[])
    RETURNS text
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
BEGIN
    RETURN (
        SELECT s.value ->> 'scope'
        FROM json_array_elements(scopes) WITH ORDINALITY AS s (value, place)
        WHERE s.value ->> 'scope' = ANY (stands)
            AND coalesce(clock_timestamp() < (s.value ->> 'until')::timestamptz, true)
        ORDER BY s.place
        LIMIT 1);
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._scope_met(json, text[]) IS
    'The first of some scopes, as a rule of access has them, in which a row stands to somebody; NULL: in none (5.2.2).';
REVOKE ALL ON FUNCTION pgcustsec_internal._scope_met(json, text[]) FROM PUBLIC;
