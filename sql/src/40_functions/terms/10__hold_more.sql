CREATE FUNCTION pgcustsec_internal._hold_more(relation text, keys text[])
    RETURNS boolean
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
DECLARE
    held record;
    more bigint;
    found_some boolean := false;
BEGIN
    FOR held IN
        SELECT h.hold_id, h.predicate
        FROM pgcustsec_internal.hold AS h
        WHERE h.relation = relation AND h.predicate IS NOT NULL
            AND NOT EXISTS (SELECT FROM pgcustsec_internal.hold_release AS r WHERE r.hold_id = h.hold_id)
    LOOP
        INSERT INTO pgcustsec_internal.hold_subject (hold_id, relation, record_key)
            SELECT held.hold_id, relation, k.key
            FROM unnest(pgcustsec_internal.held_keys(relation, held.predicate, keys)) AS k (key)
            ON CONFLICT ON CONSTRAINT hold_subject_pkey DO NOTHING;
        GET DIAGNOSTICS more = ROW_COUNT;
        found_some := found_some OR more > 0;
    END LOOP;
    RETURN found_some;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._hold_more(text, text[]) IS
    'Writes down which of these rows the holds by predicate cover; whether any were not known yet (4.3).';
REVOKE ALL ON FUNCTION pgcustsec_internal._hold_more(text, text[]) FROM PUBLIC;
