-- A relation is named as the matrix names it, as the role's view, or as the table alone: application roles may not look
-- names up in the tables' schema. Where several roles would do, the one of the session at work, then the one that opens.
--
-- All that openings, closings and searches go by in one look-up: who asks, in which role, what that may, the session.
CREATE FUNCTION pgcustsec_internal._access(
    relation text, OUT staff_id text, OUT works_as text, OUT access_code text, OUT role_code text, OUT schema_name name,
    OUT table_name name, OUT key_columns name[], OUT opens boolean, OUT find_columns name[], OUT find_functions name[],
    OUT record_minutes integer, OUT openings_per_day integer, OUT customers_per_day integer, OUT session_id uuid,
    OUT purpose text, OUT ends_at timestamptz, OUT committed boolean, OUT record_key text, OUT lapses_at timestamptz)
    RETURNS record
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_column
DECLARE
    token text := current_setting('pgcustsec.token', true);
    known text := coalesce(pgcustsec_internal.bearer(token, false), session_user::text);
    parts text[] := CASE
        WHEN relation ~ '^[a-z_][a-z0-9_]*([.][a-z_][a-z0-9_]*)?$' THEN string_to_array(relation, '.')
        ELSE pgcustsec_internal._name_parts(relation)
    END;
BEGIN
    works_as := coalesce(pgcustsec_internal.bearer(token, true), session_user::text);
    SELECT
        s.staff_id, a.access_code, a.role_code, a.schema_name, a.table_name, a.key_columns, a.opens, a.find_columns,
        a.find_functions, r.record_minutes, r.openings_per_day, r.customers_per_day,
        w.session_id, w.purpose, w.ends_at, pgcustsec_internal.is_committed(w.begun_by), w.record_key, w.lapses_at
    INTO
        staff_id, access_code, role_code, schema_name, table_name, key_columns, opens, find_columns,
        find_functions, record_minutes, openings_per_day, customers_per_day,
        session_id, purpose, ends_at, committed, record_key, lapses_at
    FROM pgcustsec_internal.standing AS s
    JOIN pgcustsec_internal.role AS r ON r.role_code = s.role_code
    JOIN pgcustsec_internal.access AS a ON a.role_code = s.role_code
    LEFT JOIN pgcustsec_internal.session_access AS w
        ON w.known_as = works_as AND w.access_code = a.access_code AND w.staff_id = s.staff_id
        AND w.begun_by < pg_snapshot_xmax(pg_current_snapshot())
    WHERE s.known_as = known AND s.staff_id IS NOT NULL AND NOT pgcustsec_internal._emergency_over(s.answers)
        AND a.table_name = parts[cardinality(parts)]
        AND (cardinality(parts) = 1 OR cardinality(parts) = 2 AND parts[1] IN (a.schema_name, a.role_code))
    ORDER BY w.session_id IS NULL, a.opens DESC, r.place, a.access_code
    LIMIT 1;
    IF access_code IS NULL THEN
        PERFORM pgcustsec_internal._refuse_suspended((SELECT p.staff_id FROM pgcustsec_internal._person() AS p));
        RAISE EXCEPTION 'no table of that name in a role of yours (5.2.5)'
            USING ERRCODE = 'CS208', HINT = 'Name it as in your queries, or as the matrix does: crm.customer.';
    END IF;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._access(text) IS
    'What the caller has of a table, by its name: in which role, by what rules, in which session; an error where they have nothing (5.3).';
REVOKE ALL ON FUNCTION pgcustsec_internal._access(text) FROM PUBLIC;
