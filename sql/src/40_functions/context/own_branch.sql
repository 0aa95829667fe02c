CREATE FUNCTION pgcustsec_internal.own_branch(role_code text)
    RETURNS text
    LANGUAGE plpgsql
    STABLE
    PARALLEL SAFE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
BEGIN
    RETURN (
        SELECT s.branch_code
        FROM pgcustsec_internal.staff AS s
        WHERE s.login = session_user AND s.active AND own_branch.role_code = ANY (s.roles));
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal.own_branch(text) IS
    'Branch of this login''s person, if they hold the role; NULL for nobody (1.4).';
REVOKE ALL ON FUNCTION pgcustsec_internal.own_branch(text) FROM PUBLIC;
