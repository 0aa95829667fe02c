-- A request whose kind has a custodian, or that was filed as a disclosure, is its requester's only while they are the
-- custodian of the department that it was filed from.
CREATE FUNCTION pgcustsec_internal._in_custody(request bigint, login name)
    RETURNS boolean
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
BEGIN
    RETURN coalesce((
        SELECT coalesce(k.custodian, '') = '' AND d.request_id IS NULL
            OR c.staff_id = r.requester AND c.login = coalesce(_in_custody.login, c.login)
        FROM pgcustsec_internal.request AS r
        LEFT JOIN pgcustsec_internal.request_kind AS k ON k.kind_code = r.kind_code
        LEFT JOIN pgcustsec_internal.disclosure AS d ON d.request_id = r.request_id
        LEFT JOIN LATERAL pgcustsec_internal._custodian(d.department_code, r.role_code) AS c ON true
        WHERE r.request_id = request), false);
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._in_custody(bigint, name) IS
    'Whether a request is handled by its custodian today, over this login if one is said; true of what is no disclosure (3.3).';
REVOKE ALL ON FUNCTION pgcustsec_internal._in_custody(bigint, name) FROM PUBLIC;
