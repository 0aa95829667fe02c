-- Rows change hands, and prospects buy, without anybody telling the pool. So what the rows say is what counts, and the
-- list of claims follows when somebody looks.
CREATE FUNCTION pgcustsec_internal._settle_claims(relation text, moment timestamptz)
    RETURNS void
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
BEGIN
    INSERT INTO pgcustsec_internal.pool_claim_end (claim_id, ended_at, how)
        WITH running AS MATERIALIZED (
            SELECT c.claim_id, c.staff_id, c.record_key
            FROM pgcustsec_internal.pool_claim AS c
            WHERE c.relation = _settle_claims.relation
                AND NOT EXISTS (SELECT FROM pgcustsec_internal.pool_claim_end AS e WHERE e.claim_id = c.claim_id))
        SELECT
            r.claim_id, moment,
            CASE
                WHEN h.prospect IS NULL THEN 'gone'
                WHEN h.holder IS DISTINCT FROM r.staff_id THEN 'reassigned'
                ELSE 'bought'
            END
        FROM pgcustsec_internal.pool_held(relation, ARRAY(SELECT DISTINCT r.record_key FROM running AS r)) AS h
        JOIN running AS r ON r.record_key = h.record_key
        WHERE h.holder IS DISTINCT FROM r.staff_id OR NOT h.prospect
        ON CONFLICT ON CONSTRAINT pool_claim_end_pkey DO NOTHING;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._settle_claims(text, timestamptz) IS
    'Writes down which claims are over because the row says so: bought, in other hands, gone (4.2).';
REVOKE ALL ON FUNCTION pgcustsec_internal._settle_claims(text, timestamptz) FROM PUBLIC;
