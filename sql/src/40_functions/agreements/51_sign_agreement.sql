CREATE FUNCTION pgcustsec.sign_agreement(name text, digest text DEFAULT NULL)
    RETURNS timestamptz
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    person record := pgcustsec_internal._person();
    latest record;
    ends_at timestamptz;
BEGIN
    IF person.by_token THEN
        RAISE EXCEPTION 'an agreement is signed through one''s own login, not an application''s (3.4)'
            USING ERRCODE = 'CS003', HINT = 'Connect as yourself: SELECT pgcustsec.sign_agreement(name, digest).';
    END IF;
    SELECT t.version, t.digest, a.valid_days
    INTO latest
    FROM pgcustsec_internal.agreement AS a
    JOIN pgcustsec_internal.agreement_text AS t ON t.agreement_code = a.agreement_code
    WHERE a.agreement_code = name
    ORDER BY t.version DESC
    LIMIT 1;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'there is no agreement of that name to sign (3.4)'
            USING ERRCODE = 'CS102', HINT = format('Yours: %s. One without a text is published first: pgcustsec agreement publish.', (
                SELECT coalesce(string_agg(q.agreement_code, ', '), 'none')
                FROM pgcustsec_internal._required_agreements(person.staff_id) AS q));
    END IF;
    IF sign_agreement.digest IS DISTINCT FROM latest.digest THEN
        RAISE EXCEPTION 'that is not the digest of the text as it is by now (3.4)'
            USING ERRCODE = 'CS102',
                HINT = 'Read it: SELECT body, digest FROM pgcustsec.my_agreements(); and name that digest: sign_agreement(name, digest).';
    END IF;
    ends_at := clock_timestamp() + make_interval(days => latest.valid_days);
    INSERT INTO pgcustsec_internal.agreement_signature (staff_id, agreement_code, version, digest, valid_until)
        VALUES (person.staff_id, name, latest.version, latest.digest, ends_at);
    INSERT INTO pgcustsec_internal.audit (kind, staff_id, about, lapses_at)
        VALUES ('agreement_signed', person.staff_id, format('agreement %s %s', name, latest.version), ends_at);
    RETURN ends_at;
END;
$function$;
COMMENT ON FUNCTION pgcustsec.sign_agreement(text, text) IS
    'Signs the latest version of an agreement, the caller having read the text with this digest; returns until when that holds (3.4).';
REVOKE ALL ON FUNCTION pgcustsec.sign_agreement(text, text) FROM PUBLIC;
