CREATE FUNCTION pgcustsec_internal._reports(manager text)
    RETURNS text[]
    LANGUAGE plpgsql
    STABLE
    SET search_path = pg_catalog, pg_temp
AS $function$
BEGIN
    -- UNION, not UNION ALL: a circle of managers ends.
    RETURN ARRAY(
        WITH RECURSIVE below AS (
            SELECT s.staff_id, s.active FROM pgcustsec_internal.staff AS s WHERE s.manager_id = manager
            UNION
            SELECT s.staff_id, s.active
            FROM below
            JOIN pgcustsec_internal.staff AS s ON s.manager_id = below.staff_id)
        SELECT below.staff_id FROM below WHERE below.active ORDER BY 1);
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._reports(text) IS 'Active staff anywhere below a manager (5.2.2).';
REVOKE ALL ON FUNCTION pgcustsec_internal._reports(text) FROM PUBLIC;
