CREATE FUNCTION pgcustsec.my_agreements()
    RETURNS TABLE (
        agreement text, title text, version integer, in_force_from timestamptz, digest text, body text, signed_until timestamptz, missing boolean)
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    person record := pgcustsec_internal._person();
BEGIN
    RETURN QUERY
        SELECT
            a.agreement_code, a.title, a.version, a.in_force_from, a.digest, a.body, a.signed_until, a.missing
        FROM pgcustsec_internal.agreements_of(person.staff_id) AS a;
END;
$function$;
COMMENT ON FUNCTION pgcustsec.my_agreements() IS
    'Agreements that the caller signs, each in its latest version, and until when their signature holds (3.4).';
REVOKE ALL ON FUNCTION pgcustsec.my_agreements() FROM PUBLIC;
