-- Views ask it of their reader for EXECUTE on what they call: so it decides by the caller what they may know.
CREATE FUNCTION pgcustsec_internal.agreements_of(staff_id text)
    RETURNS TABLE (
        agreement_code text, title text, version integer, in_force_from timestamptz, digest text, body text,
        signed_at timestamptz, signed_until timestamptz, missing boolean)
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_column
DECLARE
    person record := pgcustsec_internal._asking();
BEGIN
    IF person.staff_id IS NULL OR person.staff_id <> agreements_of.staff_id AND NOT EXISTS (
        SELECT FROM pgcustsec_internal.role AS r WHERE r.role_code = ANY (person.roles) AND r.supervises)
    THEN
        RETURN;
    END IF;
    RETURN QUERY
        SELECT
            q.agreement_code, q.title, t.version, t.in_force_from, t.digest, t.body,
            (SELECT max(x.signed_at) FROM pgcustsec_internal.agreement_signature AS x
                WHERE x.staff_id = agreements_of.staff_id AND x.agreement_code = q.agreement_code),
            u.signed_until, (u.signed_until > clock_timestamp()) IS NOT TRUE
        FROM pgcustsec_internal._required_agreements(agreements_of.staff_id) AS q
        LEFT JOIN LATERAL (
            SELECT x.version, x.in_force_from, x.digest, x.body
            FROM pgcustsec_internal.agreement_text AS x
            WHERE x.agreement_code = q.agreement_code
            ORDER BY x.version DESC
            LIMIT 1) AS t ON true
        CROSS JOIN LATERAL pgcustsec_internal._agreed_until(agreements_of.staff_id, q.agreement_code) AS u (signed_until)
        ORDER BY q.agreement_code;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal.agreements_of(text) IS
    'Agreements that a person signs, each in its latest version: the caller''s own, or anybody''s for who supervises (3.4, 5.1).';
REVOKE ALL ON FUNCTION pgcustsec_internal.agreements_of(text) FROM PUBLIC;
