-- What it opens shows once this transaction has committed, and its commit waits for the disk: nothing of tier 1 is shown
-- whose record is not there. A caller can turn that waiting off after us; then a crash of the server within a fraction of
-- a second may take the record of what was seen (docs: architecture).
CREATE FUNCTION pgcustsec_internal._open_record(relation text, key text, reason text, request bigint)
    RETURNS timestamptz
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    access record := pgcustsec_internal._access(relation);
    opened text[];  -- key and customer
    budget pgcustsec_internal.budget;
    term timestamptz;
    counted boolean := false;  -- by the request's own limit
    lapses timestamptz;
BEGIN
    IF request IS NULL AND NOT access.opens THEN
        RAISE EXCEPTION 'role % opens no records of %.% (5.2.1)', access.role_code, access.schema_name, access.table_name
            USING ERRCODE = 'CS202', HINT = 'If your work needs it, file a request.';
    END IF;
    PERFORM pgcustsec_internal._refuse_idle(access.role_code, access.ends_at, access.committed);
    opened := pgcustsec_internal.row_of_key(access.access_code, key);
    IF opened IS NULL THEN
        RAISE EXCEPTION 'no such record of %.%, or none that role % sees (5.2.2)',
            access.schema_name, access.table_name, access.role_code
            USING ERRCODE = 'CS201', HINT = 'Check the key: it is the one that the view shows.';
    END IF;

    -- One opening of a person after the other, until each commits: so one record is open, and not two at the same moment.
    SELECT b.* INTO budget FROM pgcustsec_internal.budget AS b WHERE b.staff_id = access.staff_id FOR NO KEY UPDATE;
    IF request IS NOT NULL THEN
        SELECT u.ends_at, u.counts
        INTO term, counted
        FROM pgcustsec_internal._use_request(request, access.access_code, opened[1]) AS u;
    END IF;
    IF NOT counted AND NOT pgcustsec_internal._spend(access.staff_id, budget.openings, access.openings_per_day) THEN
        PERFORM pgcustsec_internal._refuse_spent(access.staff_id, 'openings', access.openings_per_day);
    END IF;
    IF NOT counted AND NOT pgcustsec_internal._opened_today(access.staff_id, opened[2])
        AND NOT pgcustsec_internal._spend(access.staff_id, budget.customers, access.customers_per_day)
    THEN
        PERFORM pgcustsec_internal._refuse_spent(access.staff_id, 'customers', access.customers_per_day);
    END IF;

    lapses := least(access.ends_at, term, clock_timestamp() + make_interval(mins => access.record_minutes));
    INSERT INTO pgcustsec_internal.audit (
        kind, staff_id, session_id, role_code, relation, record_key, customer_key, purpose, reason, lapses_at, about)
    VALUES (
        'record_opened', access.staff_id, access.session_id, access.role_code,
        access.schema_name || '.' || access.table_name, opened[1], opened[2],
        access.purpose, reason, lapses, 'request ' || request);
    -- One record a person and table: another session of theirs, or another role, has it open no longer.
    UPDATE pgcustsec_internal.session_access AS w
    SET record_key = NULL, lapses_at = NULL, opened_by = NULL, request_id = NULL
    WHERE w.staff_id = access.staff_id AND w.record_key IS NOT NULL
        AND w.access_code IN (
            SELECT a.access_code
            FROM pgcustsec_internal.access AS a
            WHERE a.schema_name = access.schema_name AND a.table_name = access.table_name)
        AND (w.known_as, w.access_code) <> (access.works_as, access.access_code);
    UPDATE pgcustsec_internal.session_access AS w
    SET record_key = opened[1], lapses_at = lapses, opened_by = pg_current_xact_id(), request_id = request
    WHERE w.known_as = access.works_as AND w.access_code = access.access_code AND w.session_id = access.session_id;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'your session has ended meanwhile (5.2.4)'
            USING ERRCODE = 'CS006', HINT = 'Start another: SELECT pgcustsec.start_session(purpose).';
    END IF;
    PERFORM set_config('synchronous_commit', 'on', true);
    RETURN lapses;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._open_record(text, text, text, bigint) IS
    'Opens one record, in place of the one before: for tier 1, masked, or by a request in full; returns when it lapses (5.2.1).';
REVOKE ALL ON FUNCTION pgcustsec_internal._open_record(text, text, text, bigint) FROM PUBLIC;
