CREATE FUNCTION pgcustsec_internal._pool_state()
    RETURNS TABLE (
        relation text, branch_code text, staff_id text, full_name text, in_pool bigint, held bigint, overdue bigint,
        undated bigint, oldest timestamptz, claim_limit integer)
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_column
DECLARE
    pool pgcustsec_internal.pool;
    moment timestamptz := clock_timestamp();
BEGIN
    FOR pool IN SELECT p.* FROM pgcustsec_internal.pool AS p ORDER BY p.pool_code LOOP
        -- A holder that is no staff number is told of, not shown: who knows what stands there.
        RETURN QUERY
            SELECT
                pool.pool_code, g.branch_code, s.staff_id, s.full_name,
                coalesce(sum(g.prospects) FILTER (WHERE g.holder IS NULL), 0)::bigint,
                coalesce(sum(g.prospects) FILTER (WHERE g.holder IS NOT NULL), 0)::bigint,
                sum(g.overdue)::bigint, sum(g.undated)::bigint, min(g.oldest), pool.claim_limit
            FROM pgcustsec_internal.pool_state(
                pool.pool_code, moment - make_interval(hours => 24 * pool.recycle_days), moment) AS g
            LEFT JOIN pgcustsec_internal.staff AS s ON s.staff_id = g.holder
            GROUP BY g.branch_code, s.staff_id, s.full_name
            ORDER BY g.branch_code, s.staff_id NULLS FIRST;
    END LOOP;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._pool_state() IS
    'Every shared pool by branch and holder: what is in it, held, overdue; no row''s key or value (4.2).';
REVOKE ALL ON FUNCTION pgcustsec_internal._pool_state() FROM PUBLIC;
