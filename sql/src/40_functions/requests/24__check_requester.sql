-- What was true when it was drafted or filed need not be: matrix and roles change.
CREATE FUNCTION pgcustsec_internal._check_requester(request bigint)
    RETURNS void
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
DECLARE
    asked pgcustsec_internal.request;
BEGIN
    SELECT r.* INTO asked FROM pgcustsec_internal.request AS r WHERE r.request_id = request;
    IF NOT EXISTS (
        SELECT
        FROM pgcustsec_internal.request_kind AS k
        JOIN pgcustsec_internal.staff AS s ON s.staff_id = asked.requester AND s.active AND NOT pgcustsec_internal._is_service(s.staff_id)
        JOIN pgcustsec_internal.staff_role AS h ON h.staff_id = s.staff_id
            AND (h.role_code = ANY (k.filed_by) OR h.role_code = k.custodian)
        WHERE k.kind_code = asked.kind_code AND CASE
            WHEN k.standing THEN asked.role_code = pgcustsec_internal._served_in(asked.used_by, s.staff_id, asked.relation)
            ELSE h.role_code = asked.role_code AND asked.used_by = asked.requester
        END)
    THEN
        RAISE EXCEPTION 'request % is of a kind that its requester does not file today as % (5.2.1)', request, asked.role_code
            USING ERRCODE = 'CS202', HINT = 'It can be refused, or withdrawn.';
    ELSIF NOT EXISTS (
        SELECT
        FROM pgcustsec_internal.purpose AS p
        WHERE p.purpose_code = asked.purpose AND asked.role_code = ANY (p.roles))
    THEN
        RAISE EXCEPTION 'request % is for a purpose that % does not work for today (4.3)', request, asked.role_code
            USING ERRCODE = 'CS007', HINT = 'It can be refused, or withdrawn.';
    ELSIF NOT pgcustsec_internal._in_custody(request, NULL) THEN
        RAISE EXCEPTION 'request % is a disclosure, and its requester is not the named custodian today (3.3)', request
            USING ERRCODE = 'CS312', HINT = 'It can be refused, or withdrawn; the custodian of today files another.';
    END IF;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._check_requester(bigint) IS
    'Refuses a request that its requester could not file today, in that role, for that purpose (4.3, 5.2.1).';
REVOKE ALL ON FUNCTION pgcustsec_internal._check_requester(bigint) FROM PUBLIC;
