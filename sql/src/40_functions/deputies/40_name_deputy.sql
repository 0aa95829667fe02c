CREATE FUNCTION pgcustsec.name_deputy(deputy text, starts_at timestamptz, ends_at timestamptz)
    RETURNS bigint
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
DECLARE
    person record := pgcustsec_internal._person();
    made bigint;
BEGIN
    IF person.by_token THEN
        RAISE EXCEPTION 'a deputy is named through one''s own login, not an application''s (2.3)'
            USING ERRCODE = 'CS003', HINT = 'Connect as yourself.';
    END IF;
    PERFORM pgcustsec_internal._refuse_suspended(person.staff_id);
    IF NOT EXISTS (
        SELECT
        FROM pgcustsec_internal.staff AS d
        JOIN pgcustsec_internal.staff AS p ON p.staff_id = person.staff_id AND p.department_code = d.department_code
        WHERE d.staff_id = deputy AND d.active AND d.staff_id <> p.staff_id)
    THEN
        RAISE EXCEPTION 'a deputy is another person of one''s own department (1.4)'
            USING ERRCODE = 'CS208', HINT = 'Give the staff number of a colleague who is there.';
    ELSIF (ends_at > greatest(starts_at, clock_timestamp())) IS NOT TRUE OR starts_at IS NULL THEN
        RAISE EXCEPTION 'a deputy is named for a period, which ends after it begins, and after today (4.3)'
            USING ERRCODE = 'CS306', HINT = 'Say from when, and until when.';
    ELSIF ends_at > greatest(starts_at, clock_timestamp()) + interval '92 days' THEN
        RAISE EXCEPTION 'a deputy is named for 92 days at most (4.3)'
            USING ERRCODE = 'CS307', HINT = 'Name them anew after that; who is gone for longer hands the role over.';
    END IF;
    INSERT INTO pgcustsec_internal.deputy AS d (staff_id, deputy, starts_at, ends_at)
        VALUES (person.staff_id, deputy, starts_at, ends_at)
        RETURNING d.deputy_id INTO made;
    INSERT INTO pgcustsec_internal.audit (kind, staff_id, about, lapses_at)
        VALUES ('deputy_named', person.staff_id, format('deputy %s: %s', made, deputy), ends_at);
    RETURN made;
END;
$function$;
COMMENT ON FUNCTION pgcustsec.name_deputy(text, timestamptz, timestamptz) IS
    'Names a colleague who decides on requests in one''s place for a period, once a supervisor has approved it; returns its number (5.2.1).';
REVOKE ALL ON FUNCTION pgcustsec.name_deputy(text, timestamptz, timestamptz) FROM PUBLIC;
