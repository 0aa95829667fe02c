-- With the first session and not with the first opening: what is made in a transaction that is rolled back is not there,
-- and each opening would begin at nothing again.
CREATE FUNCTION pgcustsec_internal._make_budget(staff_id text)
    RETURNS void
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    made bigint;
    kind text;
BEGIN
    INSERT INTO pgcustsec_internal.budget AS b (staff_id) VALUES (staff_id)
        ON CONFLICT ON CONSTRAINT budget_pkey DO NOTHING RETURNING b.budget_id INTO made;
    IF made IS NULL THEN
        RETURN;
    END IF;
    FOREACH kind IN ARRAY ARRAY['openings', 'customers', 'refusals'] LOOP
        EXECUTE format('CREATE SEQUENCE pgcustsec_internal.%I MINVALUE 0 START 1', kind || '_' || made);
        EXECUTE format(
            'COMMENT ON SEQUENCE pgcustsec_internal.%I IS %L', kind || '_' || made,
            'Of one person, see pgcustsec_internal.budget (5.2.1).');
    END LOOP;
    UPDATE pgcustsec_internal.budget AS b
    SET openings = format('pgcustsec_internal.openings_%s', made)::regclass,
        customers = format('pgcustsec_internal.customers_%s', made)::regclass,
        refusals = format('pgcustsec_internal.refusals_%s', made)::regclass
    WHERE b.budget_id = made;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._make_budget(text) IS 'Makes what a person''s budgets are counted in, once (5.2.1).';
REVOKE ALL ON FUNCTION pgcustsec_internal._make_budget(text) FROM PUBLIC;
