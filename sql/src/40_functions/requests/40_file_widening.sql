-- Its target is the digest of one plan: what it changes for people, and the whole matrix that it comes from.
CREATE FUNCTION pgcustsec.file_widening(kind text, purpose text, digest text, days integer)
    RETURNS bigint
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
DECLARE
    person record := pgcustsec_internal._person();
    role_code text;
    made bigint;
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        -- A suspension since such a snapshot was taken would be passed over.
        PERFORM pgcustsec_internal.refuse_old_snapshot();
    END IF;
    PERFORM pgcustsec_internal._refuse_suspended(person.staff_id);
    PERFORM pgcustsec_internal._refuse_overdue(person.staff_id);
    SELECT r.role_code INTO role_code
    FROM pgcustsec_internal.request_kind AS k
    JOIN pgcustsec_internal.role AS r ON r.role_code = ANY (k.filed_by) AND r.role_code = ANY (person.roles)
    WHERE k.kind_code = kind AND k.widens
    ORDER BY NOT EXISTS (
        SELECT FROM pgcustsec_internal.purpose AS p WHERE p.purpose_code = purpose AND r.role_code = ANY (p.roles)), r.place
    LIMIT 1;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'no role of yours files requests of that kind to widen the matrix (5.2.5)'
            USING ERRCODE = 'CS202', HINT = format('Kinds that widen: %s.', (
                SELECT coalesce(string_agg(k.kind_code || ', filed by ' || array_to_string(k.filed_by, ', '), '; '), 'none')
                FROM pgcustsec_internal.request_kind AS k
                WHERE k.widens));
    END IF;
    INSERT INTO pgcustsec_internal.request AS r (
        kind_code, requester, used_by, role_code, purpose, relation, columns, keys, days, max_rows)
    VALUES (
        kind, person.staff_id, person.staff_id, role_code, purpose, '(matrix)', '{}', ARRAY[digest], coalesce(days, 0), 0)
    RETURNING r.request_id INTO made;
    PERFORM pgcustsec_internal._check_requester(made);
    PERFORM pgcustsec_internal._check_request(made);
    PERFORM pgcustsec_internal._record_request(made, 'filed', person.staff_id, NULL, NULL);
    RETURN made;
END;
$function$;
COMMENT ON FUNCTION pgcustsec.file_widening(text, text, text, integer) IS
    'Files a request that a plan be applied which lets somebody see more, by the digest that pgcustsec plan prints; returns its number (5.2.5).';
REVOKE ALL ON FUNCTION pgcustsec.file_widening(text, text, text, integer) FROM PUBLIC;
