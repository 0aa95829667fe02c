CREATE FUNCTION pgcustsec_internal._subject_extracts(relation text, key text)
    RETURNS json
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
BEGIN
    RETURN (
        SELECT coalesce(json_agg(json_build_object(
            'extract', e.extract_id, 'table', e.relation, 'columns', e.columns, 'staff', e.staff_id,
            'department', e.department_code, 'taken', e.begun_at, 'until', e.ends_at,
            'state', pgcustsec_internal._extract_state(e.extract_id)) ORDER BY e.extract_id), '[]')
        FROM (
            SELECT relation AS name, ARRAY[key] AS keys
            UNION ALL
            SELECT h.relation_name, h.keys FROM pgcustsec_internal.hanging_rows(relation, key) AS h) AS held
        CROSS JOIN LATERAL unnest(pgcustsec_internal._extracts_of(held.name, held.keys)) AS x (extract_id)
        JOIN pgcustsec_internal.extract AS e ON e.extract_id = x.extract_id
        WHERE NOT pgcustsec_internal._kept_quiet(e.role_code, e.request_id));
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._subject_extracts(text, text) IS
    'Extracts that are not destroyed and hold something of a customer, who took them, and until when: for the customer (4.1, 4.3).';
REVOKE ALL ON FUNCTION pgcustsec_internal._subject_extracts(text, text) FROM PUBLIC;
