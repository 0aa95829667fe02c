CREATE FUNCTION pgcustsec_internal._kept_quiet(role_code text, request bigint)
    RETURNS boolean
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
BEGIN
    RETURN EXISTS (
            SELECT FROM pgcustsec_internal.role AS r
            WHERE r.role_code = role_code AND (r.supervises OR EXISTS (
                SELECT FROM pgcustsec_internal.request_kind AS k WHERE k.custodian = r.role_code)))
        OR EXISTS (SELECT FROM pgcustsec_internal.disclosure AS d WHERE d.request_id = request)
        OR EXISTS (
            SELECT FROM pgcustsec_internal.request AS q
            JOIN pgcustsec_internal.request_kind AS k ON k.kind_code = q.kind_code AND k.custodian <> ''
            WHERE q.request_id = request);
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._kept_quiet(text, bigint) IS
    'Whether what was done in a role, by a request or without, is told to supervisors alone: disclosures and supervision (3.3, 5.1).';
REVOKE ALL ON FUNCTION pgcustsec_internal._kept_quiet(text, bigint) FROM PUBLIC;
