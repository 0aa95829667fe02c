-- Rows are found by key whatever the statistics say, and expressions not compiled for a batch.
CREATE FUNCTION pgcustsec_internal._run_step(state jsonb)
    RETURNS jsonb
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
    SET lock_timeout = '2s'
    SET enable_seqscan = off
    SET random_page_cost = 1
    SET jit = off
AS $function$
DECLARE
    task text := state -> 'tasks' -> 0 ->> 0;
    relation text := state -> 'tasks' -> 0 ->> 1;
    tries integer := (state ->> 'tries')::integer;
    batch record;
    failure text;
    had jsonb;
BEGIN
    IF task IS NULL OR clock_timestamp() >= (state ->> 'until')::timestamptz THEN
        PERFORM pgcustsec_internal._end_run((state ->> 'run')::bigint, task IS NULL, state -> 'done', state -> 'failed');
        RETURN NULL;
    END IF;
    BEGIN
        SELECT b.went, b.finished INTO batch FROM pgcustsec_internal._run_batch(task, relation) AS b;
    EXCEPTION
        WHEN lock_not_available OR deadlock_detected OR serialization_failure THEN
            -- Others have what it needs: twice more, then the next table.
            failure := SQLSTATE;
            tries := tries + 1;
        WHEN OTHERS THEN
            failure := SQLSTATE;
            tries := 3;
            RAISE WARNING '% of % failed: %', task, relation, failure
                USING HINT = 'Run it by hand: pgcustsec retention run, pgcustsec pool recycle.';
    END;
    IF failure IS NOT NULL AND tries < 3 THEN
        RETURN state || jsonb_build_object('tries', tries);
    ELSIF failure IS NOT NULL THEN
        RETURN state || jsonb_build_object(
            'tasks', (state -> 'tasks') - 0, 'tries', 0,
            'failed', (state -> 'failed') || jsonb_build_object(relation, failure));
    END IF;
    had := coalesce(state -> 'done' -> relation, jsonb_build_object());
    -- What blocks its end is counted anew by each batch.
    had := had || (
        SELECT jsonb_object_agg(
            w.key,
            coalesce(w.value::bigint, 0) + CASE w.key WHEN 'blocked' THEN 0 ELSE coalesce((had ->> w.key)::bigint, 0) END)
        FROM jsonb_each_text(batch.went) AS w (key, value));
    RETURN state || jsonb_build_object(
        'tasks', CASE WHEN batch.finished IS FALSE THEN state -> 'tasks' ELSE (state -> 'tasks') - 0 END, 'tries', 0,
        'done', (state -> 'done') || jsonb_build_object(relation, had));
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._run_step(jsonb) IS
    'The next batch of a run, or its end, of which NULL tells; a table that fails keeps no other from its batch (4.2, 4.3).';
REVOKE ALL ON FUNCTION pgcustsec_internal._run_step(jsonb) FROM PUBLIC;
