CREATE FUNCTION pgcustsec.file_disclosure(
    kind text, purpose text, relation text, columns text[], predicate jsonb, keys text[], days integer, authority text,
    legal_basis text, document_number text, max_rows integer DEFAULT NULL)
    RETURNS bigint
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
DECLARE
    person record := pgcustsec_internal._person();
    made bigint;
BEGIN
    IF person.by_token THEN
        RAISE EXCEPTION 'a disclosure is filed through one''s own login, not an application''s (2.3)'
            USING ERRCODE = 'CS003', HINT = 'Connect as yourself.';
    END IF;
    made := pgcustsec_internal._file_request(kind, purpose, relation, columns, predicate, keys, days, max_rows, true, NULL);
    IF pgcustsec_internal._says_nothing(authority) IS NOT FALSE OR pgcustsec_internal._says_nothing(legal_basis) IS NOT FALSE
        OR pgcustsec_internal._says_nothing(document_number) IS NOT FALSE
    THEN
        RAISE EXCEPTION 'a disclosure states the authority, the legal basis and the number of its document (3.3)'
            USING ERRCODE = 'CS206', HINT = 'Say all three, as the eighth to the tenth argument.';
    END IF;
    INSERT INTO pgcustsec_internal.disclosure (
        request_id, naming_id, department_code, authority, legal_basis, document_number)
    SELECT made, c.naming_id, s.department_code, authority, legal_basis, document_number
    FROM pgcustsec_internal.request AS r
    JOIN pgcustsec_internal.staff AS s ON s.staff_id = r.requester
    CROSS JOIN LATERAL pgcustsec_internal._custodian(s.department_code, r.role_code) AS c
    WHERE r.request_id = made;
    -- Its terms have the disclosure in them: so this comes after.
    PERFORM pgcustsec_internal._record_request(made, 'filed', person.staff_id, NULL, NULL);
    RETURN made;
END;
$function$;
COMMENT ON FUNCTION pgcustsec.file_disclosure(text, text, text, text[], jsonb, text[], integer, text, text, text, integer) IS
    'Files a disclosure to an authority (监管司法调取), for the named custodian of a department: a request like any other, with authority, legal basis and document number; returns its number (3.3).';
REVOKE ALL ON FUNCTION pgcustsec.file_disclosure(text, text, text, text[], jsonb, text[], integer, text, text, text, integer) FROM PUBLIC;
