CREATE FUNCTION pgcustsec_internal.reports(role_code text, managers text)
    RETURNS text[]
    LANGUAGE plpgsql
    STABLE
    PARALLEL SAFE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
BEGIN
    IF pg_catalog.current_setting('transaction_isolation') <> 'read committed' THEN
        PERFORM pgcustsec_internal._refuse_old_snapshot();
    END IF;
    RETURN (
        SELECT CASE managers
            WHEN 'direct' THEN s.direct_reports
            WHEN 'chain' THEN s.all_reports
        END
        FROM pgcustsec_internal.staff AS s
        WHERE s.login = session_user AND s.active AND reports.role_code = ANY (s.roles));
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal.reports(text, text) IS
    'Staff whose customers this login''s person serves as their manager, in a role (5.2.2); NULL for nobody.';
REVOKE ALL ON FUNCTION pgcustsec_internal.reports(text, text) FROM PUBLIC;
