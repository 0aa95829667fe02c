CREATE FUNCTION pgcustsec.end_deputy(number bigint)
    RETURNS void
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
DECLARE
    person record := pgcustsec_internal._person();
BEGIN
    LOCK TABLE pgcustsec_internal.deputy IN SHARE ROW EXCLUSIVE MODE;
    PERFORM
    FROM pgcustsec_internal.deputy AS d
    WHERE d.deputy_id = number AND d.ends_at > clock_timestamp()
        AND NOT EXISTS (
            SELECT FROM pgcustsec_internal.deputy_event AS e WHERE e.deputy_id = d.deputy_id AND e.kind = 'ended')
        AND (person.staff_id IN (d.staff_id, d.deputy) OR EXISTS (
            SELECT FROM pgcustsec_internal.role AS r WHERE r.role_code = ANY (person.roles) AND r.supervises));
    IF NOT FOUND THEN
        RAISE EXCEPTION 'there is no deputy % for you to end (5.2.1)', number
            USING ERRCODE = 'CS301', HINT = 'See pgcustsec.deputies.';
    END IF;
    INSERT INTO pgcustsec_internal.deputy_event (deputy_id, kind, staff_id) VALUES (number, 'ended', person.staff_id);
    INSERT INTO pgcustsec_internal.audit (kind, staff_id, about)
        VALUES ('deputy_ended', person.staff_id, format('deputy %s', number));
END;
$function$;
COMMENT ON FUNCTION pgcustsec.end_deputy(bigint) IS
    'Ends before its period that somebody decides in another''s place: either of the two, or a supervisor (5.2.1).';
REVOKE ALL ON FUNCTION pgcustsec.end_deputy(bigint) FROM PUBLIC;
