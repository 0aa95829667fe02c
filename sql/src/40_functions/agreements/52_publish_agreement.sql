CREATE FUNCTION pgcustsec.publish_agreement(name text, body text, in_force_from timestamptz DEFAULT NULL)
    RETURNS integer
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
    SET lock_timeout = '5s'
AS $function$
DECLARE
    supervisor text := pgcustsec_internal._supervisor();
    made integer;
    begins timestamptz;
BEGIN
    IF NOT EXISTS (SELECT FROM pgcustsec_internal.agreement AS a WHERE a.agreement_code = name) THEN
        RAISE EXCEPTION 'the matrix has no agreement of that name (3.4)'
            USING ERRCODE = 'CS102', HINT = format('It has: %s.', (
                SELECT coalesce(string_agg(a.agreement_code, ', ' ORDER BY a.agreement_code), 'none')
                FROM pgcustsec_internal.agreement AS a));
    END IF;
    IF coalesce(pgcustsec_internal._says_nothing(body), true) THEN
        RAISE EXCEPTION 'an agreement without words binds nobody (3.4)'
            USING ERRCODE = 'CS206', HINT = 'Give the whole text.';
    END IF;
    -- One after the other: each version its number. And not while a session begins; see _limit_sessions().
    LOCK TABLE pgcustsec_internal.agreement_text IN EXCLUSIVE MODE;
    INSERT INTO pgcustsec_internal.agreement_text AS t (agreement_code, version, body, digest, in_force_from)
    SELECT
        name, coalesce(max(x.version), 0) + 1, publish_agreement.body,
        encode(sha256(convert_to(publish_agreement.body, 'UTF8')), 'hex'),
        greatest(coalesce(publish_agreement.in_force_from, clock_timestamp()), clock_timestamp())
    FROM pgcustsec_internal.agreement_text AS x
    WHERE x.agreement_code = name
    RETURNING t.version, t.in_force_from INTO made, begins;
    INSERT INTO pgcustsec_internal.audit (kind, staff_id, about, lapses_at)
        VALUES ('agreement_published', supervisor, format('agreement %s %s', name, made), begins);
    RETURN made;
EXCEPTION WHEN lock_not_available THEN
    RAISE EXCEPTION 'somebody has left a transaction open in which they began a session, or opened a record (3.4)'
        USING ERRCODE = 'lock_not_available',
            HINT = 'Wait for it, or end it: SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE state = ''idle in transaction''.';
END;
$function$;
COMMENT ON FUNCTION pgcustsec.publish_agreement(text, text, timestamptz) IS
    'Publishes a version of an agreement, for who supervises; signatures of earlier ones hold until it comes into force: at once, unless said (3.4).';
REVOKE ALL ON FUNCTION pgcustsec.publish_agreement(text, text, timestamptz) FROM PUBLIC;
