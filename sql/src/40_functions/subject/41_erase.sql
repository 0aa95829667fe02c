-- One transaction has the rows, what hangs on them, the certificate and what became of the request: none without the others.
-- It waits for nobody for long: a row that somebody has is refused, and so is another erasure of the same.
CREATE FUNCTION pgcustsec.erase(request bigint)
    RETURNS bigint
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
DECLARE
    person record := pgcustsec_internal._person();
    waits text := current_setting('lock_timeout');
    asked record;
    access record;
    which text;
    of_table text;
BEGIN
    IF person.by_token THEN
        RAISE EXCEPTION 'a customer is erased through one''s own login, not an application''s (2.3)'
            USING ERRCODE = 'CS003', HINT = 'Connect as yourself.';
    END IF;
    PERFORM set_config('lock_timeout', '2s', true);
    PERFORM pgcustsec_internal._refuse_suspended(person.staff_id);
    -- In READ COMMITTED alone: a hold since an older snapshot would be passed over.
    PERFORM pgcustsec_internal._own_request(request, person.staff_id);
    asked := pgcustsec_internal._approved_request(request, person.staff_id, true);
    access := pgcustsec_internal._access(
        format('%I.%I', asked.role_code, (pgcustsec_internal._name_parts(asked.relation))[2]));
    PERFORM pgcustsec_internal._refuse_idle(access.role_code, access.ends_at, access.committed);
    -- By the lists and the matrix of today: also that they still serve the customers.
    PERFORM pgcustsec_internal._check_requester(request);
    PERFORM pgcustsec_internal._check_request(request);
    PERFORM pgcustsec_internal._record_request(request, 'erased', person.staff_id, NULL, NULL);
    PERFORM pgcustsec_internal.erase_rows(asked.relation, request, asked.keys);
    PERFORM set_config('lock_timeout', waits, true);
    RETURN (SELECT c.certificate_id FROM pgcustsec_internal.certificate AS c WHERE c.request_id = request);
EXCEPTION
    WHEN lock_not_available THEN
        RAISE EXCEPTION 'request %: somebody else is at work on these customers, or on the request: nothing was erased (4.3)', request
            USING ERRCODE = 'lock_not_available', HINT = 'Try again in a moment.';
    WHEN integrity_constraint_violation THEN
        GET STACKED DIAGNOSTICS which = CONSTRAINT_NAME, of_table = TABLE_NAME;
        RAISE EXCEPTION 'request %: something refers to these customers that does not go with them: constraint % of % (4.3)',
            request, coalesce(nullif(which, ''), 'a trigger'), coalesce(nullif(of_table, ''), 'the table')
            USING ERRCODE = 'CS410', HINT = 'An administrator puts a table that refers to them into the matrix.';
END;
$function$;
COMMENT ON FUNCTION pgcustsec.erase(bigint) IS
    'Fulfils an approved wish to be erased, of the caller''s: destroys the customers with all that hangs on them, unless a legal hold or a date to come keeps one; returns the number of the certificate (4.3).';
REVOKE ALL ON FUNCTION pgcustsec.erase(bigint) FROM PUBLIC;
