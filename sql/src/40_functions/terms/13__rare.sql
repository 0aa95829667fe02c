CREATE FUNCTION pgcustsec_internal._rare(relation text, combinations jsonb[])
    RETURNS TABLE (combination jsonb, rare boolean)
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
BEGIN
    -- One batch of a table after the other counts what is alike.
    LOCK TABLE pgcustsec_internal.anonymised IN SHARE ROW EXCLUSIVE MODE;
    RETURN QUERY
        WITH batch AS MATERIALIZED (
            SELECT b.combination, count(*) AS rows FROM unnest(combinations) AS b (combination) GROUP BY b.combination
        ), counted AS (
            INSERT INTO pgcustsec_internal.anonymised AS a (relation, combination, rows)
            SELECT relation, b.combination, b.rows
            FROM batch AS b
            LEFT JOIN pgcustsec_internal.anonymised AS o ON o.relation = relation AND o.combination = b.combination
            WHERE b.rows + coalesce(o.rows, 0) >= 5
            ON CONFLICT ON CONSTRAINT anonymised_pkey DO UPDATE SET rows = a.rows + EXCLUDED.rows
            RETURNING a.combination
        )
        SELECT b.combination, NOT EXISTS (SELECT FROM counted AS c WHERE c.combination = b.combination)
        FROM batch AS b;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._rare(text, jsonb[]) IS
    'Of which combinations that rows keep there are fewer than five: they point at somebody (4.3). The others are counted.';
REVOKE ALL ON FUNCTION pgcustsec_internal._rare(text, jsonb[]) FROM PUBLIC;
