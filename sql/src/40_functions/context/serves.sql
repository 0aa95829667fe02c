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
BEGIN
    SELECT s.staff_id INTO person
    FROM pgcustsec_internal.staff AS s
    JOIN pgcustsec_internal.staff_role AS r ON r.staff_id = s.staff_id
    WHERE s.login = session_user AND s.active AND r.role_code = serves.role_code;

    -- NULL, not an empty array: it matches no row, whatever it is compared with.
    IF person IS NULL THEN
        RETURN NULL;
    END IF;

    -- Most people manage nobody: the recursion runs only where somebody reports.
    IF managers = 'none'
        OR NOT EXISTS (SELECT FROM pgcustsec_internal.staff AS s WHERE s.manager_id = person) THEN
        RETURN ARRAY[person];
    END IF;
    IF managers = 'direct' THEN
        RETURN person || ARRAY(
            SELECT s.staff_id FROM pgcustsec_internal.staff AS s WHERE s.manager_id = person AND s.active);
    END IF;
    IF managers = 'chain' THEN
        RETURN person || pgcustsec_internal._reports(person);
    END IF;
    RETURN NULL;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal.serves(text, text) IS
    'Staff numbers whose customers this login''s person serves in a role, directly or as manager (5.2.2); NULL for nobody.';
REVOKE ALL ON FUNCTION pgcustsec_internal.serves(text, text) FROM PUBLIC;
