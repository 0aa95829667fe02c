SELECT
    a.staff_id, a.full_name, a.department_code, a.agreement_code, a.title, a.version, a.in_force_from, a.signed_at,
    a.signed_until, a.missing
FROM pgcustsec.agreements AS a
WHERE (%(staff)s::text IS NULL OR a.staff_id = %(staff)s::text) AND (a.missing OR NOT %(missing)s)
ORDER BY a.staff_id, a.agreement_code
