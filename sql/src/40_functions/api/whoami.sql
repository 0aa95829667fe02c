CREATE FUNCTION pgcustsec.whoami()
    RETURNS TABLE (
        staff_id text,
        full_name text,
        roles text[],
        department text,
        branch text,
        session uuid,
        cleared boolean,
        reason text,
        next_step text)
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    person record := pgcustsec_internal._asking();
    known pgcustsec_internal.staff;
    live record;
    lack record;
BEGIN
    -- One who left is told no more than a stranger: nothing about them is theirs to read any longer.
    IF person.staff_id IS NULL THEN
        RETURN QUERY SELECT NULL::text, NULL::text, '{}'::text[], NULL::text, NULL::text, NULL::uuid, false, w.reason, w.next_step
            FROM pgcustsec_internal._why_nobody() AS w;
        RETURN;
    END IF;
    SELECT s.* INTO known FROM pgcustsec_internal.staff AS s WHERE s.staff_id = person.staff_id;
    SELECT l.* INTO live FROM pgcustsec_internal._live_session(person.staff_id, person.works_as) AS l;
    SELECT w.reason, w.next_step
    INTO lack
    FROM pgcustsec_internal._why_uncleared(person.staff_id, person.roles, live.session_id, live.committed) AS w
    LIMIT 1;
    RETURN QUERY
        SELECT known.staff_id, known.full_name, person.roles, known.department_code, known.branch_code,
            live.session_id, lack.reason IS NULL, lack.reason, lack.next_step;
END;
$function$;
COMMENT ON FUNCTION pgcustsec.whoami() IS
    'One row about the person behind this: roles, department, branch, session, whether cleared, and if not, why and what to do.';
REVOKE ALL ON FUNCTION pgcustsec.whoami() FROM PUBLIC;
