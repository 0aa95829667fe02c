-- What was approved is this and nothing else: a change of the request or of the matrix gives another digest, and no approval
-- of the one before counts.
CREATE FUNCTION pgcustsec_internal._request_terms(request bigint)
    RETURNS text
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
BEGIN
    RETURN (
        SELECT encode(sha256(convert_to(jsonb_build_array(
            to_jsonb(r), to_jsonb(k), to_jsonb(a),
            (SELECT to_jsonb(d) FROM pgcustsec_internal.disclosure AS d WHERE d.request_id = r.request_id),
            (SELECT jsonb_agg(to_jsonb(c) ORDER BY c.classification_code)
                FROM pgcustsec_internal.classification AS c WHERE c.relation = r.relation))::text, 'UTF8')), 'hex')
        FROM pgcustsec_internal.request AS r
        JOIN pgcustsec_internal.request_kind AS k ON k.kind_code = r.kind_code
        LEFT JOIN pgcustsec_internal.access AS a ON a.role_code = r.role_code AND a.schema_name || '.' || a.table_name = r.relation
        -- A widening is of the matrix, and of no table of it.
        WHERE r.request_id = request AND (a.access_code IS NOT NULL OR k.widens));
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._request_terms(bigint) IS
    'Digest of a request and of what the matrix says of its kind, table and columns; NULL: the matrix no longer has them (5.2.1).';
REVOKE ALL ON FUNCTION pgcustsec_internal._request_terms(bigint) FROM PUBLIC;
