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
    person record := pgcustsec_internal._person();
    code text := pgcustsec_internal._access(relation, person.roles, person.works_as);
    access pgcustsec_internal.access;
    work record;
    rule pgcustsec_internal.role;
    budget pgcustsec_internal.budget;
    opened record;
    lapses timestamptz;
BEGIN
    SELECT a.* INTO access FROM pgcustsec_internal.access AS a WHERE a.access_code = code;
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
    work := pgcustsec_internal._work(access.access_code, person.staff_id, person.works_as);
    SELECT r.record_key, r.customer_key INTO opened FROM pgcustsec_internal._row(access.row_function, key) AS r;
    IF opened.record_key IS NULL THEN
        RAISE EXCEPTION 'no such record of %.%, or none that role % sees (5.2.2)',
            access.schema_name, access.table_name, access.role_code
            USING ERRCODE = 'CS201', HINT = 'Check the key: it is the one that the view shows.';
    END IF;

    SELECT r.* INTO rule FROM pgcustsec_internal.role AS r WHERE r.role_code = access.role_code;
    -- One opening of a person after the other, until each commits: so one record is open, and not two at the same moment.
    SELECT b.* INTO budget FROM pgcustsec_internal.budget AS b WHERE b.staff_id = person.staff_id FOR NO KEY UPDATE;
    IF NOT pgcustsec_internal._spend(person.staff_id, budget.openings, rule.openings_per_day) THEN
        PERFORM pgcustsec_internal._refuse_spent(person.staff_id, 'openings', rule.openings_per_day);
    END IF;
    IF NOT pgcustsec_internal._opened_today(person.staff_id, opened.customer_key)
        AND NOT pgcustsec_internal._spend(person.staff_id, budget.customers, rule.customers_per_day)
    THEN
        PERFORM pgcustsec_internal._refuse_spent(person.staff_id, 'customers', rule.customers_per_day);
    END IF;

    lapses := least(work.ends_at, clock_timestamp() + make_interval(mins => rule.record_minutes));
    INSERT INTO pgcustsec_internal.audit (
        kind, staff_id, session_id, role_code, relation, record_key, customer_key, purpose, reason, lapses_at)
    VALUES (
        'record_opened', person.staff_id, work.session_id, access.role_code,
        access.schema_name || '.' || access.table_name, opened.record_key, opened.customer_key,
        work.purpose, reason, lapses);
    PERFORM pgcustsec_internal._close_others(
        person.staff_id, person.works_as, access.access_code, access.schema_name, access.table_name);
    UPDATE pgcustsec_internal.session_access AS w
    SET record_key = opened.record_key, lapses_at = lapses, opened_by = pg_current_xact_id()
    WHERE w.known_as = person.works_as AND w.access_code = access.access_code AND w.session_id = work.session_id;
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
