CREATE FUNCTION pgcustsec.restamp(relation text, batch integer DEFAULT 10000, OUT seen bigint, OUT changed bigint, OUT done boolean)
    RETURNS record
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
DECLARE
    known text := pgcustsec_internal._retained(relation);
    recipe text := (SELECT min(q.recipe) FROM pgcustsec_internal.retention_rule AS q WHERE q.relation = known);
    went pgcustsec_internal.restamping;
    last_key text[];
BEGIN
    -- One at a time; with other rules it begins anew.
    INSERT INTO pgcustsec_internal.restamping AS r (relation, recipe) VALUES (known, recipe)
        ON CONFLICT ON CONSTRAINT restamping_pkey DO UPDATE
        SET recipe = EXCLUDED.recipe,
            last_key = CASE WHEN r.recipe = EXCLUDED.recipe THEN r.last_key END,
            done_at = CASE WHEN r.recipe = EXCLUDED.recipe THEN r.done_at END
        RETURNING r.* INTO went;
    done := went.done_at IS NOT NULL;
    seen := 0;
    changed := 0;
    IF done THEN
        RETURN;
    END IF;
    SELECT s.last, s.seen, s.changed INTO last_key, seen, changed
    FROM pgcustsec_internal.restamp_table(known, went.last_key, greatest(batch, 1)) AS s;
    done := seen < greatest(batch, 1);
    UPDATE pgcustsec_internal.restamping AS r
    SET last_key = coalesce(last_key, r.last_key), done_at = CASE WHEN done THEN clock_timestamp() END
    WHERE r.relation = known;
END;
$function$;
COMMENT ON FUNCTION pgcustsec.restamp(text, integer) IS
    'Works out anew until when the next so many rows of a table are kept, where its rules are others than when that was done last (4.3).';
REVOKE ALL ON FUNCTION pgcustsec.restamp(text, integer) FROM PUBLIC;
