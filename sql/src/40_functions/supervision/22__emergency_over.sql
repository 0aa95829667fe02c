CREATE FUNCTION pgcustsec_internal._emergency_over(answers text)
    RETURNS boolean
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
BEGIN
    RETURN EXISTS (
        SELECT FROM pgcustsec_internal.emergency AS u WHERE u.staff_id = answers AND u.due_at <= clock_timestamp());
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._emergency_over(text) IS
    'Whether an emergency of somebody''s suspends them: refused, or not approved in its hours (4.2). What `standing` does not know.';
REVOKE ALL ON FUNCTION pgcustsec_internal._emergency_over(text) FROM PUBLIC;
