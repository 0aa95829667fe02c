CREATE FUNCTION pgcustsec_internal._extract_state(number bigint)
    RETURNS text
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
BEGIN
    RETURN (
        SELECT CASE
            WHEN EXISTS (
                SELECT FROM pgcustsec_internal.extract_event AS v
                WHERE v.extract_id = e.extract_id AND v.kind = 'destroyed') THEN 'destroyed'
            WHEN e.ends_at <= clock_timestamp() THEN 'overdue'
            WHEN EXISTS (
                SELECT FROM pgcustsec_internal.request_event AS v
                WHERE v.request_id = e.request_id AND v.kind = 'handed over') THEN 'overdue'
            WHEN NOT pgcustsec_internal._in_custody(e.request_id, NULL) THEN 'overdue'
            WHEN EXISTS (
                SELECT FROM pgcustsec_internal.extract_event AS v
                WHERE v.extract_id = e.extract_id AND v.kind = 'finished') THEN 'kept'
            ELSE 'partial'
        END
        FROM pgcustsec_internal.extract AS e
        WHERE e.extract_id = number);
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._extract_state(bigint) IS
    'What an extract has come to: partial (begun, not finished), kept, overdue (past its term, handed over, or its custodian is another: not destroyed) or destroyed (3.3, 4.3).';
REVOKE ALL ON FUNCTION pgcustsec_internal._extract_state(bigint) FROM PUBLIC;
