CREATE FUNCTION pgcustsec_internal._why_uncleared(
    staff_id text, roles text[], session_id uuid, committed boolean)
    RETURNS TABLE (reason text, next_step text)
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    purposes text := (
        SELECT string_agg(quote_literal(p.purpose_code), ' or ' ORDER BY p.purpose_code)
        FROM pgcustsec_internal.purpose AS p WHERE p.roles && _why_uncleared.roles);
BEGIN
    RETURN QUERY SELECT u.reason, u.next_step FROM pgcustsec_internal._uncleared(staff_id) AS u;
    IF session_id IS NULL THEN
        RETURN QUERY SELECT
            'you are in no session, so tier 1 and 2 do not show (5.2.4)',
            CASE
                WHEN nullif(current_setting('pgcustsec.token', true), '') IS NOT NULL
                    THEN 'register the token''s session: SELECT pgcustsec.register_session(token)'
                WHEN purposes IS NULL
                    THEN 'ask an administrator: no purpose of the matrix is for a role of yours'
                ELSE format('start one: SELECT pgcustsec.start_session(%s)', purposes)
            END;
    ELSIF committed IS NOT TRUE THEN
        RETURN QUERY SELECT 'your session is not committed yet, so it shows nothing (5.2.4)', 'COMMIT';
    END IF;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._why_uncleared(text, text[], uuid, boolean) IS
    'What keeps a person from tier 1 and 2, session included, and what to do about it, most pressing first (5.2.4).';
REVOKE ALL ON FUNCTION pgcustsec_internal._why_uncleared(text, text[], uuid, boolean) FROM PUBLIC;
