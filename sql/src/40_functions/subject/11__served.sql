-- What is known of customers beside their rows goes by dates of tier 2 and by who opened them: for who sees their tier 2.
CREATE FUNCTION pgcustsec_internal._served(access_code text, staff text, key text)
    RETURNS boolean
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
BEGIN
    RETURN EXISTS (
        SELECT
        FROM pgcustsec_internal.access AS a
        JOIN pgcustsec_internal.standing AS s ON s.role_code = a.role_code AND s.staff_id = staff
            AND NOT pgcustsec_internal._emergency_over(s.answers)
        CROSS JOIN LATERAL pgcustsec_internal.reach(
            a.schema_name || '.' || a.table_name, key, s.serves_none, s.serves_direct, s.serves_chain,
            s.department_code, s.branch_code) AS r
        WHERE a.access_code = access_code AND pgcustsec_internal._scope_met(a.rule -> 'tier2', array_remove(ARRAY[
            'all', CASE WHEN r.serving THEN 'serving' END, CASE WHEN r.pool THEN 'pool' END,
            CASE WHEN r.branch THEN 'branch' END, CASE WHEN r.department THEN 'department' END], NULL)) IS NOT NULL);
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._served(text, text, text) IS
    'Whether tier 2 of a row shows to somebody by an access: they serve the customer, or a deviation says so (5.2.2).';
REVOKE ALL ON FUNCTION pgcustsec_internal._served(text, text, text) FROM PUBLIC;
