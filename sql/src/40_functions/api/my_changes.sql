CREATE FUNCTION pgcustsec.my_changes()
    RETURNS TABLE (change_id bigint, changed_at timestamptz, relation text, record_key text, column_name name, confirmed boolean)
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
BEGIN
    -- No values: whom one served once is not whom one serves now.
    RETURN QUERY
        SELECT
            c.change_id, c.changed_at, c.relation, c.record_key, c.column_name,
            EXISTS (SELECT FROM pgcustsec_internal.change_confirmation AS f WHERE f.change_id = c.change_id)
        FROM pgcustsec_internal.change AS c
        WHERE c.operation = 'changed'
            AND c.staff_id = (SELECT p.staff_id FROM pgcustsec_internal._asking() AS p)
        ORDER BY c.change_id DESC;
END;
$function$;
COMMENT ON FUNCTION pgcustsec.my_changes() IS
    'Changes that this login''s person made, newest first and without values: the numbers that confirm_change() takes (3.1).';
REVOKE ALL ON FUNCTION pgcustsec.my_changes() FROM PUBLIC;
