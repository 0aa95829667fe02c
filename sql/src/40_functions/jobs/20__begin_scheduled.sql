CREATE FUNCTION pgcustsec_internal._begin_scheduled(job text, time_limit interval)
    RETURNS jsonb
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
    SET lock_timeout = '2s'
AS $function$
#variable_conflict use_variable
DECLARE
    tasks jsonb;
    other pgcustsec_internal.job_run;
BEGIN
    IF job IS NULL OR job NOT IN ('retention', 'pool') THEN
        RAISE EXCEPTION 'there is no such job (4.2, 4.3)'
            USING ERRCODE = 'invalid_parameter_value', HINT = 'Name one: retention, pool.';
    ELSIF time_limit IS NULL OR time_limit <= interval '0' THEN
        RAISE EXCEPTION 'a run has some time (4.2, 4.3)'
            USING ERRCODE = 'invalid_parameter_value', HINT = 'Give a limit as ''4 hours'', or none.';
    END IF;
    -- Of two that begin at once the second sees the first.
    LOCK TABLE pgcustsec_internal.job_run IN SHARE ROW EXCLUSIVE MODE;
    SELECT r.* INTO other
    FROM pgcustsec_internal.job_run AS r
    WHERE r.job = job AND r.began > clock_timestamp() - interval '1 day' AND pgcustsec_internal._at_work(r.run_id)
    ORDER BY r.began DESC LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'job % is at work already: run %, process %', job, other.run_id, other.process
            USING ERRCODE = 'lock_not_available', HINT = 'Nothing is left undone: that one goes on.';
    END IF;
    IF job = 'retention' THEN
        -- First what rules changed, in tables whose rows can be touched: those that are sealed.
        SELECT jsonb_agg(jsonb_build_array(t.task, q.relation) ORDER BY t.place, q.relation) INTO tasks
        FROM (SELECT DISTINCT r.relation FROM pgcustsec_internal.retention_rule AS r) AS q
        CROSS JOIN (VALUES (1, 'restamp'), (2, 'sweep')) AS t (place, task)
        WHERE t.task = 'sweep' OR NOT EXISTS (
            SELECT FROM pg_constraint AS k
            WHERE k.conrelid = to_regclass(format('%I.%I', split_part(q.relation, '.', 1), split_part(q.relation, '.', 2)))
                AND NOT k.convalidated AND starts_with(k.conname, 'pgcustsec_sealed_'));
    ELSE
        SELECT jsonb_agg(jsonb_build_array('recycle', p.pool_code) ORDER BY p.pool_code) INTO tasks
        FROM pgcustsec_internal.pool AS p;
    END IF;
    RETURN jsonb_build_object(
        'run', pgcustsec_internal._begin_run(job, 'procedure'), 'until', clock_timestamp() + time_limit,
        'tasks', coalesce(tasks, '[]'), 'done', jsonb_build_object(), 'failed', jsonb_build_object(), 'tries', 0);
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._begin_scheduled(text, interval) IS
    'Begins a run, unless one of the job is at work: what is to be done, of which table, until when (4.2, 4.3).';
REVOKE ALL ON FUNCTION pgcustsec_internal._begin_scheduled(text, interval) FROM PUBLIC;
