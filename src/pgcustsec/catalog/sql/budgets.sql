-- What people have spent today of openings and customers, in each role that has such a budget.
SELECT
    b.staff_id, s.full_name, r.role_code,
    pgcustsec_internal._spent(b.openings), r.openings_per_day,
    (SELECT pg_catalog.count(*) FILTER (WHERE a.kind = 'record_opened')
         + pg_catalog.count(DISTINCT a.at) FILTER (WHERE a.kind = 'searched')
     FROM pgcustsec_internal.audit AS a
     WHERE a.staff_id = b.staff_id AND a.kind IN ('record_opened', 'searched')
         AND a.at >= pg_catalog.to_timestamp(pgcustsec_internal._today() * 86400)),
    pgcustsec_internal._spent(b.customers), r.customers_per_day,
    COALESCE(pg_catalog.pg_sequence_last_value(b.refusals), 0)
FROM pgcustsec_internal.budget AS b
JOIN pgcustsec_internal.staff AS s ON s.staff_id = b.staff_id
JOIN pgcustsec_internal.staff_role AS h ON h.staff_id = b.staff_id
JOIN pgcustsec_internal.role AS r ON r.role_code = h.role_code
WHERE (%(staff)s::text IS NULL OR b.staff_id = %(staff)s)
    AND EXISTS (
        SELECT FROM pgcustsec_internal.access AS c
        WHERE c.role_code = r.role_code AND (c.opens OR c.find_columns <> '{}'))
ORDER BY b.staff_id, r.place
