-- The wish is on record once: whoever says it again gets the request that is on its way.
CREATE FUNCTION pgcustsec.file_erasure(relation text, keys text[], reason text)
    RETURNS bigint
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
DECLARE
    access record := pgcustsec_internal._access(relation);
    kind record;
    known text := access.schema_name || '.' || access.table_name;
    made bigint;
BEGIN
    PERFORM pgcustsec_internal._refuse_idle(access.role_code, access.ends_at, access.committed);
    IF coalesce(pgcustsec_internal._says_nothing(reason), true) THEN
        RAISE EXCEPTION 'a wish to be erased states how the customer said it (4.3)'
            USING ERRCODE = 'CS206', HINT = 'Say it: their letter, of which day.';
    END IF;
    SELECT k.kind_code, k.max_days INTO kind
    FROM pgcustsec_internal.request_kind AS k
    WHERE k.erases AND access.role_code = ANY (k.filed_by)
    ORDER BY k.kind_code
    LIMIT 1;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'role % files no wishes to be erased (4.3)', access.role_code
            USING ERRCODE = 'CS202', HINT = format('Roles that do: %s.', (
                SELECT coalesce(string_agg(DISTINCT f.role_code, ', '), 'none')
                FROM pgcustsec_internal.request_kind AS k CROSS JOIN LATERAL unnest(k.filed_by) AS f (role_code)
                WHERE k.erases));
    END IF;
    SELECT r.request_id INTO made
    FROM pgcustsec_internal.request AS r
    JOIN pgcustsec_internal.request_kind AS k ON k.kind_code = r.kind_code AND k.erases
    CROSS JOIN LATERAL pgcustsec_internal._request_state(r.request_id) AS s
    WHERE r.requester = access.staff_id AND r.relation = known AND r.role_code = access.role_code
        AND r.keys <@ keys AND keys <@ r.keys
        AND s.state IN ('filed', 'in approval', 'approved')
    ORDER BY s.state <> 'approved', r.request_id DESC
    LIMIT 1;
    IF made IS NULL THEN
        made := pgcustsec_internal._file_request(
            kind.kind_code, access.purpose, format('%I.%I', access.role_code, access.table_name), '{}', NULL, keys,
            kind.max_days, NULL, false, NULL);
        PERFORM pgcustsec_internal._record_request(made, 'filed', access.staff_id, NULL, reason);
    END IF;
    RETURN made;
END;
$function$;
COMMENT ON FUNCTION pgcustsec.file_erasure(text, text[], text) IS
    'Files a customer''s wish to be erased, for who serves them; returns the number of the request, of the one on its way if there is one (4.3).';
REVOKE ALL ON FUNCTION pgcustsec.file_erasure(text, text[], text) FROM PUBLIC;
