CREATE FUNCTION pgcustsec_internal._end_claims(relation text, record_key text, holder text, how text, moment timestamptz)
    RETURNS void
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
DECLARE
    running bigint[] := ARRAY(
        SELECT c.claim_id
        FROM pgcustsec_internal.pool_claim AS c
        WHERE c.relation = _end_claims.relation AND c.record_key = _end_claims.record_key
            AND c.staff_id = _end_claims.holder
            AND NOT EXISTS (SELECT FROM pgcustsec_internal.pool_claim_end AS e WHERE e.claim_id = c.claim_id));
    made bigint;
BEGIN
    IF holder IS NOT NULL AND cardinality(running) = 0 THEN
        -- They came to it without claiming it, and are kept from claiming it all the same.
        INSERT INTO pgcustsec_internal.pool_claim AS c (staff_id, relation, record_key)
            VALUES (holder, relation, record_key)
            RETURNING c.claim_id INTO made;
        running := ARRAY[made];
    END IF;
    INSERT INTO pgcustsec_internal.pool_claim_end (claim_id, ended_at, how)
        SELECT c.claim_id, moment, CASE WHEN c.claim_id = ANY (running) THEN how ELSE 'reassigned' END
        FROM pgcustsec_internal.pool_claim AS c
        WHERE c.relation = _end_claims.relation AND c.record_key = _end_claims.record_key
            AND NOT EXISTS (SELECT FROM pgcustsec_internal.pool_claim_end AS e WHERE e.claim_id = c.claim_id)
        ON CONFLICT ON CONSTRAINT pool_claim_end_pkey DO NOTHING;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._end_claims(text, text, text, text, timestamptz) IS
    'Writes down that a prospect''s claims are over: its holder''s as said, others'' because the row named somebody else since (4.2).';
REVOKE ALL ON FUNCTION pgcustsec_internal._end_claims(text, text, text, text, timestamptz) FROM PUBLIC;
