-- What ends by a day caps the term of sessions; so no statement asks for it.
CREATE FUNCTION pgcustsec_internal._cleared_until(staff_id text)
    RETURNS timestamptz
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    answers text := pgcustsec_internal._answers_for(staff_id);
BEGIN
    IF answers IS NULL THEN
        RETURN '-infinity';
    END IF;
    RETURN (
        SELECT coalesce(
            min(coalesce(pgcustsec_internal._agreed_until(answers, q.agreement_code), '-infinity')), 'infinity')
        FROM pgcustsec_internal._required_agreements(answers) AS q);
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._cleared_until(text) IS
    'Until when what a person must have, by a day, is in force: sessions end then at the latest; -infinity: something is missing (3.4).';
REVOKE ALL ON FUNCTION pgcustsec_internal._cleared_until(text) FROM PUBLIC;
