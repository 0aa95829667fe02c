CREATE FUNCTION pgcustsec.explain_access(staff text, relation text, key text, column_name name)
    RETURNS TABLE (role text, shown text, why text, rule text[], article text)
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
DECLARE
    person record := pgcustsec_internal._asking();
    oneself boolean := coalesce(person.staff_id = staff, false);
    known text;
BEGIN
    IF NOT oneself THEN
        PERFORM pgcustsec_internal._supervisor();
    END IF;
    known := pgcustsec_internal._relation_known(relation);
    PERFORM pgcustsec_internal._column_known(known, column_name);
    RETURN QUERY
        SELECT r.role_code, e.shown, e.why, e.rule, e.article
        FROM pgcustsec_internal.staff_role AS h
        JOIN pgcustsec_internal.role AS r ON r.role_code = h.role_code
        CROSS JOIN LATERAL pgcustsec_internal._explained(
            staff, r.role_code, CASE WHEN oneself THEN person.works_as END, known, key, column_name) AS e
        WHERE h.staff_id = staff
        ORDER BY r.place;
    IF NOT FOUND THEN
        RETURN QUERY SELECT NULL::text, 'no row', 'nobody of that number holds a role', NULL::text[], '5.3';
    END IF;
END;
$function$;
COMMENT ON FUNCTION pgcustsec.explain_access(text, text, text, name) IS
    'What a cell shows to somebody now, in each role that they hold: shown, masked, hidden, no column or no row, and the rule that decides. Of oneself; of anybody for who supervises (5.1, 5.2.4).';
REVOKE ALL ON FUNCTION pgcustsec.explain_access(text, text, text, name) FROM PUBLIC;
