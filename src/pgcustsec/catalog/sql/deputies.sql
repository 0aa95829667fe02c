SELECT
    d.deputy_id, d.staff_id, d.full_name, d.deputy, d.deputy_name, d.starts_at, d.ends_at, d.state, d.approved_by
FROM pgcustsec.deputies AS d
WHERE %(all_ever)s OR d.state IN ('named', 'approved')
ORDER BY d.deputy_id DESC
