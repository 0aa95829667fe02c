CREATE FUNCTION pgcustsec_internal._file_request(
    kind text, purpose text, relation text, columns text[], predicate jsonb, keys text[], days integer,
    max_rows integer, discloses boolean, service text)
    RETURNS bigint
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
DECLARE
    person record := pgcustsec_internal._person();
    rule pgcustsec_internal.request_kind;
    parts text[];
    filing record;
    made bigint;
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        -- A suspension since such a snapshot was taken would be passed over.
        PERFORM pgcustsec_internal.refuse_old_snapshot();
    END IF;
    PERFORM pgcustsec_internal._refuse_suspended(person.staff_id);
    PERFORM pgcustsec_internal._refuse_overdue(person.staff_id);
    SELECT k.* INTO rule FROM pgcustsec_internal.request_kind AS k WHERE k.kind_code = kind;
    parts := pgcustsec_internal._name_parts(relation);
    SELECT a.role_code, a.schema_name || '.' || a.table_name AS relation
    INTO filing
    FROM pgcustsec_internal.access AS a
    JOIN pgcustsec_internal.role AS r ON r.role_code = a.role_code
    WHERE CASE
            WHEN rule.standing THEN rule.filed_by && person.roles
                AND a.role_code = pgcustsec_internal._served_in(
                    service, person.staff_id, a.schema_name || '.' || a.table_name)
            ELSE service IS NULL AND a.role_code = ANY (person.roles)
                AND (a.role_code = ANY (rule.filed_by) OR a.role_code = rule.custodian)
        END
        AND a.table_name = parts[cardinality(parts)]
        AND (cardinality(parts) = 1 OR parts[1] IN (a.schema_name, a.role_code))
    ORDER BY r.place
    LIMIT 1;
    IF NOT FOUND THEN
        RAISE EXCEPTION '%', CASE
            WHEN rule.standing THEN 'a standing request is for a service that you answer for, as its manager, and whose role has the table (5.2.1)'
            ELSE 'no role of yours files requests of that kind for that table (5.2.1)' END
            USING ERRCODE = 'CS202', HINT = format('Kinds that a role of yours files: %s.', (
                SELECT coalesce(string_agg(k.kind_code, ', ' ORDER BY k.kind_code), 'none')
                FROM pgcustsec_internal.request_kind AS k
                WHERE k.filed_by && person.roles OR k.custodian = ANY (person.roles)));
    ELSIF NOT EXISTS (
        SELECT FROM pgcustsec_internal.purpose AS p WHERE p.purpose_code = purpose AND filing.role_code = ANY (p.roles))
    THEN
        RAISE EXCEPTION 'role % does not work for that purpose (4.3)', filing.role_code
            USING ERRCODE = 'CS007', HINT = 'pgcustsec.whoami() says which are yours.';
    ELSIF discloses AND rule.custodian = '' THEN
        RAISE EXCEPTION 'a request of kind % is no disclosure (3.3)', kind
            USING ERRCODE = 'CS202', HINT = 'SELECT pgcustsec.file_request(...).';
    END IF;
    IF rule.custodian <> '' THEN
        PERFORM pgcustsec_internal._refuse_others(person.staff_id, filing.role_code, discloses);
    END IF;
    INSERT INTO pgcustsec_internal.request AS r (
        kind_code, requester, used_by, role_code, purpose, relation, columns, predicate, keys, days, max_rows)
    VALUES (
        kind, person.staff_id, coalesce(service, person.staff_id), filing.role_code, purpose, filing.relation, coalesce(columns, '{}'), predicate, keys,
        coalesce(days, 0), coalesce(max_rows, rule.max_rows))
    RETURNING r.request_id INTO made;
    PERFORM pgcustsec_internal._check_request(made);
    RETURN made;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._file_request(text, text, text, text[], jsonb, text[], integer, integer, boolean, text) IS
    'Makes a request of the caller''s, checked, and returns its number; who calls it says next what it is: drafted or filed (4.3, 5.2.1).';
REVOKE ALL ON FUNCTION pgcustsec_internal._file_request(text, text, text, text[], jsonb, text[], integer, integer, boolean, text) FROM PUBLIC;
