CREATE FUNCTION pgcustsec_internal._agreed_until(staff_id text, agreement_code text)
    RETURNS timestamptz
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
BEGIN
    RETURN (
        SELECT max(least(s.valid_until, (
            SELECT min(t.in_force_from)
            FROM pgcustsec_internal.agreement_text AS t
            WHERE t.agreement_code = s.agreement_code AND t.version > s.version)))
        FROM pgcustsec_internal.agreement_signature AS s
        WHERE s.staff_id = _agreed_until.staff_id AND s.agreement_code = _agreed_until.agreement_code);
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._agreed_until(text, text) IS
    'Until when a person''s signatures of an agreement hold: by their days, or until the next version comes into force; NULL: never signed (3.4).';
REVOKE ALL ON FUNCTION pgcustsec_internal._agreed_until(text, text) FROM PUBLIC;
