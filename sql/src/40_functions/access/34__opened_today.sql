-- By that one index whatever the statistics say: a record of access that was empty when it was last looked at would be
-- read whole, or the day's part of it.
CREATE FUNCTION pgcustsec_internal._opened_today(staff_id text, customer_key text)
    RETURNS boolean
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
    SET enable_seqscan = off
    SET enable_bitmapscan = off
AS $function$
DECLARE
    begun timestamptz := to_timestamp(pgcustsec_internal._today() * 86400);
BEGIN
    RETURN EXISTS (
        SELECT
        FROM pgcustsec_internal.audit AS a
        WHERE a.customer_key = _opened_today.customer_key AND a.at >= begun
            AND a.staff_id = _opened_today.staff_id AND a.kind = 'record_opened');
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._opened_today(text, text) IS
    'Whether a person has opened a record of this customer since the day (UTC) began (5.2.1).';
REVOKE ALL ON FUNCTION pgcustsec_internal._opened_today(text, text) FROM PUBLIC;
