CREATE FUNCTION pgcustsec.extract_finished(number bigint, sha256 text, bytes bigint)
    RETURNS void
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
DECLARE
    person record := pgcustsec_internal._person();
BEGIN
    PERFORM pgcustsec_internal._own_extract(number, person.staff_id);
    IF (sha256 ~ '^[0-9a-f]{64}$' AND bytes >= 0) IS NOT TRUE THEN
        RAISE EXCEPTION 'an extract that is finished states the SHA-256 of its file, in hexadecimal, and its bytes (4.3)'
            USING ERRCODE = 'CS206', HINT = 'sha256sum FILE tells it.';
    END IF;
    -- What was handed over has its digest by then, or never: it comes after this, or is seen here.
    PERFORM FROM pgcustsec_internal.request AS r
    JOIN pgcustsec_internal.extract AS e ON e.request_id = r.request_id
    WHERE e.extract_id = number FOR SHARE OF r;
    IF EXISTS (
        SELECT
        FROM pgcustsec_internal.extract AS e
        JOIN pgcustsec_internal.request_event AS v ON v.request_id = e.request_id AND v.kind = 'handed over'
        WHERE e.extract_id = number)
    THEN
        RAISE EXCEPTION 'extract % is of a disclosure that was handed over: what there is of it is destroyed, not finished (3.3)', number
            USING ERRCODE = 'CS313', HINT = format('Destroy it, and say so: SELECT pgcustsec.extract_destroyed(%s, evidence).', number);
    END IF;
    INSERT INTO pgcustsec_internal.extract_event (extract_id, kind, staff_id, sha256, bytes)
        VALUES (number, 'finished', person.staff_id, sha256, bytes)
        ON CONFLICT DO NOTHING;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'extract % is finished already (4.3)', number
            USING ERRCODE = 'CS311', HINT = 'See pgcustsec.extracts.';
    END IF;
    INSERT INTO pgcustsec_internal.audit (kind, staff_id, about)
        VALUES ('extract_finished', person.staff_id, format('extract %s', number));
END;
$function$;
COMMENT ON FUNCTION pgcustsec.extract_finished(bigint, text, bigint) IS
    'Says that an extract of the caller''s is written, with the digest of its file: from then on nothing of it is read any more (4.3).';
REVOKE ALL ON FUNCTION pgcustsec.extract_finished(bigint, text, bigint) FROM PUBLIC;
