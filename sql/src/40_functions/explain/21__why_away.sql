CREATE FUNCTION pgcustsec_internal._why_away(staff_id text)
    RETURNS text
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
BEGIN
    RETURN coalesce(
        (SELECT u.reason FROM pgcustsec_internal._uncleared(staff_id) AS u LIMIT 1),
        'in no session under a purpose of the role');
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._why_away(text) IS 'Why somebody has no live session, as far as can be told (5.2.4).';
REVOKE ALL ON FUNCTION pgcustsec_internal._why_away(text) FROM PUBLIC;
