CREATE FUNCTION pgcustsec_internal._own_extract(number bigint, staff text)
    RETURNS void
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
BEGIN
    PERFORM FROM pgcustsec_internal.extract AS e WHERE e.extract_id = number AND e.staff_id = staff;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'there is no extract % of yours (4.3)', number
            USING ERRCODE = 'CS301', HINT = 'See pgcustsec.extracts.';
    END IF;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._own_extract(bigint, text) IS 'An error unless an extract is this person''s own (4.3).';
REVOKE ALL ON FUNCTION pgcustsec_internal._own_extract(bigint, text) FROM PUBLIC;
