CREATE FUNCTION pgcustsec.my_budget()
    RETURNS TABLE (role text, what text, spent bigint, at_most integer)
    LANGUAGE plpgsql
    VOLATILE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
BEGIN
    RETURN QUERY
        SELECT r.role_code, k.what, coalesce(pgcustsec_internal._spent(k.budget), 0), k.at_most
        FROM pgcustsec_internal._person() AS p
        CROSS JOIN LATERAL unnest(p.roles) AS held (role_code)
        JOIN pgcustsec_internal.role AS r ON r.role_code = held.role_code
        LEFT JOIN pgcustsec_internal.budget AS b ON b.staff_id = p.staff_id
        CROSS JOIN LATERAL (VALUES
            (1, 'openings', b.openings, r.openings_per_day), (2, 'customers', b.customers, r.customers_per_day)
        ) AS k (place, what, budget, at_most)
        WHERE EXISTS (SELECT FROM pgcustsec_internal.access AS a WHERE a.role_code = r.role_code AND (a.opens OR a.find_columns <> '{}'))
        ORDER BY r.place, k.place;
END;
$function$;
COMMENT ON FUNCTION pgcustsec.my_budget() IS
    'What the caller has spent today (UTC) of openings and customers, rolled back or not, and how much there is (5.2.1).';
REVOKE ALL ON FUNCTION pgcustsec.my_budget() FROM PUBLIC;
