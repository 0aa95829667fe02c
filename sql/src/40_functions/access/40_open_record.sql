-- What it opens shows once this transaction has committed, and its commit waits for the disk: nothing of tier 1 is shown
-- whose record is not there. A caller can turn that waiting off after us; then a crash of the server within a fraction of
-- a second may take the record of what was seen (docs: architecture).
CREATE FUNCTION pgcustsec.open_record(relation text, key text, reason text)
    RETURNS timestamptz
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    access record := pgcustsec_internal._access(relation);
    opened text[];  -- key and customer
    budget pgcustsec_internal.budget;
    lapses timestamptz;
BEGIN
    IF NOT access.opens THEN
        RAISE EXCEPTION 'role % opens no records of %.% (5.2.1)', access.role_code, access.schema_name, access.table_name
            USING ERRCODE = 'CS202', HINT = 'If your work needs it, file a request.';
    END IF;
    IF coalesce(pgcustsec_internal._says_nothing(reason), true) THEN
        RAISE EXCEPTION 'a record is opened for a stated reason only (5.2.4)'
            USING ERRCODE = 'CS206', HINT = 'Say why, as the third argument.';
    END IF;
    IF length(reason) > 1000 THEN
        RAISE EXCEPTION 'a reason is 1000 characters at most'
            USING ERRCODE = 'CS206', HINT = 'Say it shorter.';
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
    IF NOT pgcustsec_internal._spend(access.staff_id, budget.openings, access.openings_per_day) THEN
        PERFORM pgcustsec_internal._refuse_spent(access.staff_id, 'openings', access.openings_per_day);
    END IF;
    IF NOT pgcustsec_internal._opened_today(access.staff_id, opened[2])
        AND NOT pgcustsec_internal._spend(access.staff_id, budget.customers, access.customers_per_day)
    THEN
        PERFORM pgcustsec_internal._refuse_spent(access.staff_id, 'customers', access.customers_per_day);
    END IF;

    lapses := least(access.ends_at, clock_timestamp() + make_interval(mins => access.record_minutes));
    INSERT INTO pgcustsec_internal.audit (
        kind, staff_id, session_id, role_code, relation, record_key, customer_key, purpose, reason, lapses_at)
    VALUES (
        'record_opened', access.staff_id, access.session_id, access.role_code,
        access.schema_name || '.' || access.table_name, opened[1], opened[2],
        access.purpose, reason, lapses);
    -- One record a person and table: another session of theirs, or another role, has it open no longer.
    UPDATE pgcustsec_internal.session_access AS w
    SET record_key = NULL, lapses_at = NULL, opened_by = NULL
    WHERE w.staff_id = access.staff_id AND w.record_key IS NOT NULL
        AND w.access_code IN (
            SELECT a.access_code
            FROM pgcustsec_internal.access AS a
            WHERE a.schema_name = access.schema_name AND a.table_name = access.table_name)
        AND (w.known_as, w.access_code) <> (access.works_as, access.access_code);
    UPDATE pgcustsec_internal.session_access AS w
    SET record_key = opened[1], lapses_at = lapses, opened_by = pg_current_xact_id()
    WHERE w.known_as = access.works_as AND w.access_code = access.access_code AND w.session_id = access.session_id;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'your session has ended meanwhile (5.2.4)'
            USING ERRCODE = 'CS006', HINT = 'Start another: SELECT pgcustsec.start_session(purpose).';
    END IF;
    PERFORM set_config('synchronous_commit', 'on', true);
    RETURN lapses;
END;
$function$;
COMMENT ON FUNCTION pgcustsec.open_record(text, text, text) IS
    'Opens one record for tier 1, masked, in place of the one before; returns when it lapses. It shows once this is committed (5.2.1).';
REVOKE ALL ON FUNCTION pgcustsec.open_record(text, text, text) FROM PUBLIC;
