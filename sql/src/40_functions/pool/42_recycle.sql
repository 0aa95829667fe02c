-- For administrators, who act as pgcustsec_owner: no role of a matrix has it. Rows that others have locked are left for
-- the next time.
CREATE FUNCTION pgcustsec.recycle(relation text, batch integer DEFAULT 1000)
    RETURNS integer
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
DECLARE
    moment timestamptz := clock_timestamp();
    days integer;
    back record;
    returned integer := 0;
BEGIN
    SELECT p.recycle_days INTO days FROM pgcustsec_internal.pool AS p WHERE p.pool_code = relation;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'no table of that name with a shared pool (4.2)'
            USING ERRCODE = 'CS208', HINT = 'Name it as the matrix does: crm.customer.';
    END IF;
    batch := greatest(coalesce(batch, 1000), 1);
    FOR back IN
        SELECT r.record_key, r.holder
        FROM pgcustsec_internal.pool_recycle(relation, moment - make_interval(hours => 24 * days), moment, batch) AS r
    LOOP
        returned := returned + 1;
        PERFORM pgcustsec_internal._end_claims(relation, back.record_key, back.holder, 'recycled', moment);
        INSERT INTO pgcustsec_internal.audit (kind, relation, record_key, customer_key, about, at)
            VALUES (
                'prospect_recycled', relation, back.record_key, relation || ' ' || back.record_key,
                (SELECT 'held by ' || s.staff_id FROM pgcustsec_internal.staff AS s WHERE s.staff_id = back.holder),
                moment);
    END LOOP;
    IF returned < batch THEN
        PERFORM pgcustsec_internal._settle_claims(relation, moment);
    END IF;
    RETURN returned;
END;
$function$;
COMMENT ON FUNCTION pgcustsec.recycle(text, integer) IS
    'Gives prospects whose holder made no progress for the matrix''s days back to the shared pool (共享池), so many at most; returns how many; 0: none is left (4.2, 4.3).';
REVOKE ALL ON FUNCTION pgcustsec.recycle(text, integer) FROM PUBLIC;
