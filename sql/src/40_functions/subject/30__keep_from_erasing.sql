-- A hold and an erasure of the same customer come one after the other, by the customer's own row: no lock of a whole table,
-- which somebody's open transaction could hold against every hold.
CREATE FUNCTION pgcustsec_internal._keep_from_erasing(relation text, predicate jsonb, keys text[])
    RETURNS void
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
DECLARE
    waits text := current_setting('lock_timeout');
    -- By conditions: those whose wish to be erased is on its way. Whoever wishes it later finds the hold.
    rows text[] := coalesce(keys, pgcustsec_internal.held_keys(relation, predicate, ARRAY(
        SELECT k.key
        FROM pgcustsec_internal.request AS r
        JOIN pgcustsec_internal.request_kind AS q ON q.kind_code = r.kind_code AND q.erases
        CROSS JOIN LATERAL unnest(r.keys) AS k (key)
        WHERE r.relation = relation AND NOT EXISTS (
            SELECT FROM pgcustsec_internal.request_event AS e
            WHERE e.request_id = r.request_id AND e.kind IN ('refused', 'withdrawn', 'closed', 'erased')))));
BEGIN
    PERFORM set_config('lock_timeout', '5s', true);
    -- Who is gone by then is not held; the others are.
    PERFORM pgcustsec_internal.keep_rows(relation, rows);
    PERFORM set_config('lock_timeout', waits, true);
EXCEPTION WHEN lock_not_available THEN
    RAISE EXCEPTION 'a customer of % that the hold covers is being erased in a transaction that is open: nothing is held yet (4.3)', relation
        USING ERRCODE = 'lock_not_available',
            HINT = 'Place it again. If that goes on, suspend who does it, and end their connections: it is undone.';
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._keep_from_erasing(text, jsonb, text[]) IS
    'Waits for who erases one of the rows that a hold covers; who does it next waits for the hold (3.3, 4.3).';
REVOKE ALL ON FUNCTION pgcustsec_internal._keep_from_erasing(text, jsonb, text[]) FROM PUBLIC;
