-- What a claim shows, tier 2 of the prospect, shows in the claiming transaction already, and a rollback would take the
-- claim back: so the day's budget is spent and a line logged before it returns, as find() does.
CREATE FUNCTION pgcustsec.claim(relation text, key text)
    RETURNS timestamptz
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    access record := pgcustsec_internal._pool_access(relation);
    seen text[];  -- key and customer
    budget pgcustsec_internal.budget;
    moment timestamptz;
    taken text;
BEGIN
    PERFORM pgcustsec_internal._refuse_idle(access.role_code, access.ends_at, access.committed);
    seen := pgcustsec_internal.row_of_key(access.access_code, key);
    -- One claim of a person after the other, until each commits: else two at once would each be the last that is allowed.
    SELECT b.* INTO budget FROM pgcustsec_internal.budget AS b WHERE b.staff_id = access.staff_id FOR NO KEY UPDATE;
    IF pgcustsec_internal.pool_count(access.pool_code, access.staff_id, access.claim_limit) >= access.claim_limit THEN
        RAISE EXCEPTION 'you hold % prospects of %, as many as one person may (4.2)', access.claim_limit, access.pool_code
            USING ERRCODE = 'CS503', HINT = 'Give one back: SELECT pgcustsec.release(relation, key).';
    END IF;
    moment := clock_timestamp();
    IF seen IS NOT NULL THEN
        taken := pgcustsec_internal.pool_turn(access.pool_code, seen[1], NULL, access.staff_id, moment);
    END IF;
    -- One answer for what is not there, is not seen, is somebody's or bought.
    IF taken IS NULL THEN
        RAISE EXCEPTION 'no such prospect in the shared pool of %, or somebody is taking it now (4.2)', access.pool_code
            USING ERRCODE = 'CS502', HINT = 'Choose another.';
    END IF;
    PERFORM pgcustsec_internal._end_claims(access.pool_code, taken, NULL, NULL, moment);
    IF EXISTS (
        SELECT
        FROM pgcustsec_internal.pool_claim AS c
        JOIN pgcustsec_internal.pool_claim_end AS e ON e.claim_id = c.claim_id
        WHERE c.relation = access.pool_code AND c.record_key = taken AND c.staff_id = access.staff_id
            AND e.ended_at > moment - make_interval(hours => 24 * access.cool_down_days))
    THEN
        RAISE EXCEPTION 'this prospect of % was yours less than % days ago (4.2)', access.pool_code, access.cool_down_days
            USING ERRCODE = 'CS504', HINT = 'Choose another; a colleague may claim this one.';
    END IF;
    IF NOT pgcustsec_internal._spend(access.staff_id, budget.openings, access.openings_per_day) THEN
        PERFORM pgcustsec_internal._refuse_spent(access.staff_id, 'openings', access.openings_per_day);
    END IF;
    RAISE LOG 'pgcustsec: % claims a prospect of %', access.staff_id, access.pool_code;
    INSERT INTO pgcustsec_internal.pool_claim (staff_id, relation, record_key, claimed_at)
        VALUES (access.staff_id, access.pool_code, taken, moment);
    INSERT INTO pgcustsec_internal.audit (
        kind, staff_id, session_id, role_code, relation, record_key, customer_key, purpose, at)
    VALUES (
        'prospect_claimed', access.staff_id, access.session_id, access.role_code, access.pool_code, taken,
        seen[2], access.purpose, moment);
    PERFORM set_config('synchronous_commit', 'on', true);
    RETURN moment + make_interval(hours => 24 * access.recycle_days);
END;
$function$;
COMMENT ON FUNCTION pgcustsec.claim(text, text) IS
    'Takes a prospect out of the shared pool (共享池) of a table: the caller serves it from now on; returns when it goes back without progress (4.2).';
REVOKE ALL ON FUNCTION pgcustsec.claim(text, text) FROM PUBLIC;
