CREATE FUNCTION pgcustsec_internal.serves(role_code text, managers text)
    RETURNS text[]
    LANGUAGE plpgsql
    STABLE
    PARALLEL SAFE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    person text;
    reports text[];
BEGIN
    -- One query for nearly everybody: this runs in every statement.
    SELECT
        s.staff_id,
        CASE WHEN managers = 'direct' THEN ARRAY(
            SELECT d.staff_id FROM pgcustsec_internal.staff AS d WHERE d.manager_id = s.staff_id AND d.active) END
    INTO person, reports
    FROM pgcustsec_internal.staff AS s
    JOIN pgcustsec_internal.staff_role AS r ON r.staff_id = s.staff_id
    WHERE s.login = session_user AND s.active AND r.role_code = serves.role_code;

    IF managers = 'chain' THEN
        reports := pgcustsec_internal._reports(person);
    END IF;
    -- NULL for nobody, not an empty array: it matches no row, whatever it is compared with.
    RETURN CASE WHEN person IS NOT NULL THEN person || reports END;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal.serves(text, text) IS
    'Staff numbers whose customers this login''s person serves in a role, directly or as manager (5.2.2); NULL for nobody.';
REVOKE ALL ON FUNCTION pgcustsec_internal.serves(text, text) FROM PUBLIC;
