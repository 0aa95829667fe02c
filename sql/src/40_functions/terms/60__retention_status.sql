CREATE FUNCTION pgcustsec_internal._retention_status(months integer)
    RETURNS TABLE (relation text, rule text, keep_days integer, keeps text, due bigint, held bigint, oldest timestamptz, done bigint, forecast jsonb)
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_column
BEGIN
    RETURN QUERY
        SELECT
            q.relation, q.name, q.keep_days, nullif(q.keeps, ''), d.due, d.held, d.oldest,
            coalesce((
                SELECT sum(c.subjects) FROM pgcustsec_internal.certificate AS c
                WHERE c.relation = q.relation AND c.rule = q.name), 0)::bigint,
            d.forecast
        FROM pgcustsec_internal.retention_rule AS q
        LEFT JOIN LATERAL (
            SELECT
                coalesce(sum(t.rows) FILTER (WHERE t.month IS NULL), 0)::bigint AS due,
                coalesce(sum(t.rows) FILTER (WHERE t.month IS NULL AND t.held), 0)::bigint AS held,
                min(t.oldest) FILTER (WHERE t.month IS NULL) AS oldest,
                jsonb_object_agg(t.month, t.of_month) FILTER (WHERE t.month IS NOT NULL) AS forecast
            FROM (
                SELECT w.rule, w.month, w.held, w.rows, w.oldest, sum(w.rows) OVER (PARTITION BY w.rule, w.month) AS of_month
                FROM pgcustsec_internal.due_rows(q.relation, _retention_status.months) AS w) AS t
            WHERE t.rule = q.name) AS d ON true
        ORDER BY q.relation, q.place;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._retention_status(integer) IS
    'What is due by each rule of retention, what of it is held, what is done, and what will be due month by month (4.3).';
REVOKE ALL ON FUNCTION pgcustsec_internal._retention_status(integer) FROM PUBLIC;
