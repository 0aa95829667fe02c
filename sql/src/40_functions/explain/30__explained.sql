-- The same in the order in which policy and view decide: who, which rows, which column, which cell. Of a row that does not
-- show it says no more than that: whether there is such a row is not for who may not see it.
CREATE FUNCTION pgcustsec_internal._explained(
    staff_id text, role_code text, works_as text, relation text, key text, column_name name,
    OUT shown text, OUT why text, OUT rule text[], OUT article text)
    RETURNS record
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
DECLARE
    access record;
    person record;
    reach record;
    stands text[];
    cell json;
    in_session boolean;
    lapses timestamptz;
    request record;
    by_scope text;
BEGIN
    rule := ARRAY['roles', role_code, 'tables', relation];
    SELECT a.access_code, a.rule INTO access
    FROM pgcustsec_internal.access AS a
    WHERE a.role_code = role_code AND a.schema_name || '.' || a.table_name = relation;
    IF access.access_code IS NULL THEN
        shown := 'no row';
        why := 'the role has nothing of the table';
        rule := ARRAY['roles', role_code];
        article := '5.3';
        RETURN;
    END IF;
    SELECT s.department_code, s.branch_code, s.serves_none, s.serves_direct, s.serves_chain INTO person
    FROM pgcustsec_internal.standing AS s
    WHERE s.staff_id = staff_id AND s.role_code = role_code AND NOT pgcustsec_internal._emergency_over(s.answers)
    LIMIT 1;
    IF person.serves_none IS NULL THEN
        shown := 'no row';
        SELECT format('suspended: suspension %s, of %s %s', u.suspension_id, u.kind, u.code), NULL, '4.2'
        INTO why, rule, article
        FROM pgcustsec_internal._suspensions_of(staff_id) AS u
        WHERE EXISTS (SELECT FROM pgcustsec_internal.staff AS p WHERE p.staff_id = staff_id AND p.active)
        LIMIT 1;
        IF why IS NULL AND pgcustsec_internal._is_service(staff_id) THEN
            SELECT u.reason INTO why FROM pgcustsec_internal._uncleared(staff_id) AS u LIMIT 1;
        END IF;
        why := coalesce(why, 'the person has left');
        article := coalesce(article, '5.3');
        RETURN;
    END IF;
    cell := access.rule -> 'columns' -> column_name::text;
    IF cell IS NULL THEN
        shown := 'no column';
        why := 'tier1: absent, so the view has no such column';
        rule := rule || 'tier1'::text;
        article := '5.2.1';
        RETURN;
    END IF;
    in_session := EXISTS (SELECT FROM pgcustsec_internal._at_work_of(staff_id, access.access_code, works_as));
    SELECT r.* INTO reach
    FROM pgcustsec_internal.reach(
        relation, key, person.serves_none, person.serves_direct, person.serves_chain, person.department_code,
        person.branch_code) AS r;
    stands := CASE WHEN reach.record_key IS NOT NULL THEN array_remove(ARRAY[
        'all', CASE WHEN reach.serving THEN 'serving' END, CASE WHEN reach.pool THEN 'pool' END,
        CASE WHEN reach.branch THEN 'branch' END, CASE WHEN reach.department THEN 'department' END], NULL) END;
    IF stands IS NULL OR EXISTS (
        SELECT FROM json_array_elements(access.rule -> 'rows') AS u (scopes)
        WHERE pgcustsec_internal._scope_met(u.scopes, stands) IS NULL)
    THEN
        shown := 'no row';
        why := format('no such row, or not in rows: %s', (
            SELECT coalesce(string_agg(pgcustsec_internal._scopes_said(u.scopes), ', and in ' ORDER BY u.place), 'all')
            FROM json_array_elements(access.rule -> 'rows') WITH ORDINALITY AS u (scopes, place)));
        rule := rule || 'rows'::text;
        article := '5.2.2';
        RETURN;
    END IF;
    IF (access.rule ->> 'session')::boolean AND NOT in_session THEN
        shown := 'no row';
        why := 'that such a row exists is tier 2: ' || pgcustsec_internal._why_away(staff_id);
        rule := ARRAY['tables', relation, 'exists'];
        article := '5.2.4';
        RETURN;
    END IF;
    IF (cell ->> 'tier')::integer = 3 THEN
        shown := 'shown';
        why := 'tier 3 shows in every row that the role sees';
        rule := ARRAY['tables', relation, 'columns', column_name];
        article := '5.2.3';
        RETURN;
    END IF;
    IF (cell ->> 'lifts')::boolean THEN
        SELECT r.request_id, r.kind_code, w.lapses_at INTO request
        FROM pgcustsec_internal._at_work_of(staff_id, access.access_code, works_as) AS w
        JOIN pgcustsec_internal.request AS r ON r.request_id = w.request_id AND r.used_by = staff_id
            AND r.role_code = role_code AND r.relation = relation AND column_name = ANY (r.columns)
        WHERE w.record_key = reach.record_key
            AND (SELECT s.opens FROM pgcustsec_internal._request_state(r.request_id) AS s)
            AND pgcustsec_internal._in_custody(r.request_id, NULL)
        LIMIT 1;
        IF request.request_id IS NOT NULL THEN
            shown := 'shown';
            why := format('in full by request %s, under which the record is open until %s', request.request_id, request.lapses_at);
            rule := ARRAY['requests', request.kind_code];
            article := '5.2.1';
            RETURN;
        END IF;
    END IF;
    SELECT max(o.lapses_at) INTO lapses
    FROM (
        SELECT w.lapses_at
        FROM pgcustsec_internal._at_work_of(staff_id, access.access_code, works_as) AS w
        WHERE w.record_key = reach.record_key
        UNION ALL
        SELECT w.lapses_at
        FROM pgcustsec_internal._at_work_of(staff_id, role_code || ' ' || (access.rule ->> 'top'), works_as) AS w
        WHERE (access.rule ->> 'subject')::boolean AND (cell ->> 'tier')::integer = 1
            AND w.record_key = reach.customer_key) AS o;
    IF (cell ->> 'tier')::integer = 1 THEN
        rule := rule || 'tier1'::text;
        article := '5.2.1';
        shown := CASE WHEN (cell ->> 'opens')::boolean AND lapses IS NOT NULL THEN 'masked' ELSE 'hidden' END;
        why := CASE
            WHEN (cell ->> 'opens')::boolean IS NOT TRUE THEN 'the role opens no record for this column'
            WHEN lapses IS NOT NULL THEN format('the record is open until %s', lapses)
            WHEN in_session THEN 'the record is not open'
            ELSE 'the record is not open: ' || pgcustsec_internal._why_away(staff_id)
        END;
        RETURN;
    END IF;
    rule := rule || 'tier2'::text;
    by_scope := pgcustsec_internal._scope_met(access.rule -> 'tier2', stands);
    IF by_scope IS NULL THEN
        shown := 'hidden';
        why := format('in the role''s rows, but tier 2 shows in: %s', pgcustsec_internal._scopes_said(access.rule -> 'tier2'));
        article := '5.2.2';
    ELSIF NOT in_session THEN
        shown := 'hidden';
        why := pgcustsec_internal._why_away(staff_id);
        rule := ARRAY['sessions'];
        article := '5.2.4';
    ELSIF (cell ->> 'name')::boolean IS NOT TRUE THEN
        shown := 'shown';
        why := format('tier 2 shows in: %s', by_scope);
        article := '5.2.2';
    ELSIF lapses IS NOT NULL AND clock_timestamp() < (cell ->> 'named_until')::timestamptz THEN
        shown := 'shown';
        why := format('names: value, and the record is open until %s', lapses);
        rule := rule[:cardinality(rule) - 1] || 'names'::text;
        article := '5.2.5';
    ELSE
        shown := 'masked';
        why := format('tier 2 shows in: %s; a name is masked even then', by_scope);
        article := '5.2.2';
    END IF;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._explained(text, text, text, text, text, name) IS
    'What a cell shows to somebody in one role now, and the rule that decides: why, its place in the matrix, article (5.2.4).';
REVOKE ALL ON FUNCTION pgcustsec_internal._explained(text, text, text, text, text, name) FROM PUBLIC;
