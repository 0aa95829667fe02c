CREATE FUNCTION pgcustsec.approve_deputy(number bigint)
    RETURNS void
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
DECLARE
    supervisor text := pgcustsec_internal._supervisor();
    named record;
BEGIN
    -- One at a time: of two at once the second sees what the first has done.
    LOCK TABLE pgcustsec_internal.deputy IN SHARE ROW EXCLUSIVE MODE;
    SELECT d.staff_id, d.deputy INTO named
    FROM pgcustsec_internal.deputy AS d
    WHERE d.deputy_id = number AND d.ends_at > clock_timestamp()
        AND NOT EXISTS (SELECT FROM pgcustsec_internal.deputy_event AS e WHERE e.deputy_id = d.deputy_id);
    IF named.staff_id IS NULL THEN
        RAISE EXCEPTION 'there is no deputy % that awaits approval (5.2.1)', number
            USING ERRCODE = 'CS301', HINT = 'See pgcustsec.deputies.';
    ELSIF supervisor IN (named.staff_id, named.deputy) THEN
        RAISE EXCEPTION 'nobody approves their own deputy, nor to be one (5.2.1)'
            USING ERRCODE = 'CS303', HINT = 'Another supervisor does.';
    END IF;
    INSERT INTO pgcustsec_internal.deputy_event (deputy_id, kind, staff_id) VALUES (number, 'approved', supervisor);
    INSERT INTO pgcustsec_internal.audit (kind, staff_id, about)
        VALUES ('deputy_approved', supervisor, format('deputy %s: %s for %s', number, named.deputy, named.staff_id));
END;
$function$;
COMMENT ON FUNCTION pgcustsec.approve_deputy(bigint) IS
    'Approves that somebody decides in another''s place, for who supervises and is neither of the two (5.2.1).';
REVOKE ALL ON FUNCTION pgcustsec.approve_deputy(bigint) FROM PUBLIC;
