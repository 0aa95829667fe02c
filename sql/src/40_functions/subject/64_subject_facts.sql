-- It tells within the transaction that records it, and a rollback would take that back: so the day's budget is spent and a
-- line logged before it tells, as find() does.
CREATE FUNCTION pgcustsec.subject_facts(relation text, key text)
    RETURNS json
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
DECLARE
    access record := pgcustsec_internal._access(relation);
    name text := access.schema_name || '.' || access.table_name;
    budget regclass;
    customer text;
BEGIN
    PERFORM pgcustsec_internal._refuse_idle(access.role_code, access.ends_at, access.committed);
    customer := pgcustsec_internal._customer(access.access_code, key);
    SELECT b.openings INTO budget FROM pgcustsec_internal.budget AS b WHERE b.staff_id = access.staff_id;
    IF NOT pgcustsec_internal._spend(access.staff_id, budget, access.openings_per_day) THEN
        PERFORM pgcustsec_internal._refuse_spent(access.staff_id, 'openings', access.openings_per_day);
    END IF;
    RAISE LOG 'pgcustsec: % asks for all that is held on a customer of %', access.staff_id, name;
    INSERT INTO pgcustsec_internal.audit (
        kind, staff_id, session_id, role_code, relation, record_key, customer_key, purpose)
    VALUES (
        'subject_shown', access.staff_id, access.session_id, access.role_code, name, customer,
        name || ' ' || customer, access.purpose);
    PERFORM set_config('synchronous_commit', 'on', true);
    RETURN json_build_object(
        'table', name, 'key', customer, 'role', access.role_code, 'at', clock_timestamp(),
        'facts', CASE WHEN pgcustsec_internal._served(access.access_code, access.staff_id, customer) THEN json_build_object(
            'term', pgcustsec_internal._subject_term(name, customer),
            'openings', pgcustsec_internal._subject_openings(name || ' ' || customer),
            'extracts', pgcustsec_internal._subject_extracts(name, customer)) END,
        'places', (
            SELECT json_agg(json_build_object(
                'table', p.relation_name, 'view', p.view, 'condition', p.condition, 'keys', p.key_columns,
                'columns', p.rule -> 'columns'))
            FROM pgcustsec_internal._subject_places(access.role_code, name, customer) AS p));
END;
$function$;
COMMENT ON FUNCTION pgcustsec.subject_facts(text, text) IS
    'What is known of a customer that the caller sees, beside their rows: the term, what keeps them longer, who opened their record, extracts, for who serves them; and in which of the caller''s views their rows are (4.3, 5.2.4).';
REVOKE ALL ON FUNCTION pgcustsec.subject_facts(text, text) FROM PUBLIC;
