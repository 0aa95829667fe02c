CREATE FUNCTION pgcustsec_internal._run_batch(task text, relation text, OUT went jsonb, OUT finished boolean)
    RETURNS record
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
BEGIN
    -- No matrix is applied meanwhile.
    LOCK TABLE pgcustsec_internal.applied_matrix IN ROW EXCLUSIVE MODE;
    CASE task
        WHEN 'restamp' THEN
            SELECT jsonb_build_object('restamped', b.changed), b.done INTO went, finished
            FROM pgcustsec.restamp(relation, 10000) AS b;
        WHEN 'sweep' THEN
            SELECT
                jsonb_build_object(
                    'destroyed', b.destroyed, 'anonymised', b.anonymised, 'restamped', b.restamped, 'blocked', b.blocked),
                b.destroyed + b.anonymised + b.restamped = 0
            INTO went, finished
            FROM pgcustsec.sweep(relation, 1000) AS b;
        WHEN 'recycle' THEN
            SELECT jsonb_build_object('recycled', b.returned), b.returned < 1000 INTO went, finished
            FROM pgcustsec.recycle(relation, 1000) AS b (returned);
    END CASE;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._run_batch(text, text) IS
    'One batch of a run: how many rows, by what was done with them, and whether the table is finished (4.2, 4.3).';
REVOKE ALL ON FUNCTION pgcustsec_internal._run_batch(text, text) FROM PUBLIC;
