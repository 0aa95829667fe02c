-- A hold and an erasure of the same customer come one after the other, by the requests that wish for one: who erases has
-- their own locked. No table is, and no customer's row, which somebody's open transaction could hold against every hold.
CREATE FUNCTION pgcustsec_internal._keep_from_erasing(relation text, predicate jsonb, keys text[])
    RETURNS void
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
DECLARE
    waits text := current_setting('lock_timeout');
    -- On their way. Who wishes it later, and has it approved, finds the hold.
    wishes bigint[] := ARRAY(
        SELECT r.request_id
        FROM pgcustsec_internal.request AS r
        JOIN pgcustsec_internal.request_kind AS q ON q.kind_code = r.kind_code AND q.erases
        WHERE r.relation = relation
            AND NOT EXISTS (
                SELECT FROM pgcustsec_internal.request_event AS e
                WHERE e.request_id = r.request_id AND e.kind IN ('refused', 'withdrawn', 'closed', 'erased'))
            AND CASE
                WHEN keys IS NULL THEN cardinality(pgcustsec_internal.held_keys(relation, predicate, r.keys)) > 0
                ELSE r.keys && keys
            END
        ORDER BY r.request_id);
BEGIN
    PERFORM set_config('lock_timeout', '5s', true);
    -- Who is gone by then is not held; the others are.
    PERFORM FROM pgcustsec_internal.request AS r WHERE r.request_id = ANY (wishes) ORDER BY r.request_id FOR SHARE;
    PERFORM set_config('lock_timeout', waits, true);
EXCEPTION WHEN lock_not_available THEN
    RAISE EXCEPTION 'somebody is at work on a wish to be erased that the hold covers (request %), in a transaction that is open: nothing is held yet (4.3)',
        array_to_string(wishes, ', ')
        USING ERRCODE = 'lock_not_available',
            HINT = 'Place it again. If that goes on, suspend who it is, and end their connections: it is undone.';
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._keep_from_erasing(text, jsonb, text[]) IS
    'Waits for who erases a customer that a hold covers; who does it next waits for the hold (3.3, 4.3).';
REVOKE ALL ON FUNCTION pgcustsec_internal._keep_from_erasing(text, jsonb, text[]) FROM PUBLIC;
