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
    person pgcustsec_internal.staff;
BEGIN
    SELECT s.* INTO person FROM pgcustsec_internal.staff AS s WHERE s.login = session_user;

    -- One who left is told no more than a stranger: nothing about them is theirs to read any longer.
    IF NOT coalesce(person.active, false) THEN
        RETURN QUERY SELECT NULL::text, NULL::text, '{}'::text[], NULL::text, NULL::text, NULL::uuid, false, w.reason, w.next_step
            FROM pgcustsec_internal._why_nobody(person.staff_id IS NOT NULL) AS w;
        RETURN;
    END IF;

    RETURN QUERY
        SELECT person.staff_id, person.full_name, held.roles, person.department_code, person.branch_code, NULL::uuid,
            held.roles <> '{}',
            CASE WHEN held.roles = '{}' THEN 'you hold no role of the matrix (5.3)' END,
            CASE WHEN held.roles = '{}' THEN 'ask an administrator for the role that your work needs' END
        FROM (SELECT ARRAY(
            SELECT r.role_code
            FROM pgcustsec_internal.staff_role AS r
            WHERE r.staff_id = person.staff_id
            ORDER BY r.role_code) AS roles) AS held;
END;
$function$;
COMMENT ON FUNCTION pgcustsec.whoami() IS
    'One row about this login''s person: roles, department, branch, whether cleared, and if not, why and what to do.';
REVOKE ALL ON FUNCTION pgcustsec.whoami() FROM PUBLIC;
