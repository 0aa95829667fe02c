-- Neither what an authority asked for (3.3) nor what who supervises looked at: both would warn whom they are about.
CREATE FUNCTION pgcustsec_internal._subject_openings(customer text)
    RETURNS json
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
BEGIN
    RETURN (
        SELECT coalesce(json_agg(json_build_object(
            'at', a.at, 'what', a.kind, 'staff', a.staff_id, 'name', s.full_name, 'role', a.role_code,
            'table', a.relation, 'key', a.record_key, 'purpose', a.purpose, 'reason', a.reason, 'by', a.about)
            ORDER BY a.audit_id DESC), '[]')
        FROM pgcustsec_internal.audit AS a
        LEFT JOIN pgcustsec_internal.staff AS s ON s.staff_id = a.staff_id
        WHERE a.customer_key = customer AND a.kind IN ('record_opened', 'subject_shown')
            AND NOT pgcustsec_internal._kept_quiet(a.role_code, substring(a.about FROM '^request ([0-9]+)$')::bigint));
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._subject_openings(text) IS
    'Who opened a customer''s record, or was told all of it, when and why: for the customer (5.2.4).';
REVOKE ALL ON FUNCTION pgcustsec_internal._subject_openings(text) FROM PUBLIC;
