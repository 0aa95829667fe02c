CREATE FUNCTION pgcustsec.who_may_see(relation text, column_name name)
    RETURNS TABLE (
        role text, staff text, full_name text, department text, shown text, rows text, through text, until timestamptz,
        rule text[], article text)
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
DECLARE
    known text;
BEGIN
    PERFORM pgcustsec_internal._supervisor();
    known := pgcustsec_internal._relation_known(relation);
    PERFORM pgcustsec_internal._column_known(known, column_name);
    -- By the matrix: whose role has the column, and is not suspended.
    RETURN QUERY
        SELECT
            a.role_code, p.staff_id, p.full_name, p.department_code,
            CASE
                WHEN a.tier = 3 OR a.tier = 2 AND NOT a.is_name THEN 'shown'
                WHEN a.is_name AND a.cell ->> 'named_until' IS NOT NULL THEN 'masked; shown while the record is open'
                WHEN a.is_name THEN 'masked'
                ELSE 'masked while the record is open'
            END,
            concat_ws(', and in ',
                (SELECT string_agg(pgcustsec_internal._scopes_said(u.scopes), ', and in ' ORDER BY u.place)
                    FROM json_array_elements(a.rule -> 'rows') WITH ORDINALITY AS u (scopes, place)),
                CASE WHEN a.tier = 2 THEN pgcustsec_internal._scopes_said(a.rule -> 'tier2') END),
            'the matrix', NULL::timestamptz,
            ARRAY['roles', a.role_code, 'tables', known] || CASE a.tier WHEN 3 THEN 'rows' ELSE 'tier' || a.tier END,
            '5.2.' || a.tier
        FROM (
            SELECT
                x.role_code, x.rule, c.cell, (c.cell ->> 'tier')::integer AS tier,
                coalesce((c.cell ->> 'name')::boolean, false) AS is_name
            FROM pgcustsec_internal.access AS x
            CROSS JOIN LATERAL (SELECT x.rule -> 'columns' -> column_name::text AS cell) AS c
            WHERE x.schema_name || '.' || x.table_name = known
                AND CASE (c.cell ->> 'tier')::integer
                    WHEN 1 THEN (c.cell ->> 'opens')::boolean
                    WHEN 2 THEN json_array_length(x.rule -> 'tier2') > 0
                    ELSE c.cell IS NOT NULL
                END
            ) AS a
        JOIN pgcustsec_internal.role AS r ON r.role_code = a.role_code
        JOIN (SELECT DISTINCT s.role_code, s.staff_id FROM pgcustsec_internal.standing AS s WHERE NOT pgcustsec_internal._emergency_over(s.answers)) AS h
            ON h.role_code = a.role_code
        JOIN pgcustsec_internal.staff AS p ON p.staff_id = h.staff_id
        ORDER BY r.place, p.staff_id;
    -- By approval: one record after the other, or what was taken out and is not destroyed yet.
    RETURN QUERY
        SELECT
            q.role_code, q.used_by, p.full_name, p.department_code, 'shown, one record at a time',
            coalesce(format('%s keys', cardinality(q.keys)), q.predicate::text, ''),
            CASE s.state
                WHEN 'approved' THEN format('request %s, approved by %s', q.request_id, (
                    SELECT string_agg(DISTINCT e.staff_id, ', ')
                    FROM pgcustsec_internal.request_event AS e
                    WHERE e.request_id = q.request_id AND e.kind = 'approved' AND e.terms = s.terms))
                ELSE format('emergency request %s, not approved yet', q.request_id)
            END,
            s.ends_at, ARRAY['requests', q.kind_code], '5.2.1'
        FROM pgcustsec_internal.request AS q
        CROSS JOIN LATERAL pgcustsec_internal._request_state(q.request_id) AS s
        JOIN pgcustsec_internal.staff AS p ON p.staff_id = q.used_by
        WHERE q.relation = known AND column_name = ANY (q.columns) AND s.opens
            AND pgcustsec_internal._in_custody(q.request_id, NULL)
            AND EXISTS (
                SELECT FROM pgcustsec_internal.standing AS h
                WHERE h.staff_id = q.used_by AND h.role_code = q.role_code AND NOT pgcustsec_internal._emergency_over(h.answers))
        ORDER BY q.request_id;
    RETURN QUERY
        SELECT
            x.role_code, x.staff_id, p.full_name, x.department_code, 'shown, in a file',
            format('%s rows', x.row_count), format('extract %s of request %s, %s', x.extract_id, x.request_id, s.state),
            x.ends_at, ARRAY['requests', q.kind_code], '4.3'
        FROM pgcustsec_internal.extract AS x
        CROSS JOIN LATERAL (SELECT pgcustsec_internal._extract_state(x.extract_id) AS state) AS s
        JOIN pgcustsec_internal.request AS q ON q.request_id = x.request_id
        JOIN pgcustsec_internal.staff AS p ON p.staff_id = x.staff_id
        WHERE x.relation = known AND column_name = ANY (x.columns) AND s.state <> 'destroyed'
        ORDER BY x.extract_id;
END;
$function$;
COMMENT ON FUNCTION pgcustsec.who_may_see(text, name) IS
    'Everybody who could see values of a column now: how, in which rows, through what, until when; for who supervises (5.1, 5.2.4).';
REVOKE ALL ON FUNCTION pgcustsec.who_may_see(text, name) FROM PUBLIC;
