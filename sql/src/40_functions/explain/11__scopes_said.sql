CREATE FUNCTION pgcustsec_internal._scopes_said(scopes json)
    RETURNS text
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
BEGIN
    RETURN (
        SELECT coalesce(string_agg(
            CASE
                WHEN s.value ->> 'until' IS NULL THEN s.value ->> 'scope'
                ELSE format('%s until %s', s.value ->> 'scope', s.value ->> 'until')
            END, ' or ' ORDER BY s.place), 'none')
        FROM json_array_elements(scopes) WITH ORDINALITY AS s (value, place));
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._scopes_said(json) IS 'Some scopes, as a rule of access has them, in words.';
REVOKE ALL ON FUNCTION pgcustsec_internal._scopes_said(json) FROM PUBLIC;
