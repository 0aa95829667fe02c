-- For the policy by which pgcustsec_owner may delete a row that is within its term: in the deleting transaction the event is
-- there, and a request that was never approved has none.
CREATE FUNCTION pgcustsec_internal._wish_granted(relation text, record_key text)
    RETURNS boolean
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
BEGIN
    RETURN EXISTS (
        SELECT
        FROM pgcustsec_internal.request_event AS e
        JOIN pgcustsec_internal.request AS r ON r.request_id = e.request_id
        WHERE e.kind = 'erased' AND r.relation = relation AND record_key = ANY (r.keys));
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._wish_granted(text, text) IS
    'Whether a request to erase this row was approved and is being fulfilled (4.3).';
REVOKE ALL ON FUNCTION pgcustsec_internal._wish_granted(text, text) FROM PUBLIC;
