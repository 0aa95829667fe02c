CREATE FUNCTION pgcustsec_internal._refresh_standing()
    RETURNS trigger
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
BEGIN
    -- One at a time: each must see what the other changed. Staff itself cannot be the lock, both hold it already.
    LOCK TABLE pgcustsec_internal.department IN SHARE ROW EXCLUSIVE MODE;
    UPDATE pgcustsec_internal.staff AS s
    SET roles = now_held.roles, serves_direct = now_held.serves_direct, serves_chain = now_held.serves_chain
    FROM (
        SELECT
            p.staff_id,
            ARRAY(
                SELECT r.role_code FROM pgcustsec_internal.staff_role AS r
                WHERE r.staff_id = p.staff_id ORDER BY 1) AS roles,
            p.staff_id || ARRAY(
                SELECT d.staff_id FROM pgcustsec_internal.staff AS d
                WHERE d.manager_id = p.staff_id AND d.active ORDER BY 1) AS serves_direct,
            p.staff_id || pgcustsec_internal._reports(p.staff_id) AS serves_chain
        FROM pgcustsec_internal.staff AS p) AS now_held
    WHERE now_held.staff_id = s.staff_id
        AND (s.roles, s.serves_direct, s.serves_chain)
            IS DISTINCT FROM (now_held.roles, now_held.serves_direct, now_held.serves_chain);
    RETURN NULL;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._refresh_standing() IS
    'Keeps in each person''s row the roles they hold and the people they manage (5.2.2, 5.3).';
REVOKE ALL ON FUNCTION pgcustsec_internal._refresh_standing() FROM PUBLIC;
