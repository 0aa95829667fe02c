CREATE FUNCTION pgcustsec_internal._overdue()
    RETURNS TABLE (job text, relation text, rows bigint, since timestamptz)
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_column
DECLARE
    known text;
BEGIN
    FOR known IN SELECT DISTINCT q.relation FROM pgcustsec_internal.retention_rule AS q ORDER BY 1 LOOP
        RETURN QUERY
            SELECT 'retention', known, sum(d.rows)::bigint, min(d.oldest)
            FROM pgcustsec_internal.due_rows(known, 0) AS d
            WHERE d.month IS NULL AND NOT d.held
            HAVING count(*) > 0;
    END LOOP;
    RETURN QUERY
        SELECT 'pool', s.relation, sum(s.overdue)::bigint, min(s.oldest) + make_interval(hours => 24 * p.recycle_days)
        FROM pgcustsec_internal._pool_state() AS s
        JOIN pgcustsec_internal.pool AS p ON p.pool_code = s.relation
        WHERE s.overdue > 0
        GROUP BY s.relation, p.recycle_days
        ORDER BY s.relation;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._overdue() IS
    'What waits for a job: rows that are due and not held, prospects without progress, and since when (4.2, 4.3).';
REVOKE ALL ON FUNCTION pgcustsec_internal._overdue() FROM PUBLIC;
