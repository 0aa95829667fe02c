CREATE FUNCTION pgcustsec_internal._record_search(
    staff_id text, session_id uuid, purpose text, role_code text, relation text, column_name name,
    record_key text, customer_key text, moment timestamptz)
    RETURNS void
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
BEGIN
    INSERT INTO pgcustsec_internal.audit (
        kind, staff_id, session_id, role_code, relation, record_key, customer_key, column_name, purpose, at)
    VALUES (
        'searched', staff_id, session_id, role_code, relation, record_key, customer_key, column_name, purpose, moment);
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._record_search(
    text, uuid, text, text, text, name, text, text, timestamptz) IS
    'Writes down a search by value, and what it found (5.2.4).';
REVOKE ALL ON FUNCTION pgcustsec_internal._record_search(
    text, uuid, text, text, text, name, text, text, timestamptz) FROM PUBLIC;
