-- Views ask it of their reader for EXECUTE on what they call: so it decides by the caller what they may know.
CREATE FUNCTION pgcustsec_internal.pool_seen()
    RETURNS TABLE (
        relation text, branch_code text, staff_id text, full_name text, held bigint, overdue bigint, undated bigint,
        oldest timestamptz)
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_column
DECLARE
    person record := pgcustsec_internal._asking();
BEGIN
    IF person.staff_id IS NULL OR NOT EXISTS (
        SELECT FROM pgcustsec_internal.role AS r WHERE r.role_code = ANY (person.roles) AND r.supervises)
    THEN
        RETURN;
    END IF;
    RETURN QUERY
        SELECT p.relation, p.branch_code, p.staff_id, p.full_name, p.held, p.overdue, p.undated, p.oldest
        FROM pgcustsec_internal._pool_state() AS p
        WHERE p.overdue > 0 OR p.undated > 0;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal.pool_seen() IS
    'Who holds prospects that are overdue for the pool, for who supervises (4.2, 5.1).';
REVOKE ALL ON FUNCTION pgcustsec_internal.pool_seen() FROM PUBLIC;
