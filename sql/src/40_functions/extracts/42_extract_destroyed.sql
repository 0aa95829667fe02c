CREATE FUNCTION pgcustsec.extract_destroyed(number bigint, evidence text)
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
    IF coalesce(pgcustsec_internal._says_nothing(evidence), true) THEN
        RAISE EXCEPTION 'who destroys an extract states how, and what shows it (4.3)'
            USING ERRCODE = 'CS206', HINT = 'Say it, as the second argument.';
    END IF;
    INSERT INTO pgcustsec_internal.extract_event (extract_id, kind, staff_id, evidence)
        VALUES (number, 'destroyed', person.staff_id, evidence)
        ON CONFLICT DO NOTHING;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'extract % is destroyed already (4.3)', number
            USING ERRCODE = 'CS311', HINT = 'See pgcustsec.extracts.';
    END IF;
    INSERT INTO pgcustsec_internal.audit (kind, staff_id, about, reason)
        VALUES ('extract_destroyed', person.staff_id, format('extract %s', number), evidence);
END;
$function$;
COMMENT ON FUNCTION pgcustsec.extract_destroyed(bigint, text) IS
    'Records that no copy of an extract of the caller''s is left, and how it was destroyed (4.3).';
REVOKE ALL ON FUNCTION pgcustsec.extract_destroyed(bigint, text) FROM PUBLIC;
